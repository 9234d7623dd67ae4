// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Runs the real maestro-cli in a home of its own, and is the $BROWSER it opens addresses with.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync, watch } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const limit = 60_000; // ms for one run
/** What the presets tell a sanitizer. */
const sanitizers = Object.fromEntries(['ASAN_OPTIONS', 'TSAN_OPTIONS', 'UBSAN_OPTIONS']
    .map((name) => [name, process.env[name] ?? '']));
const program = process.env.MAESTRO_CLI;

export class Maestro {
    stdout = '';
    stderr = '';
    #child;

    /** A folder for one test; `t` (of node:test) ends what runs in it, whatever happens. */
    static async make(t) {
        const maestro = new Maestro();
        maestro.folder = await mkdtemp(join(tmpdir(), 'maestro-peers-'));
        t.after(() => maestro.#clean());
        return maestro;
    }

    /** Starts it with these arguments and, of the environment, these variables and what a program needs. */
    async start(args, environment = {}) {
        assert.ok(program, 'MAESTRO_CLI names the program to test');
        const browser = join(this.folder, 'browser');
        // The address goes by a file that only this user can read, whole or not at all.
        await writeFile(browser, '#!/bin/sh\numask 077\ncd "$(dirname "$0")" || exit 1\n'
            + 'printf %s "$1" > address.part && mv address.part address\n', { mode: 0o700 });
        this.#child = spawn(program, args, {
            env: {
                PATH: process.env.PATH, HOME: this.folder, TMPDIR: this.folder, LC_ALL: 'C.UTF-8',
                XDG_RUNTIME_DIR: this.folder, BROWSER: browser, ...sanitizers, ...environment,
            },
            stdio: ['ignore', 'pipe', 'pipe'],
        });
        this.#child.stdout.setEncoding('utf8').on('data', (text) => { this.stdout += text; });
        this.#child.stderr.setEncoding('utf8').on('data', (text) => { this.stderr += text; });
        const tooLong = setTimeout(() => this.#child.kill('SIGKILL'), limit);
        this.ended = new Promise((resolve, reject) => {
            this.#child.once('error', reject);
            this.#child.once('close', (code, signal) => { clearTimeout(tooLong); resolve(code ?? signal); });
        });
    }

    /** The address that Maestro opened in the browser. */
    async openedAddress() {
        const file = join(this.folder, 'address');
        const ended = new AbortController();
        this.ended.then(() => ended.abort(), () => ended.abort());
        const watcher = watch(this.folder, { signal: ended.signal });
        while (!existsSync(file)) {
            assert.ok(!ended.signal.aborted, `it ended without opening a browser: ${this.stderr}`);
            await new Promise((changed) => { watcher.once('change', changed).once('close', changed); });
        }
        watcher.close();
        return readFile(file, 'utf8');
    }

    /** Before another sign-in of the same folder. */
    forgetAddress() { return rm(join(this.folder, 'address'), { force: true }); }

    get pid() { return this.#child.pid; }

    /** The first so many lines that it printed, as soon as they are there. */
    async printed(count) {
        const lines = () => this.stdout.split('\n').slice(0, -1);
        let over = false;
        this.ended.then(() => { over = true; }, () => { over = true; });
        while (lines().length < count) {
            assert.ok(!over, `it ended before it printed so much: ${this.stderr}`);
            await Promise.race([once(this.#child.stdout, 'data'), this.ended]);
        }
        return lines().slice(0, count);
    }

    path(name) { return join(this.folder, name); }

    async #clean() {
        if (this.#child?.exitCode === null && this.#child.signalCode === null) {
            this.#child.kill('SIGKILL');
            await this.ended;
        }
        await rm(this.folder, { recursive: true, force: true });
    }
}

/** Fails if one of the secrets, or a telling part of it, is anywhere in these texts. */
export function assertNoSecret(secrets, texts) {
    assert.ok(secrets.size > 0, 'there were secrets to look for');
    for (const [where, text] of Object.entries(texts)) {
        for (const secret of secrets)
            assert.ok(!text.includes(secret.slice(-16)), `a secret is in ${where}`);
    }
}
