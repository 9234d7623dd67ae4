// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The official SDKs as judges of whole conversations: what Maestro sends for each of them must be, field
// by field, what the SDKs send; and what a provider cannot take must be said before anything is sent.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { dialects } from './dialects.js';
import { Recorder } from './recorder.js';

const program = process.env.MAESTRO_REQUEST_OF;
const base64 = (...bytes) => Buffer.concat(bytes.map((some) => Buffer.from(some))).toString('base64');
const png = { name: 'dot.png', type: 'image/png', data: base64([0x89], 'PNG\r\n', [0x1a], '\n', [0, 1, 2, 255]) };
const jpeg = { name: 'photo.jpg', type: 'image/jpeg', data: base64([0xff, 0xd8, 0xff, 0xe0, 0, 16], 'JFIF') };
const webp = { name: 'small.webp', type: 'image/webp', data: base64('RIFF', [4, 0, 0, 0], 'WEBP') };
const gif = { name: 'moves.gif', type: 'image/gif', data: base64('GIF89a', [1, 0, 1, 0]) };
const pdf = { name: 'paper “one”.pdf', type: 'application/pdf', data: base64('%PDF-1.7\n', [0xe2, 0xe3, 0xcf]) };
const text = { name: 'notes.txt', type: 'text/plain', data: base64('Grüße — 四十二 🎼\n"quoted"\n') };

const tools = [
    {
        name: 'weather', description: 'Tells the weather of a city.',
        parameters: {
            type: 'object', properties: { city: { type: 'string' }, unit: { enum: ['C', 'F'] } },
            required: ['city'], additionalProperties: false,
        },
    },
    { name: 'now', description: 'Tells the time.', parameters: { type: 'object', properties: {} } },
];
const schema = {
    type: 'object', properties: { answer: { type: 'integer' }, why: { type: 'string' } },
    required: ['answer', 'why'], additionalProperties: false,
};
const hello = { text: 'What is 6 × 7?\nThink of “quotes”, \\ and 🎼.' };
const recorded = { recorded: true };

/** `refused` says, for interfaces that cannot take it, which kind of error says so. */
const conversations = [
    { name: 'one question', turns: [hello] },
    { name: 'a system prompt and several turns', system: 'Be terse — "ok"?', turns: [hello, recorded, { text: 'And now?' }] },
    { name: 'an answer that its length ended', turns: [hello, { endedByLength: 'Once — upon a 🎼 time' }, { text: 'Go on.' }] },
    { name: 'a PNG', turns: [{ text: 'What is this?', files: [png] }] },
    { name: 'a JPEG and a WebP', turns: [{ text: 'Which is older?', files: [jpeg, webp] }] },
    { name: 'a GIF', turns: [{ text: 'Does it move?', files: [gif] }], refused: { gemini: 'unsupported' } },
    { name: 'a PDF', turns: [{ text: 'Sum it up.', files: [pdf] }] },
    { name: 'a text file', turns: [{ text: 'Translate it.', files: [text] }] },
    { name: 'files of all kinds without a word', turns: [{ text: '', files: [png, pdf, text] }] },
    { name: 'a picture in an earlier turn', turns: [{ text: 'Look.', files: [png] }, recorded, { text: 'Again.' }] },
    { name: 'tools', tools, turns: [hello] },
    { name: 'tools that must be called', tools, toolChoice: 'required', turns: [hello] },
    { name: 'tools that must not be called', tools, toolChoice: 'none', turns: [hello] },
    { name: 'a tool that must be called, and none there', toolChoice: 'required', turns: [hello], refused: { responses: 'invalid_request', chat: 'invalid_request', anthropic: 'invalid_request', gemini: 'invalid_request' } },
    { name: 'results of tools, with the reasoning before them', thinks: true, tools, turns: [hello, recorded, { results: ['18 °C', '"14 °C"'] }] },
    { name: 'a result that failed', tools, turns: [hello, recorded, { results: ['No such city', 'It rains'], failed: [true, false] }] },
    { name: 'a question after the results', thinks: true, tools, turns: [hello, recorded, { results: ['18', '14'] }, recorded, { results: ['1', ''] }, { text: 'Thanks.' }] },
    { name: 'an effort', thinks: true, effort: 'low', turns: [hello] },
    { name: 'the highest effort and tools', thinks: true, effort: 'high', tools, turns: [hello] },
    { name: 'a limit of tokens', maxTokens: 1234, turns: [hello] },
    { name: 'a limit of no tokens', maxTokens: 0, turns: [hello], refused: { responses: 'invalid_request', chat: 'invalid_request', anthropic: 'invalid_request', gemini: 'invalid_request' } },
    { name: 'a temperature', temperature: 0.25, turns: [hello], refused: { anthropic: 'unsupported' } },
    { name: 'a temperature of none', temperature: 0, turns: [hello], refused: { anthropic: 'unsupported' } },
    { name: 'a temperature for a model that reasons', thinks: true, temperature: 1, turns: [hello], refused: { responses: 'unsupported', chat: 'unsupported', anthropic: 'unsupported' } },
    { name: 'a temperature out of range', temperature: 2.5, turns: [hello], refused: { responses: 'invalid_request', chat: 'invalid_request', anthropic: 'unsupported', gemini: 'invalid_request' } },
    { name: 'a thinking budget', thinking: 2048, maxTokens: 8000, turns: [hello], refused: { responses: 'unsupported', chat: 'unsupported' } },
    { name: 'a thinking budget larger than the answer', thinking: 2048, maxTokens: 2048, turns: [hello], refused: { responses: 'unsupported', chat: 'unsupported', anthropic: 'invalid_request' } },
    { name: 'a JSON schema', schema, turns: [hello] },
    { name: 'a JSON schema, an effort and a limit', thinks: true, schema, effort: 'medium', maxTokens: 5000, turns: [hello] },
    { name: 'a JSON schema and tools', schema, tools, turns: [hello], refused: { gemini: 'unsupported' } },
    { name: 'all of it', thinks: true, system: 'Be brief.', schema, tools, effort: 'low', maxTokens: 9000, turns: [{ text: 'See.', files: [png, text] }, recorded, { results: ['a', 'b'], failed: [false, true] }, { text: 'Well?' }] },
];

let recorder;
before(async () => { recorder = await new Recorder('ok').start(); });
after(() => recorder?.stop());

const streamOf = (dialect, { endedByLength }) => (endedByLength ? dialect.endedByLength(endedByLength)
    : readFileSync(new URL(`../recordings/${dialect.recording}`, import.meta.url), 'utf8'));

/** The turns in Maestro's words: results one by one, answers as the streams they came in. */
function turnsForMaestro(dialect, turns) {
    return turns.flatMap((turn) => {
        if (turn.recorded || turn.endedByLength)
            return [{ stream: streamOf(dialect, turn) }];
        return turn.results ? resultsOf(dialect, turn) : [turn];
    });
}

function resultsOf(dialect, { results, failed = [] }) {
    return results.map((output, index) => {
        const [callId, name] = dialect.calls[index];
        return { callId: callId ?? '', name, output, failed: failed[index] || undefined };
    });
}

/** The turns in the SDK's words; a recorded answer is read by the SDK itself. */
async function turnsForSdk(dialect, model, turns) {
    const history = [];
    for (const turn of turns) {
        if (turn.recorded || turn.endedByLength) {
            recorder.willAnswer(streamOf(dialect, turn));
            history.push(...await dialect.said(recorder.url, model, history));
            recorder.takeOne();
        } else if (turn.results) {
            history.push(...resultsOf(dialect, turn).flatMap((result) => dialect.result(
                { ...result, callId: result.callId || undefined })));
        } else {
            history.push(...dialect.user(turn));
        }
    }
    return history;
}

for (const [id, dialect] of Object.entries(dialects)) {
    for (const { name, thinks, refused, ...conversation } of conversations) {
        test(`${dialect.name}: ${name}`, async () => {
            const model = thinks ? dialect.thinker : dialect.model;
            const judged = {
                ...conversation, ...dialect.judged(recorder.url), model,
                turns: turnsForMaestro(dialect, conversation.turns),
            };
            const ours = JSON.parse(execFileSync(program, { input: JSON.stringify(judged) }));
            const obstacle = refused?.[dialect.refusesAs ?? id];
            if (obstacle) {
                assert.equal(ours.obstacle, obstacle, JSON.stringify(ours));
                assert.match(ours.message, /^\S.*\.$/);
                return;
            }
            const history = await turnsForSdk(dialect, model, conversation.turns);
            await dialect.ask(recorder.url, { ...conversation, model }, history, ours.body ?? {});
            const theirs = recorder.takeOne();
            assert.equal(ours.method, theirs.method);
            assert.equal(ours.url, theirs.url);
            assert.deepEqual(ours.body, theirs.body);
            assert.equal(ours.headers['content-type'], theirs.headers['content-type']);
        });
    }
}
