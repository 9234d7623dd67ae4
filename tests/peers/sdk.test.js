// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The official SDKs as judges: for the same conversation, what maestro-cli sends must be what they
// send, and what it prints must be what they read.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import Anthropic from '@anthropic-ai/sdk';
import { GoogleGenAI } from '@google/genai';
import OpenAI from 'openai';
import { assertNoSecret, Maestro } from './maestro.js';
import { Recorder } from './recorder.js';

const apiKey = 'key-of-the-judge';
const system = 'You are terse. Say "ok" — nothing else.';
const prompt = 'What is 6 × 7?\nThink of “quotes”, \\ and 🎼.';
const answer = 'Forty-two — 四十二 🎼, said "plainly".';

let recorder;

before(async () => { recorder = await new Recorder(answer).start(); });
after(() => recorder?.stop());

/**
 * The judged requests. Where Maestro means to differ from what an SDK sends by itself, the SDK is
 * told to do so too, with the reason beside it; everything else must be equal as it is.
 */
const cases = [
    {
        name: 'OpenAI Responses',
        args: ['--provider', 'openai', '--api', 'responses'],
        model: 'gpt-5.1',
        environment: () => ({ OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: `${recorder.url}/v1` }),
        headers: ['authorization', 'content-type'],
        async ask(model) {
            const client = new OpenAI({ apiKey, baseURL: `${recorder.url}/v1`, maxRetries: 0 });
            const stream = await client.responses.create({
                model, instructions: system, stream: true,
                input: [{ role: 'user', content: [{ type: 'input_text', text: prompt }] }],
                store: false, // Maestro keeps the conversation itself, on this computer
                include: ['reasoning.encrypted_content'], // so that reasoning can go back all the same
                stream_options: { include_obfuscation: false }, // padding that nobody reads
            });
            return collect(stream, (event) => (
                event.type === 'response.output_text.delta' ? event.delta : ''));
        },
    },
    {
        name: 'OpenAI Chat Completions',
        args: ['--provider', 'openai', '--api', 'chat'],
        model: 'gpt-4.1',
        environment: () => ({ OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: `${recorder.url}/v1` }),
        headers: ['authorization', 'content-type'],
        async ask(model) {
            const client = new OpenAI({ apiKey, baseURL: `${recorder.url}/v1`, maxRetries: 0 });
            const stream = await client.chat.completions.create({
                model, stream: true,
                messages: [{ role: 'system', content: system }, { role: 'user', content: prompt }],
                stream_options: { include_usage: true }, // without it, no usage comes at all
            });
            return collect(stream, (chunk) => chunk.choices[0]?.delta?.content ?? '');
        },
    },
    {
        name: 'Anthropic Messages',
        args: ['--provider', 'anthropic'],
        model: 'claude-opus-4-8',
        environment: () => ({ ANTHROPIC_API_KEY: apiKey, ANTHROPIC_BASE_URL: recorder.url }),
        headers: ['x-api-key', 'authorization', 'anthropic-version', 'content-type'],
        async ask(model, ours) {
            const client = new Anthropic({
                apiKey: null, authToken: null, baseURL: recorder.url, maxRetries: 0,
                defaultHeaders: {
                    // The header of the reference, which is for keys alone; the SDK sends them as Bearer.
                    'x-api-key': apiKey,
                    // The version whose streams were recorded; the later one changes none of this.
                    'anthropic-version': '2023-06-01',
                },
            });
            const stream = await client.messages.create({
                model, system, stream: true,
                messages: [{ role: 'user', content: [{ type: 'text', text: prompt }] }],
                max_tokens: ours.max_tokens, // required, and anyone's choice
            });
            return collect(stream, (event) => event.delta?.text ?? '');
        },
    },
    {
        name: 'Gemini',
        args: ['--provider', 'gemini'],
        model: 'gemini-2.5-flash',
        environment: () => ({ GEMINI_API_KEY: apiKey, GEMINI_BASE_URL: recorder.url }),
        headers: ['x-goog-api-key', 'content-type'],
        async ask(model) {
            const client = new GoogleGenAI({
                apiKey,
                // Previews and the "-latest" names are to be had there alone.
                httpOptions: { baseUrl: recorder.url, apiVersion: 'v1beta' },
            });
            const stream = await client.models.generateContentStream({
                model, contents: prompt,
                config: {
                    systemInstruction: { parts: [{ text: system }] }, // a system has no role
                    thinkingConfig: { includeThoughts: true }, // Maestro shows the reasoning
                },
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

for (const { name, args, model, environment, headers, ask } of cases) {
    test(`${name}: Maestro sends what the SDK sends, and reads what it reads`, async (t) => {
        const maestro = await Maestro.make(t);
        await maestro.start(
            ['ask', ...args, '--model', model, '--system', system, prompt], environment());
        assert.equal(await maestro.ended, 0, maestro.stderr);
        const ours = recorder.takeOne();
        const text = await ask(model, ours.body);
        const theirs = recorder.takeOne();

        assert.equal(text, answer);
        assert.equal(maestro.stdout.trimEnd(), text);
        assert.deepEqual(wire(ours, headers), wire(theirs, headers));
        assertNoSecret(new Set([apiKey]), {
            stdout: maestro.stdout, stderr: maestro.stderr, address: ours.url, body: JSON.stringify(ours.body),
        });
    });
}
