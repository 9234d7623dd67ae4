// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// "Continue with ChatGPT", through strangers: a certified OpenID provider that issues the client and
// signs, a real Chromium, a real keyring, and one process of maestro-cli after the other.

import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { cancel, signIn, withBrowser } from './browser.js';
import { ChatGptServer, introduction } from './chatgptserver.js';
import { startKeyring } from './keyring.js';
import { assertNoSecret, Maestro } from './maestro.js';
import { answer, model, ModelServer } from './modelserver.js';

let server;
let models;

beforeEach(async () => {
    server = await new ChatGptServer().start();
    models = await new ModelServer(server.accessTokens).start();
});
const stopServers = async () => {
    await models?.stop();
    await server?.stop();
    models = server = undefined;
};
after(stopServers);

const output = ({ stdout, stderr }) => `stdout:\n${stdout}\nstderr:\n${stderr}`;

async function make(t) {
    t.after(stopServers);
    const maestro = await Maestro.make(t);
    const keyring = await startKeyring(t, maestro.folder);
    const environment = { ...keyring.environment, ...server.environment(models.baseUrl) };
    const run = async (args, expected = 0) => {
        maestro.stdout = maestro.stderr = '';
        await maestro.start(args, environment);
        assert.equal(await maestro.ended, expected, output(maestro));
        assertNoSecret(server.secrets, { stdout: maestro.stdout, stderr: maestro.stderr });
        return maestro.stdout;
    };
    return { maestro, environment, run };
}

/** Begins a sign-in and goes to where the browser is opened. */
async function begin({ maestro, environment }, args = []) {
    maestro.stdout = maestro.stderr = '';
    await maestro.forgetAddress();
    await maestro.start(['login', '--profile', 'chatgpt', ...args], environment);
    return maestro.openedAddress();
}

const parameter = (address, name) => new URL(address).searchParams.get(name);

test('lives from the registration over a renewal to the revocation', async (t) => {
    const one = await make(t);
    const { maestro, run } = one;
    const address = await begin(one);
    assert.equal(parameter(address, 'client_id'), introduction);
    assert.equal(parameter(address, 'agent_name_hint'), 'Maestro');
    assert.match(parameter(address, 'ext_agent_host_id'), /^urn:uuid:[0-9a-f-]{36}$/);
    const page = await withBrowser((browser) => signIn(browser, address));
    assert.doesNotMatch(page.text, /fail|error|could not/i);
    assert.equal(await maestro.ended, 0, output(maestro));
    assert.match(maestro.stderr, /You're using your ChatGPT plan\. Manage usage: https:\/\/chatgpt\.com\/settings\/usage/);
    assertNoSecret(server.secrets, { stdout: maestro.stdout, stderr: maestro.stderr });

    const [exchange] = server.at('token');
    assert.match(exchange.params.client_id, /^oaiapp_/);
    assert.equal(exchange.params.resource, 'https://api.openai.com/v1');
    const [account] = JSON.parse(await run(['accounts', '--json']));
    assert.equal(account.provider, 'chatgpt');
    assert.equal(account.account, 'account-peer');
    assert.equal(account.email, 'ada@example.org');

    assert.deepEqual((await run(['models', '--provider', 'chatgpt'])).trim().split('\n'), [model]);

    // The API knows the access token no more: it is renewed once, and the question asked again.
    server.accessTokens.clear();
    const ask = ['ask', '--provider', 'chatgpt', '--model', model, 'Say something'];
    assert.equal((await run(ask)).trimEnd(), answer.trimEnd());
    const renewals = server.at('token').slice(1);
    assert.deepEqual(renewals.map(({ status }) => status), [200]);
    assert.match(renewals[0].type, /^application\/x-www-form-urlencoded/);
    assert.deepEqual(Object.keys(renewals[0].params).sort(),
        ['client_id', 'grant_type', 'refresh_token', 'resource']);
    assert.equal(renewals[0].params.client_id, exchange.params.client_id);
    const question = JSON.parse(models.requests.findLast(({ accepted }) => accepted).body);
    assert.equal(question.store, false);
    assert.ok(!('max_output_tokens' in question) && !('stream_options' in question));

    const told = await run(['logout', '--provider', 'chatgpt', '--revoke']);
    const [revocation] = server.at('revocation');
    assert.equal(revocation.status, 200);
    assert.equal(revocation.params.token_type_hint, 'refresh_token');
    assert.equal(revocation.params.client_id, exchange.params.client_id);
    assert.ok(server.secrets.has(revocation.params.token), `the last refresh token ${told}`);
    assert.deepEqual(JSON.parse(await run(['accounts', '--json'])), []);
    await run(ask, 1);
    assert.match(maestro.stderr, /No ChatGPT account is signed in/);
});

test('signs in again with the client that the account has', async (t) => {
    const one = await make(t);
    const first = await begin(one);
    await withBrowser((browser) => signIn(browser, first));
    assert.equal(await one.maestro.ended, 0, output(one.maestro));
    const [{ params: { client_id: issued } }] = server.at('token');

    const again = await begin(one, ['--account', 'account-peer']);
    assert.equal(parameter(again, 'client_id'), issued);
    assert.equal(parameter(again, 'agent_name_hint'), null);
    assert.equal(parameter(again, 'login_hint'), 'ada@example.org');
    assert.equal(parameter(again, 'id_token_hint'), null);
    await withBrowser((browser) => signIn(browser, again));
    assert.equal(await one.maestro.ended, 0, output(one.maestro));
    assert.equal(JSON.parse(await one.run(['accounts', '--json'])).length, 1);
});

test('says what to do when plan use was not allowed', async (t) => {
    const one = await make(t);
    server.allowed = 'resource.invoke';
    const address = await begin(one);
    await withBrowser((browser) => signIn(browser, address));
    assert.equal(await one.maestro.ended, 1, output(one.maestro));
    assert.match(one.maestro.stderr, /did not allow Maestro to use your ChatGPT plan/);
    assert.deepEqual(JSON.parse(await one.run(['accounts', '--json'])), []);

    const consenting = await begin(one, ['--consent']);
    assert.equal(parameter(consenting, 'prompt'), 'consent');
    server.allowed = 'resource.invoke chatgpt.tokens.use.direct';
    await withBrowser((browser) => signIn(browser, consenting));
    assert.equal(await one.maestro.ended, 0, output(one.maestro));
});

test('ends in one clear sentence when the tokens were used elsewhere', async (t) => {
    const one = await make(t);
    const address = await begin(one);
    await withBrowser((browser) => signIn(browser, address));
    assert.equal(await one.maestro.ended, 0, output(one.maestro));
    const [{ params: { client_id: client } }] = server.at('token');
    const token = [...server.secrets].at(-2); // the refresh token of the only answer
    const spend = () => fetch(server.environment('').CHATGPT_OAUTH_TOKEN_URL, {
        method: 'POST',
        body: new URLSearchParams({ grant_type: 'refresh_token', client_id: client, refresh_token: token }),
    });
    assert.equal((await spend()).status, 200);
    server.accessTokens.clear();
    await one.run(['ask', '--provider', 'chatgpt', '--model', model, 'Say something'], 1);
    assert.match(one.maestro.stderr, /Sign in again/);
});

test('says in plain words that the person said no', async (t) => {
    const one = await make(t);
    const address = await begin(one);
    const page = await withBrowser((browser) => cancel(browser, address));
    assert.equal(await one.maestro.ended, 1, output(one.maestro));
    assert.doesNotMatch(page.text, /signed in|success/i);
    assert.equal(server.at('token').length, 0);
});

test('passes the end-to-end check', async (t) => {
    const one = await make(t);
    one.maestro.stdout = '';
    await one.maestro.start(['check', '--provider', 'chatgpt', '--model', model], one.environment);
    const address = await one.maestro.openedAddress();
    await withBrowser((browser) => signIn(browser, address));
    assert.equal(await one.maestro.ended, 0, output(one.maestro));
    assertNoSecret(server.secrets, { stdout: one.maestro.stdout, stderr: one.maestro.stderr });
});
