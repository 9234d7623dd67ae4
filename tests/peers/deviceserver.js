// OpenAI's sign-in with a device code, in front of the certified OpenID provider: it gives out user
// codes, goes through the authorization-code flow itself when one is typed, with a verifier of its
// own, and hands the code and that verifier to whoever asks with the device's id.

import { createServer } from 'node:http';
import { createHash, randomBytes, randomInt } from 'node:crypto';
import { clientId } from './authorizationserver.js';
import { listen, readBody, stop } from './streams.js';

const base64url = (bytes) => bytes.toString('base64url');
const letters = 'BCDFGHJKLMNPQRSTVWXZ';
const userCode = () => Array.from({ length: 8 }, (_, i) => (i === 4 ? '-' : '') + letters[randomInt(letters.length)]).join('');

const page = (body) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Device</title>${body}</html>`;
const codePage = (hint) => page(`<form method="post">${hint ? `<p role="alert">${hint}</p>` : ''}
<label>Code <input name="code" required></label><button>Next</button></form>`);

export class DeviceServer {
    /** { path, body, status } in the order they came. */
    requests = [];
    #devices = new Map();
    #authorization;
    #server = createServer((request, response) => this.#answer(request, response));

    async start() {
        this.url = await listen(this.#server);
        return this;
    }

    /** What the provider must have registered. */
    get redirectUri() { return `${this.url}/deviceauth/callback`; }

    use(authorization) { this.#authorization = authorization; }

    stop() { return stop(this.#server); }

    async #answer(request, response) {
        const url = new URL(request.url, this.url);
        const send = (status, type, body, headers = {}) => response
            .writeHead(status, { 'content-type': type, connection: 'close', ...headers }).end(body);
        const json = (status, body) => {
            this.requests.at(-1).status = status;
            send(status, 'application/json', JSON.stringify(body));
        };
        const html = (body) => send(200, 'text/html; charset=utf-8', body);
        const text = await readBody(request);
        switch (`${request.method} ${url.pathname}`) {
        case 'POST /api/accounts/deviceauth/usercode':
            this.requests.push({ path: url.pathname, body: JSON.parse(text) });
            return json(200, this.#begin());
        case 'POST /api/accounts/deviceauth/token':
            this.requests.push({ path: url.pathname, body: JSON.parse(text) });
            return this.#poll(JSON.parse(text), json);
        case 'GET /codex/device':
            return html(codePage());
        case 'POST /codex/device': {
            const device = this.#find('userCode', new URLSearchParams(text).get('code')?.trim().toUpperCase());
            return device ? send(303, 'text/plain', '', { location: this.#authorizeUrl(device) })
                : html(codePage('There is no such code.'));
        }
        case 'GET /deviceauth/callback': {
            const device = this.#find('state', url.searchParams.get('state'));
            if (device)
                device.code = url.searchParams.get('code');
            return html(page(device?.code ? '<p>Signed in on your device</p>' : '<p>Not signed in</p>'));
        }
        default:
            return send(404, 'text/plain', 'not here');
        }
    }

    #begin() {
        const verifier = base64url(randomBytes(48));
        const device = {
            id: `deviceauth_${base64url(randomBytes(18))}`, userCode: userCode(), verifier,
            state: base64url(randomBytes(24)),
            challenge: base64url(createHash('sha256').update(verifier).digest()),
        };
        this.#devices.set(device.id, device);
        return { device_auth_id: device.id, user_code: device.userCode, interval: '1' };
    }

    #find(key, value) { return [...this.#devices.values()].find((device) => device[key] === value); }

    #authorizeUrl({ challenge, state }) {
        const url = new URL(this.#authorization.authorizeUrl);
        url.search = new URLSearchParams({
            response_type: 'code', client_id: clientId, redirect_uri: this.redirectUri,
            scope: 'openid profile email offline_access', code_challenge: challenge,
            code_challenge_method: 'S256', state, originator: 'device',
        });
        return url.href;
    }

    #poll({ device_auth_id: id, user_code: code }, json) {
        const device = this.#devices.get(id);
        if (!device?.code || device.userCode !== code)
            return json(403, { error: { code: 'deviceauth_authorization_pending' } });
        this.#devices.delete(id);
        return json(200, {
            authorization_code: device.code, code_challenge: device.challenge, code_verifier: device.verifier,
        });
    }
}
