// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A whole life of a sign-in with every log on, and then a search for what must be nowhere.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { AuthorizationServer } from './authorizationserver.js';
import { signIn, withBrowser } from './browser.js';
import { startKeyring } from './keyring.js';
import { Maestro } from './maestro.js';
import { model, ModelServer } from './modelserver.js';
import { find, findInFolder, formsOf } from './scanner.js';

let authorization;
let models;

before(async () => {
    authorization = await new AuthorizationServer().start();
    models = await new ModelServer(authorization.apiKeys).start();
});
after(async () => {
    await models?.stop();
    await authorization?.stop();
});

test('the scanner finds a secret in every form', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'maestro-scanner-'));
    t.after(() => rm(folder, { recursive: true }));
    const secret = `canary/+${randomBytes(24).toString('base64')}`;
    for (const [form, variants] of Object.entries(formsOf(secret))) {
        for (const [i, variant] of variants.entries())
            await writeFile(join(folder, `${form}-${i}`), Buffer.concat([randomBytes(50), variant, randomBytes(50)]));
    }
    for (const encoding of ['base64', 'base64url', 'hex']) {
        const whole = Buffer.from(`{"token":"${secret}"}`).toString(encoding);
        await writeFile(join(folder, `whole-${encoding}`), whole);
    }
    const hits = await findInFolder(new Set([secret]), folder);
    const found = new Set(hits.map(({ where }) => where));
    const written = Object.entries(formsOf(secret)).flatMap(([form, variants]) => variants.map((_, i) => `${form}-${i}`));
    for (const name of [...written, 'whole-base64', 'whole-base64url', 'whole-hex'])
        assert.ok(found.has(join(folder, name)), `${name} is found`);
    assert.deepEqual(await findInFolder(new Set([randomBytes(24).toString('hex')]), folder), []);
});

test('a sign-in leaves no secret anywhere', async (t) => {
    const maestro = await Maestro.make(t);
    const keyring = await startKeyring(t, maestro.folder);
    const environment = {
        ...keyring.environment,
        QT_LOGGING_RULES: '*=true',
        OPENAI_OAUTH_AUTHORIZE_URL: authorization.authorizeUrl,
        OPENAI_OAUTH_TOKEN_URL: authorization.tokenUrl,
        OPENAI_BASE_URL: models.baseUrl,
    };
    const hits = [];
    const secrets = new Set([keyring.password]);
    const ended = async (expected = 0) => {
        assert.equal(await maestro.ended, expected, maestro.stdout + maestro.stderr);
    };

    await maestro.start(['login', '--provider', 'openai'], environment);
    const address = await maestro.openedAddress();
    secrets.add(new URL(address).searchParams.get('state'));
    const process = {
        commandLine: await readFile(`/proc/${maestro.pid}/cmdline`),
        environment: await readFile(`/proc/${maestro.pid}/environ`),
    };
    await withBrowser((browser) => signIn(browser, address));
    await ended();
    assert.match(maestro.stderr, /system keyring/);
    await rm(maestro.path('address')); // what the browser was given is the browser's

    for (const words of [['models', '--provider', 'openai'], ['accounts', '--json'],
        ['ask', '--provider', 'openai', '--model', model, 'Say something'],
        ['logout', '--provider', 'openai', '--revoke']]) {
        await maestro.start(words, environment);
        await ended();
        hits.push(...await findInFolder(new Set([...secrets, ...authorization.secrets, ...authorization.apiKeys]),
            maestro.folder));
    }
    for (const secret of [...authorization.secrets, ...authorization.apiKeys])
        secrets.add(secret);
    assert.ok(secrets.size >= 7, 'code, verifier, state, three tokens, key and the keyring were there');
    assert.ok(models.requests.some(({ url, accepted }) => accepted && url === '/v1/responses'), 'the key was used');
    assert.match(maestro.stderr, /^qt\.\w+/m, 'the logs were on');

    hits.push(...find(secrets, process.commandLine, 'the command line'));
    hits.push(...find(secrets, process.environment, 'the environment'));
    // The address is shown to be copied, and has the state in it.
    const output = maestro.stdout.replaceAll(address, '');
    hits.push(...find(secrets, Buffer.from(output), 'standard output'));
    hits.push(...find(secrets, Buffer.from(maestro.stderr), 'standard error'));
    assert.deepEqual(hits, []);
});
