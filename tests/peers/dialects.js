// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What someone who uses the official SDKs writes for a conversation, in each of the five interfaces.
// Where Maestro means to differ from what an SDK does by itself, the reason stands beside it.

import Anthropic from '@anthropic-ai/sdk';
import { jsonSchemaOutputFormat } from '@anthropic-ai/sdk/helpers/json-schema';
import {
    createPartFromBase64, createPartFromFunctionResponse, createPartFromText, FunctionCallingConfigMode,
    GoogleGenAI,
} from '@google/genai';
import OpenAI from 'openai';
import { chatStream, geminiStream, messagesStream, responsesStream } from './streams.js';

const isImage = ({ type }) => type.startsWith('image/');
const isText = ({ type }) => type === 'text/plain';
const dataUrl = ({ type, data }) => `data:${type};base64,${data}`;
const textOf = ({ data }) => Buffer.from(data, 'base64').toString();
/** OpenAI takes no text files by value in every model, so their words go along. */
const words = (file) => `File ${file.name}:\n${textOf(file)}`;
/** Only what is there. */
const some = (object) => Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
const drain = async (stream) => { for await (const event of stream) void event; };

const openAi = (url) => new OpenAI({ apiKey: 'key', baseURL: `${url}/v1`, maxRetries: 0 });

const responses = {
    name: 'OpenAI Responses',
    judged: (url) => ({ provider: 'openai', api: 'responses', baseUrl: `${url}/v1` }),
    model: 'gpt-4.1',
    thinker: 'gpt-5.6',
    recording: 'openai-responses.sse',
    endedByLength: (text) => responsesStream(text, 'm').join('')
        .replaceAll('"status":"completed"', '"status":"incomplete"')
        .replaceAll('response.completed', 'response.incomplete')
        .replace(/("type":"response.incomplete","response":\{)/,
            '$1"incomplete_details":{"reason":"max_output_tokens"},'),
    calls: [['call_rome', 'weather'], ['call_oslo', 'weather']],
    user: ({ text, files = [] }) => [{
        role: 'user',
        content: [
            ...files.map((file) => {
                if (isImage(file))
                    return { type: 'input_image', image_url: dataUrl(file), detail: 'auto' };
                if (isText(file))
                    return { type: 'input_text', text: words(file) };
                return { type: 'input_file', filename: file.name, file_data: dataUrl(file) };
            }),
            ...text ? [{ type: 'input_text', text }] : [],
        ],
    }],
    result: ({ callId, output }) => [{ type: 'function_call_output', call_id: callId, output }],
    /** The items that the SDK read from the stream, as they came. */
    async said(url, model, input) {
        const items = [];
        const stream = await openAi(url).responses.create({ model, input, stream: true, store: false });
        for await (const event of stream) {
            if (event.type !== 'response.output_item.done')
                continue;
            const { item } = event;
            // Of an item that was not finished, Maestro sends the words, which is all it is sure of.
            items[event.output_index] = item.status !== 'incomplete' ? item
                : { role: 'assistant', content: item.content.map(({ type, text }) => ({ type, text })) };
        }
        return items;
    },
    async ask(url, conversation, input) {
        const { model, system, tools, toolChoice, effort, maxTokens, temperature, schema } = conversation;
        await drain(await openAi(url).responses.create(some({
            model, input, instructions: system, stream: true, temperature,
            store: false, // Maestro keeps the conversation itself, on this computer
            // so that reasoning can go back all the same
            include: model === responses.thinker ? ['reasoning.encrypted_content'] : undefined,
            stream_options: { include_obfuscation: false }, // padding that nobody reads
            tools: tools?.map((tool) => ({ type: 'function', ...tool, strict: false })),
            tool_choice: toolChoice,
            max_output_tokens: maxTokens,
            reasoning: effort && { effort, summary: 'auto' }, // Maestro shows the reasoning
            text: schema && { format: { type: 'json_schema', name: 'answer', schema, strict: true } },
        })));
    },
};

const chat = {
    name: 'OpenAI Chat Completions',
    judged: (url) => ({ provider: 'openai', api: 'chat', baseUrl: `${url}/v1` }),
    model: 'gpt-4.1',
    thinker: 'gpt-5.6',
    recording: 'openai-chat.sse',
    endedByLength: (text) => chatStream(text, 'm').join('').replace('"stop"', '"length"'),
    calls: responses.calls,
    user: ({ text, files = [] }) => [{
        role: 'user',
        content: files.length === 0 ? text : [
            ...files.map((file) => {
                if (isImage(file))
                    return { type: 'image_url', image_url: { url: dataUrl(file) } };
                if (isText(file))
                    return { type: 'text', text: words(file) };
                return { type: 'file', file: { filename: file.name, file_data: dataUrl(file) } };
            }),
            ...text ? [{ type: 'text', text }] : [],
        ],
    }],
    result: ({ callId, output }) => [{ role: 'tool', tool_call_id: callId, content: output }],
    async said(url, model, messages) {
        const stream = openAi(url).chat.completions.stream({ model, messages });
        const { role, content, tool_calls: calls } = await stream.finalMessage();
        // Without what the SDK adds for its user: parsed arguments, and a refusal that is none.
        const tool_calls = calls?.map(({ id, type, function: { name, arguments: given } }) => (
            { id, type, function: { name, arguments: given } }));
        return [some({ role, content, tool_calls })];
    },
    async ask(url, conversation, messages, more = {}) {
        const { model, system, tools, toolChoice, effort, maxTokens, temperature, schema } = conversation;
        await drain(await openAi(url).chat.completions.create(some({
            model, stream: true, temperature,
            messages: [...system ? [{ role: 'system', content: system }] : [], ...messages],
            stream_options: { include_usage: true }, // without it, no usage comes at all
            tools: tools?.map((tool) => ({ type: 'function', function: tool })),
            tool_choice: toolChoice,
            max_completion_tokens: maxTokens,
            reasoning_effort: effort,
            response_format: schema
                && { type: 'json_schema', json_schema: { name: 'answer', schema, strict: true } },
            ...more,
        })));
    },
};

/** Any server that speaks the same, at an address of its own. */
const compatible = {
    ...chat,
    name: 'a compatible server',
    refusesAs: 'chat',
    judged: (url) => ({ provider: 'compatible', baseUrl: `${url}/openai/v1` }),
    said: (url, ...rest) => chat.said(`${url}/openai`, ...rest),
    ask(url, { maxTokens, ...conversation }, messages) {
        // The older name is the one that such servers know.
        return chat.ask(`${url}/openai`, conversation, messages, some({ max_tokens: maxTokens }));
    },
};

const anthropic = {
    name: 'Anthropic Messages',
    judged: (url) => ({ provider: 'anthropic', baseUrl: url }),
    model: 'claude-sonnet-4-5',
    thinker: 'claude-sonnet-5',
    recording: 'anthropic.sse',
    endedByLength: (text) => messagesStream(text, 'm').join('').replace('end_turn', 'max_tokens'),
    calls: [['toolu_rome', 'weather'], ['toolu_now', 'now']],
    client: (url) => new Anthropic({ apiKey: 'key', baseURL: url, maxRetries: 0 }),
    user: ({ text, files = [] }) => [{
        role: 'user',
        content: [
            ...files.map((file) => {
                const base64 = { type: 'base64', media_type: file.type, data: file.data };
                if (isImage(file))
                    return { type: 'image', source: base64 };
                const source = isText(file)
                    ? { type: 'text', media_type: 'text/plain', data: textOf(file) } : base64;
                return { type: 'document', source, title: file.name };
            }),
            ...text ? [{ type: 'text', text }] : [],
        ],
    }],
    result: ({ callId, output, failed }) => [{
        role: 'user',
        content: [some({ type: 'tool_result', tool_use_id: callId, content: output, is_error: failed })],
    }],
    async said(url, model, messages) {
        const stream = anthropic.client(url).messages.stream({ model, messages, max_tokens: 100 });
        const { role, content } = await stream.finalMessage();
        return [{ role, content }];
    },
    async ask(url, conversation, messages, ours) {
        const { model, system, tools, toolChoice, effort, thinking, schema } = conversation;
        // One message a side: all results of a turn together, before any text.
        const joined = messages.reduce((all, { role, content }) => {
            if (all.at(-1)?.role !== role)
                return [...all, { role, content }];
            return [...all.slice(0, -1), { role, content: [...all.at(-1).content, ...content] }];
        }, []);
        const format = schema && jsonSchemaOutputFormat(schema, { transform: false });
        const outputConfig = some({ effort, format });
        await drain(await anthropic.client(url).messages.create(some({
            model, system, messages: joined, stream: true,
            max_tokens: ours.max_tokens, // required, and anyone's choice
            tools: tools?.map(({ parameters, ...tool }) => ({ ...tool, input_schema: parameters })),
            tool_choice: toolChoice && { type: toolChoice === 'required' ? 'any' : toolChoice },
            thinking: thinking ? { type: 'enabled', budget_tokens: thinking }
                : effort && { type: 'adaptive', display: 'summarized' }, // Maestro shows the reasoning
            output_config: Object.keys(outputConfig).length ? outputConfig : undefined,
        })));
    },
};

const gemini = {
    name: 'Gemini',
    judged: (url) => ({ provider: 'gemini', baseUrl: url }),
    model: 'gemini-2.5-flash',
    thinker: 'gemini-3-flash-preview',
    recording: 'gemini.sse',
    endedByLength: (text) => geminiStream(text, 'm').join('').replace('"STOP"', '"MAX_TOKENS"'),
    calls: [[undefined, 'weather'], [undefined, 'now']],
    client: (url) => new GoogleGenAI({
        apiKey: 'key',
        // Previews and the "-latest" names are to be had there alone.
        httpOptions: { baseUrl: url, apiVersion: 'v1beta' },
    }),
    user: ({ text, files = [] }) => [{
        role: 'user',
        parts: [
            ...files.map(({ type, data }) => createPartFromBase64(data, type)),
            ...text ? [createPartFromText(text)] : [],
        ],
    }],
    result: ({ callId, name, output, failed }) => {
        const part = createPartFromFunctionResponse(callId, name, { [failed ? 'error' : 'output']: output });
        return [{ role: 'user', parts: [part] }];
    },
    async said(url, model, contents) {
        const chatting = gemini.client(url).chats.create({ model, history: contents.slice(0, -1) });
        await drain(await chatting.sendMessageStream({ message: contents.at(-1).parts }));
        const said = chatting.getHistory().slice(contents.length).flatMap(({ parts }) => parts);
        // The SDK keeps the pieces in which the text came; Maestro sends it whole, and no empty ones.
        const parts = said.reduce((all, part) => {
            const isWords = (one) => one && Object.keys(one).join() === 'text';
            if (!isWords(part))
                return [...all, part];
            return isWords(all.at(-1)) ? [...all.slice(0, -1), { text: all.at(-1).text + part.text }]
                : [...all, ...part.text ? [part] : []];
        }, []);
        return [{ role: 'model', parts }];
    },
    async ask(url, conversation, contents) {
        const { model, system, tools, toolChoice, effort, maxTokens, thinking, temperature, schema }
            = conversation;
        const joined = contents.reduce((all, { role, parts }) => {
            if (all.at(-1)?.role !== role)
                return [...all, { role, parts }];
            return [...all.slice(0, -1), { role, parts: [...all.at(-1).parts, ...parts] }];
        }, []);
        const mode = { none: FunctionCallingConfigMode.NONE, required: FunctionCallingConfigMode.ANY };
        await drain(await gemini.client(url).models.generateContentStream({
            model, contents: joined,
            config: some({
                systemInstruction: system && { parts: [{ text: system }] }, // a system has no role
                maxOutputTokens: maxTokens, temperature,
                tools: tools && [{
                    functionDeclarations: tools.map(({ parameters, ...tool }) => (
                        { ...tool, parametersJsonSchema: parameters })),
                }],
                toolConfig: toolChoice && { functionCallingConfig: { mode: mode[toolChoice] } },
                responseMimeType: schema && 'application/json',
                responseJsonSchema: schema,
                thinkingConfig: some({
                    includeThoughts: true, // Maestro shows the reasoning
                    thinkingBudget: thinking,
                    thinkingLevel: effort?.toUpperCase(),
                }),
            }),
        }));
    },
};

export const dialects = { responses, chat, compatible, anthropic, gemini };
