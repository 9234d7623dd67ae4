// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A whole life of a sign-in with every log on, and then a search for what must be nowhere.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { AuthorizationServer } from './authorizationserver.js';
import { signIn, withBrowser } from './browser.js';
import { ChatGptServer } from './chatgptserver.js';
import { startKeyring } from './keyring.js';
import { Maestro } from './maestro.js';
import { model, ModelServer } from './modelserver.js';
import { find, findInFolder, formsOf } from './scanner.js';

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

/** What the servers know: their secrets are looked for, and `end` is called when all is over. */
async function openAi() {
    const authorization = await new AuthorizationServer().start();
    const models = await new ModelServer(authorization.apiKeys).start();
    return {
        provider: 'openai', models,
        secrets: () => [...authorization.secrets, ...authorization.apiKeys],
        environment: {
            OPENAI_OAUTH_AUTHORIZE_URL: authorization.authorizeUrl,
            OPENAI_OAUTH_TOKEN_URL: authorization.tokenUrl,
            OPENAI_BASE_URL: models.baseUrl,
        },
        refuse: () => {},
        end: async () => { await models.stop(); await authorization.stop(); },
    };
}

async function chatGpt() {
    const server = await new ChatGptServer().start();
    const models = await new ModelServer(server.accessTokens).start();
    return {
        provider: 'chatgpt', models,
        secrets: () => [...server.secrets],
        environment: server.environment(models.baseUrl),
        refuse: () => server.accessTokens.clear(),
        end: async () => { await models.stop(); await server.stop(); },
    };
}

for (const make of [openAi, chatGpt]) {
    test(`a sign-in leaves no secret anywhere: ${make.name}`, async (t) => {
        const servers = await make();
        t.after(servers.end);
        const { provider, models } = servers;
        const maestro = await Maestro.make(t);
        const keyring = await startKeyring(t, maestro.folder);
        const environment = { ...keyring.environment, ...servers.environment, QT_LOGGING_RULES: '*=true' };
        const secrets = () => new Set([keyring.password, ...asked, ...servers.secrets()]);
        const asked = [];
        const hits = [];

        await maestro.start(['login', '--provider', provider], environment);
        const address = await maestro.openedAddress();
        for (const name of ['state', 'nonce']) {
            const value = new URL(address).searchParams.get(name);
            if (value)
                asked.push(value);
        }
        const process = {
            commandLine: await readFile(`/proc/${maestro.pid}/cmdline`),
            environment: await readFile(`/proc/${maestro.pid}/environ`),
        };
        await withBrowser((browser) => signIn(browser, address));
        assert.equal(await maestro.ended, 0, maestro.stderr);
        assert.match(maestro.stderr, /system keyring/);
        await maestro.forgetAddress(); // what the browser was given is the browser's

        for (const words of [['models', '--provider', provider], ['accounts', '--json'],
            ['ask', '--provider', provider, '--model', model, 'Say something'],
            ['logout', '--provider', provider, '--revoke']]) {
            if (words[0] === 'ask')
                servers.refuse();
            await maestro.start(words, environment);
            assert.equal(await maestro.ended, 0, maestro.stderr);
            hits.push(...await findInFolder(secrets(), maestro.folder));
        }
        assert.ok(secrets().size >= 7, 'code, verifier, state, three tokens and the keyring\'s password were there');
        assert.ok(models.requests.some(({ url, accepted }) => accepted && url === '/v1/responses'), 'they were used');
        assert.match(maestro.stderr, /^qt\.\w+/m, 'the logs were on');

        hits.push(...find(secrets(), process.commandLine, 'the command line'));
        hits.push(...find(secrets(), process.environment, 'the environment'));
        // The address is shown to be copied, and has the state in it.
        hits.push(...find(secrets(), Buffer.from(maestro.stdout.replaceAll(address, '')), 'standard output'));
        hits.push(...find(secrets(), Buffer.from(maestro.stderr), 'standard error'));
        assert.deepEqual(hits, []);
    });
}
