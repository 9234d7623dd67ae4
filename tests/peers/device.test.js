// The sign-in with a device code, through strangers: maestro-cli shows a code, a real Chromium types
// it and signs in at a certified OpenID provider, and maestro-cli ends signed in.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AuthorizationServer, person } from './authorizationserver.js';
import { typeCode, withBrowser } from './browser.js';
import { DeviceServer } from './deviceserver.js';
import { assertNoSecret, Maestro } from './maestro.js';
import { answer, model, ModelServer } from './modelserver.js';

async function start(t, options) {
    const device = await new DeviceServer().start();
    t.after(() => device.stop());
    const authorization = await new AuthorizationServer()
        .start({ ...options, redirectUris: [device.redirectUri] });
    t.after(() => authorization.stop());
    device.use(authorization);
    const models = await new ModelServer(authorization.apiKeys).start();
    t.after(() => models.stop());
    const maestro = await Maestro.make(t);
    await maestro.start(
        ['login', '--device', '--keep', 'memory', '--model', model, '--then', 'Say something'],
        {
            OPENAI_OAUTH_AUTHORIZE_URL: authorization.authorizeUrl,
            OPENAI_OAUTH_TOKEN_URL: authorization.tokenUrl,
            OPENAI_OAUTH_DEVICE_URL: device.url,
            OPENAI_BASE_URL: models.baseUrl,
        });
    const [where, code] = await maestro.printed(2);
    return { device, authorization, maestro, where, code };
}

const output = ({ stdout, stderr }) => `stdout:\n${stdout}\nstderr:\n${stderr}`;

test('signs in with a code that is typed in a browser, and asks', async (t) => {
    const { device, authorization, maestro, where, code } = await start(t);
    assert.equal(where, `${device.url}/codex/device`);
    const text = await withBrowser((page) => typeCode(page, where, code));
    assert.match(text, /Signed in on your device/);
    assert.equal(await maestro.ended, 0, output(maestro));
    assert.match(maestro.stderr, new RegExp(person.email));
    assert.match(maestro.stderr, /only if you started this sign-in yourself/);
    assert.ok(maestro.stdout.trimEnd().endsWith(answer.trimEnd()), output(maestro));

    const [begin, ...polls] = device.requests;
    assert.deepEqual(Object.keys(begin.body), ['client_id']);
    assert.ok(polls.length > 1, 'it had to wait');
    assert.ok(polls.slice(0, -1).every(({ status }) => status === 403));
    const exchange = authorization.requests.find(({ path, params }) => path === '/oauth/token' && params.code);
    assert.equal(exchange.params.redirect_uri, device.redirectUri);
    assert.equal(exchange.status, 200);
    assertNoSecret(authorization.secrets, { stdout: maestro.stdout, stderr: maestro.stderr });
});

test('is signed in without a key, and says what to do, when the account has no organization', async (t) => {
    const claims = { chatgpt_account_id: 'account-peer', chatgpt_plan_type: 'free' };
    const { maestro, where, code } = await start(t, { claims });
    await withBrowser((page) => typeCode(page, where, code));
    assert.equal(await maestro.ended, 1, output(maestro));
    assert.match(maestro.stderr, /platform\.openai\.com\/settings\/organization\/general/);
    assert.match(maestro.stderr, /--api-key/);
});
