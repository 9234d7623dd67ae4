// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Several copies of Maestro with one sign-in between them, at a provider that ends the sign-in when a
// refresh token comes twice.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signIn, withBrowser } from './browser.js';
import { ChatGptServer } from './chatgptserver.js';
import { startKeyring } from './keyring.js';
import { assertNoSecret, Maestro } from './maestro.js';
import { answer, model, ModelServer } from './modelserver.js';

const rounds = 50;

async function signedIn(t) {
    const server = await new ChatGptServer().start();
    const models = await new ModelServer(server.accessTokens).start();
    t.after(async () => { await models.stop(); await server.stop(); });
    const maestro = await Maestro.make(t);
    const keyring = await startKeyring(t, maestro.folder);
    const environment = { ...keyring.environment, ...server.environment(models.baseUrl) };
    await maestro.start(['login', '--profile', 'chatgpt'], environment);
    const address = await maestro.openedAddress();
    await withBrowser((browser) => signIn(browser, address));
    assert.equal(await maestro.ended, 0, maestro.stderr);
    return { server, models, environment };
}

/** Runs the same command in so many processes at once; all of them must go well. */
async function runAtOnce(programs, args, environment, secrets) {
    for (const program of programs)
        program.stdout = program.stderr = '';
    await Promise.all(programs.map((program) => program.start(args, environment)));
    for (const program of programs) {
        assert.equal(await program.ended, 0, program.stderr);
        assertNoSecret(secrets, { stdout: program.stdout, stderr: program.stderr });
    }
    return programs.map(({ stdout }) => stdout.trimEnd());
}

const renewals = (server) => server.at('token').filter(({ params }) => params.grant_type === 'refresh_token');

test(`two processes renew once in each of ${rounds} rounds`, { timeout: 280_000 }, async (t) => {
    const { server, environment } = await signedIn(t);
    const programs = [await Maestro.make(t), await Maestro.make(t)];
    for (let round = 1; round <= rounds; ++round) {
        server.accessTokens.clear(); // the API knows none of them any more
        const listed = await runAtOnce(programs, ['models', '--provider', 'chatgpt'], environment, server.secrets);
        assert.deepEqual(listed, [model, model]);
        assert.deepEqual(renewals(server).map(({ status }) => status), Array(round).fill(200), `round ${round}`);
    }
});

test('ten conversations that are refused at once renew once', async (t) => {
    const { server, models, environment } = await signedIn(t);
    const programs = await Promise.all(Array.from({ length: 10 }, () => Maestro.make(t)));
    server.accessTokens.clear();
    models.repeats = true;
    const told = await runAtOnce(
        programs, ['ask', '--provider', 'chatgpt', '--model', model, 'Say something'], environment, server.secrets);
    assert.deepEqual(told, Array(10).fill(answer.trimEnd()));
    assert.deepEqual(renewals(server).map(({ status }) => status), [200]);
});
