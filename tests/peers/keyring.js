// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A session bus of its own with the real gnome-keyring on it, unlocked.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { once } from 'node:events';

const password = 'keyring-password-canary';

/** Starts both in this folder, for one test; answers what a program needs to find them. */
export async function startKeyring(t, folder) {
    const run = join(folder, 'run');
    await mkdir(run, { mode: 0o700 });
    const environment = {
        PATH: process.env.PATH, HOME: folder, XDG_RUNTIME_DIR: run, XDG_DATA_HOME: join(folder, 'data'),
        XDG_CONFIG_HOME: join(folder, 'config'), XDG_CACHE_HOME: join(folder, 'cache'), LC_ALL: 'C.UTF-8',
    };
    const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address=1'], {
        env: environment, stdio: ['ignore', 'pipe', 'ignore'],
    });
    t.after(() => { bus.kill(); }); // the keyring ends with its bus
    const [address] = await once(bus.stdout.setEncoding('utf8'), 'data');
    environment.DBUS_SESSION_BUS_ADDRESS = address.trim();
    // Before anybody asks for it: a keyring that was started by a question cannot be unlocked.
    const daemon = spawn('gnome-keyring-daemon', ['--unlock', '--components=secrets'], {
        env: environment, stdio: ['pipe', 'ignore', 'ignore'],
    });
    daemon.stdin.end(password);
    const [code] = await once(daemon, 'exit');
    assert.equal(code, 0, 'gnome-keyring-daemon started');
    delete environment.PATH;
    return { environment, password };
}
