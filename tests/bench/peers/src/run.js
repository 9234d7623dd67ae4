// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Shows the same answers at the same pace in Chromium by each peer and in Maestro's transcript, in
// turns, and prints what each costs. CPU is that of all processes of the program.
//
//     run.js BENCH_PACE [ROUNDS [WORD]]
//
// With a word: only what has it in its name.

import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';
import { chromium } from 'playwright-core';
import { answers } from './answers.js';

const [bench, rounds = '3', word = ''] = process.argv.slice(2);
const here = dirname(fileURLToPath(import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'maestro-bench-'));
const delta = 12; // characters, about three tokens
const kilobyte = 1024;
const ticks = Number(execFileSync('getconf', ['CLK_TCK']));

// Fonts, and all that is needed once, come with the first kilobyte.
const cases = [
    { name: '50 deltas/s, 1 to 7 KB', kind: 'mixed', prefill: kilobyte, size: 500 * delta, rate: 50 },
    { name: '100 deltas/s, 1 to 13 KB', kind: 'mixed', prefill: kilobyte, size: 1000 * delta, rate: 100 },
    { name: '1,000 deltas/s, 1 to 36 KB', kind: 'mixed', prefill: kilobyte, size: 3000 * delta, rate: 1000 },
    { name: '1,000 deltas/s, given to them at once', kind: 'mixed', prefill: kilobyte, size: 3000 * delta, rate: 1000, atOnce: true },
    { name: 'one at a time into 100 KB', kind: 'mixed', prefill: 100 * kilobyte, size: 60 * delta, rate: 25, oneByOne: true },
    { name: '100 KB table, 1,000/s', kind: 'table', size: 100 * kilobyte, rate: 1000, findsGap: true },
    { name: '100 KB list, 1,000/s', kind: 'list', size: 100 * kilobyte, rate: 1000, findsGap: true },
    { name: '100 KB code, 1,000/s', kind: 'code', size: 100 * kilobyte, rate: 1000, findsGap: true },
];
const peers = ['react-markdown', 'streamdown', 'marked'];

function bundle() {
    buildSync({
        entryPoints: [join(here, 'peer.jsx')], bundle: true, outfile: join(folder, 'peer.js'), minify: true,
        format: 'iife', jsx: 'automatic', define: { 'process.env.NODE_ENV': '"production"' }, logLevel: 'error',
    });
    writeFileSync(join(folder, 'page.html'), `<!doctype html><meta charset="utf-8">
<style>body { font: 16px sans-serif; width: 800px; margin: auto } table, th, td { border: 1px solid }</style>
<div id="answer"></div><script src="peer.js"></script>`);
}

/** The CPU time of a process and all below it, in milliseconds. */
function cpuOf(root) {
    const stats = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((pid) => {
        try {
            const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
            return [{ pid: Number(pid), parent: Number(fields[1]), time: Number(fields[11]) + Number(fields[12]) }];
        } catch {
            return []; // it has ended
        }
    });
    const below = (pid) => stats.filter((each) => each.parent === pid).flatMap((each) => [each, ...below(each.pid)]);
    const all = [...stats.filter((each) => each.pid === root), ...below(root)];
    return all.reduce((sum, each) => sum + each.time, 0) * 1000 / ticks;
}

async function inChromium(peer, { kind, size, rate, prefill = 0, findsGap = false, oneByOne = false, atOnce = false }) {
    const server = await chromium.launchServer({
        executablePath: ['/usr/bin/chromium', '/usr/bin/google-chrome-stable', '/usr/bin/chromium-browser'].find(existsSync),
        args: ['--disable-gpu', ...(process.getuid() === 0 ? ['--no-sandbox'] : [])],
    });
    try {
        const browser = await chromium.connect(server.wsEndpoint());
        const page = await browser.newPage({ viewport: { width: 900, height: 700 } });
        await page.goto(`${pathToFileURL(join(folder, 'page.html'))}?peer=${peer}`);
        await page.waitForFunction('window.ready');
        const text = answers[kind](prefill + size);
        await page.evaluate((whole) => window.prefill(whole), text.slice(0, prefill));
        const before = cpuOf(server.process().pid);
        const gap = await page.evaluate((given) => window.pace(...given), [text.slice(prefill), delta, rate, findsGap, oneByOne, atOnce]);
        return { cpu: (cpuOf(server.process().pid) - before) / (size / delta), gap };
    } finally {
        await server.close();
    }
}

async function inMaestro({ kind, size, rate, prefill = 0, findsGap = false }) {
    const file = join(folder, 'answer.md');
    writeFileSync(file, answers[kind](prefill + size));
    const program = spawn(bench, [file, String(prefill), String(delta), String(rate), ...(findsGap ? ['gap'] : [])],
        { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, QT_QPA_PLATFORM: process.env.MAESTRO_BENCH_PLATFORM ?? 'offscreen' } });
    let output = '';
    for await (const piece of program.stdout) {
        output += piece;
    }
    return JSON.parse(output);
}

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

bundle();
console.log(`| | ${['Maestro', ...peers].join(' | ')} | least ratio |\n|---|${'---|'.repeat(peers.length + 2)}`);
for (const each of cases.filter(({ name }) => name.includes(word))) {
    const results = Object.fromEntries(['Maestro', ...peers].map((name) => [name, []]));
    for (let round = 0; round < Number(rounds); ++round) {
        results.Maestro.push(await inMaestro(each));
        for (const peer of peers) {
            results[peer].push(await inChromium(peer, each));
        }
    }
    const cpu = Object.values(results).map((list) => median(list.map((one) => one.cpu)));
    const gap = Object.values(results).map((list) => median(list.map((one) => one.gap)));
    const cells = cpu.map((ms, i) => `${ms.toFixed(ms < 1 ? 3 : 2)} ms` + (each.findsGap ? `; gap ${gap[i].toFixed(0)} ms` : ''));
    console.log(`| ${each.name} | ${cells.join(' | ')} | ${(Math.min(...cpu.slice(1)) / cpu[0]).toFixed(1)}× |`);
}
rmSync(folder, { recursive: true });
