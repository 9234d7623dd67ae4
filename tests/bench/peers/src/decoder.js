// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Feeds the same bytes from memory to Maestro's decoder and to the stream of OpenAI's SDK, in turns, and
// prints the CPU time of the whole process for each event. What Maestro makes of them are messages of
// assembled parts and calls, and at the end the items for the next turn; the SDK's stream gives the
// events as they are.
//
//     decoder.js BENCH_DECODER [ROUNDS]

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stream } from 'openai/core/streaming';

const [bench, rounds = '5'] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'maestro-bench-'));
const dialects = [['Responses', 'responses'], ['Chat Completions', 'chat']];
const pieces = [[0, 'an event at a time'], [16 * 1024, '16 KB at a time']];

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

function cut(bytes, size) {
    const all = [];
    for (let at = 0; at < bytes.length;) {
        const blank = bytes.indexOf('\n\n', at);
        const end = size > 0 ? at + size : blank < 0 ? bytes.length : blank + 2;
        all.push(new Uint8Array(bytes.subarray(at, end)));
        at = end;
    }
    return all;
}

async function inSdk(chunks) {
    const left = chunks.values();
    const body = new ReadableStream({
        pull(controller) {
            const { value, done } = left.next();
            if (done) {
                controller.close();
            } else {
                controller.enqueue(value);
            }
        },
    });
    const before = process.cpuUsage();
    let events = 0;
    let length = 0;
    for await (const event of Stream.fromSSEResponse(new Response(body), new AbortController())) {
        ++events;
        length += (event.delta ?? event.choices?.[0]?.delta?.content ?? '').length;
    }
    const used = process.cpuUsage(before);
    if (length === 0) {
        throw new Error('the stream is not understood');
    }
    return (used.user + used.system) / events;
}

const inMaestro = (file, api, size) =>
    Number(execFileSync(bench, ['time', file, 'openai', api, String(size)], { encoding: 'utf8' }));

try {
    execFileSync(bench, ['write', folder]);
    console.log('CPU for each event, an answer of 1 MB'.padEnd(52), 'Maestro'.padStart(9), 'openai'.padStart(9), 'ratio');
    for (const [name, api] of dialects) {
        const file = join(folder, `${name}.sse`);
        for (const [size, words] of pieces) {
            const chunks = cut(readFileSync(file), size);
            await inSdk(chunks); // compiled while it runs
            const ours = [];
            const theirs = [];
            for (let round = 0; round < Number(rounds); ++round) {
                ours.push(inMaestro(file, api, size));
                theirs.push(await inSdk(chunks));
            }
            const [a, b] = [median(ours), median(theirs)];
            console.log(`${name}, ${words}`.padEnd(52), `${a.toFixed(3)} µs`, `${b.toFixed(2)} µs`.padStart(9), `${(b / a).toFixed(1)}x`);
        }
    }
} finally {
    rmSync(folder, { recursive: true });
}
