// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The main job, through strangers: maestro-cli signs in at a certified OpenID provider with a real
// Chromium, exchanges the id_token for a key, and streams an answer.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { AuthorizationServer, person } from './authorizationserver.js';
import { cancel, signIn, withBrowser } from './browser.js';
import { assertNoSecret, Maestro } from './maestro.js';
import { answer, model, ModelServer } from './modelserver.js';

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

const environment = (server = authorization) => ({
    OPENAI_OAUTH_AUTHORIZE_URL: server.authorizeUrl,
    OPENAI_OAUTH_TOKEN_URL: server.tokenUrl,
    OPENAI_BASE_URL: models.baseUrl,
});

async function startCheck(t) {
    const maestro = await Maestro.make(t);
    const report = maestro.path('report.json');
    const args = ['check', '--provider', 'openai', '--model', model, '--report', report];
    await maestro.start(args, environment());
    return { maestro, report, address: await maestro.openedAddress() };
}

const output = ({ stdout, stderr }) => `stdout:\n${stdout}\nstderr:\n${stderr}`;

async function assertPassed({ maestro, report }) {
    assert.equal(await maestro.ended, 0, output(maestro));
    const text = await readFile(report, 'utf8');
    assertNoSecret(authorization.secrets, { stdout: maestro.stdout, stderr: maestro.stderr, report: text });
    return JSON.parse(text);
}

test('checks the whole way from the browser to the streamed answer', async (t) => {
    const check = await startCheck(t);
    const page = await withBrowser((browser) => signIn(browser, check.address));
    assert.doesNotMatch(page.text, /fail|error|could not/i);
    const report = await assertPassed(check);

    assert.equal(report.passed, true);
    assert.deepEqual(report.stages.map(({ id, status }) => [id, status]), [
        'authorization_url', 'listener', 'person', 'code', 'tokens', 'api_key',
        'request', 'first_token', 'complete', 'usage', 'invalid_code_refused', 'interruption_reported',
    ].map((id) => [id, 'passed']));
    assert.equal(report.account.email, person.email);
    assert.equal(report.account.plan, 'plus');
    assert.equal(report.answer.characters, answer.length);
    assert.equal(report.answer.skipped_events, 0);

    const grants = authorization.requests.filter(({ path }) => path === '/oauth/token');
    assert.ok(grants.every(({ type }) => type.startsWith('application/x-www-form-urlencoded')));
    const asked = models.requests.find(({ url, accepted }) => accepted && url === '/v1/responses');
    assert.match(asked.body, /FastAPI/);
    assert.ok(check.maestro.stdout.includes(answer.trimEnd()), output(check.maestro));
});

test('says in plain words that the person said no', async (t) => {
    const { maestro, report, address } = await startCheck(t);
    const asked = models.requests.length;
    const page = await withBrowser((browser) => cancel(browser, address));
    assert.equal(await maestro.ended, 1, output(maestro));
    assert.doesNotMatch(page.text, /signed in|success/i);
    assert.match(output(maestro), /declined|refused|cancel|denied|not allow/i);
    assert.equal(JSON.parse(await readFile(report, 'utf8')).passed, false);
    assert.equal(models.requests.length, asked, 'nothing was asked');
});

test('turns a callback with a wrong state away and waits on for the right one', async (t) => {
    const check = await startCheck(t);
    const redirect = new URL(check.address).searchParams.get('redirect_uri');
    const knocked = await fetch(`${redirect}?code=someone-elses&state=wrong`);
    assert.equal(knocked.status, 400);
    const refused = await fetch(`${redirect}?error=access_denied&state=wrong`);
    assert.equal(refused.status, 400);
    await withBrowser((browser) => signIn(browser, check.address));
    await assertPassed(check);
    assert.ok(!authorization.requests.some(({ params }) => params.code === 'someone-elses'));
});

test('signs in and asks in one process', async (t) => {
    const maestro = await Maestro.make(t);
    const args = ['login', '--provider', 'openai', '--keep', 'memory', '--model', model, '--then', 'Say something'];
    await maestro.start(args, environment());
    const address = await maestro.openedAddress();
    await withBrowser((browser) => signIn(browser, address));
    assert.equal(await maestro.ended, 0, output(maestro));
    assert.ok(maestro.stdout.trimEnd().endsWith(answer.trimEnd()), output(maestro));
    assert.match(output(maestro), /ada@example\.org/);
    assertNoSecret(authorization.secrets, { stdout: maestro.stdout, stderr: maestro.stderr });
});

test('is signed in without a key when the account has no organization', async (t) => {
    const claims = { chatgpt_account_id: 'account-peer', chatgpt_plan_type: 'free' };
    const server = await new AuthorizationServer().start({ claims });
    t.after(() => server.stop());
    const maestro = await Maestro.make(t);
    await maestro.start(['login', '--provider', 'openai', '--keep', 'memory', '--then', 'Hello'], environment(server));
    const address = await maestro.openedAddress();
    await withBrowser((browser) => signIn(browser, address));
    assert.equal(await maestro.ended, 1, output(maestro));
    assert.match(output(maestro), /organi[sz]ation/i);
});
