// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The official SDKs as judges: for the same conversation, what maestro-cli sends must be what they
// send, and what it prints must be what they read.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import Anthropic from '@anthropic-ai/sdk';
import { GoogleGenAI } from '@google/genai';
import OpenAI from 'openai';
import { Maestro } from './maestro.js';
import { Recorder } from './recorder.js';

const apiKey = 'key-of-the-judge';
const system = 'You are terse. Say "ok" — nothing else.';
const prompt = 'What is 6 × 7?\nThink of “quotes”, \\ and 🎼.';
const answer = 'Forty-two — 四十二 🎼, said "plainly".';

let recorder;

before(async () => { recorder = await new Recorder(answer).start(); });
after(() => recorder?.stop());

/** One judged request: what the SDK sends and reads, beside what Maestro sends and prints. */
const cases = [
    {
        name: 'OpenAI Responses',
        args: ['--provider', 'openai', '--api', 'responses'],
        environment: () => ({ OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: `${recorder.url}/v1` }),
        headers: ['authorization', 'content-type'],
        async ask() {
            const client = new OpenAI({ apiKey, baseURL: `${recorder.url}/v1`, maxRetries: 0 });
            const stream = await client.responses.create({
                model: 'gpt-peer', instructions: system, stream: true,
                input: [{ role: 'user', content: [{ type: 'input_text', text: prompt }] }],
                store: false, // Maestro keeps the conversation itself, on this computer
                include: ['reasoning.encrypted_content'], // so that reasoning can go back with store off
            });
            return collect(stream, (event) => (
                event.type === 'response.output_text.delta' ? event.delta : ''));
        },
    },
    {
        name: 'OpenAI Chat Completions',
        args: ['--provider', 'openai', '--api', 'chat'],
        environment: () => ({ OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: `${recorder.url}/v1` }),
        headers: ['authorization', 'content-type'],
        async ask() {
            const client = new OpenAI({ apiKey, baseURL: `${recorder.url}/v1`, maxRetries: 0 });
            const stream = await client.chat.completions.create({
                model: 'gpt-peer', stream: true,
                messages: [{ role: 'system', content: system }, { role: 'user', content: prompt }],
                stream_options: { include_usage: true }, // without it, no usage comes at all
            });
            return collect(stream, (chunk) => chunk.choices[0]?.delta?.content ?? '');
        },
    },
    {
        name: 'Anthropic Messages',
        args: ['--provider', 'anthropic'],
        environment: () => ({ ANTHROPIC_API_KEY: apiKey, ANTHROPIC_BASE_URL: recorder.url }),
        headers: ['x-api-key', 'anthropic-version', 'content-type'],
        async ask({ max_tokens: maxTokens }) {
            const client = new Anthropic({ apiKey, baseURL: recorder.url, maxRetries: 0 });
            const stream = await client.messages.create({
                model: 'gpt-peer', system, stream: true,
                messages: [{ role: 'user', content: prompt }],
                max_tokens: maxTokens, // required, and anyone's choice: Maestro's own
            });
            return collect(stream, (event) => event.delta?.text ?? '');
        },
    },
    {
        name: 'Gemini',
        args: ['--provider', 'gemini'],
        environment: () => ({ GEMINI_API_KEY: apiKey, GEMINI_BASE_URL: recorder.url }),
        headers: ['x-goog-api-key', 'content-type'],
        async ask() {
            const client = new GoogleGenAI({ apiKey, httpOptions: { baseUrl: recorder.url } });
            const stream = await client.models.generateContentStream({
                model: 'gpt-peer', contents: prompt, config: { systemInstruction: system },
            });
            return collect(stream, (chunk) => chunk.text ?? '');
        },
    },
];

async function collect(stream, textOf) {
    let text = '';
    for await (const event of stream)
        text += textOf(event);
    return text;
}

const wire = ({ method, url, headers, body }, judged) => ({
    method, url, body,
    headers: Object.fromEntries(judged.map((name) => [name, headers[name]?.replace(/; ?charset=utf-8$/i, '')])),
});

for (const { name, args, environment, headers, ask } of cases) {
    test(`${name}: Maestro sends what the SDK sends, and reads what it reads`, async (t) => {
        const maestro = await Maestro.make(t);
        await maestro.start(
            ['ask', ...args, '--model', 'gpt-peer', '--system', system, prompt], environment());
        assert.equal(await maestro.ended, 0, maestro.stderr);
        const ours = recorder.takeOne();
        const text = await ask(ours.body);
        const theirs = recorder.takeOne();

        assert.equal(text, answer);
        assert.equal(maestro.stdout.trimEnd(), text);
        assert.deepEqual(wire(ours, headers), wire(theirs, headers));
        assert.ok(!`${ours.url}${maestro.stdout}${maestro.stderr}`.includes(apiKey), 'the key is only in its header');
    });
}
