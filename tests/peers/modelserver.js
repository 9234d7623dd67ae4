// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The API behind the sign-in: /v1/models and /v1/responses, for those who hold a key that the
// authorization server gave out.

import { createServer } from 'node:http';
import { listen, readBody, responsesStream, send, stop } from './streams.js';

export const model = 'gpt-peer';
export const answer = `# Subscriptions with FastAPI

Use a **webhook**, since the browser may never come back:

\`\`\`python
@app.post("/webhook")
async def webhook(request: Request) -> Response:
    event = stripe.Webhook.construct_event(await request.body(), signature, secret)
    return Response(status_code=204)
\`\`\`

Naïve polling is not enough — 再見 🎼
`;

export class ModelServer {
    /** { method, url, headers, body, accepted } in the order they came. */
    requests = [];
    /** Whether a key gets its whole answer every time. */
    repeats = false;
    #server = createServer((request, response) => this.#answer(request, response));
    #keys;
    #asked = new Set();

    /** `keys` is the live set of keys that are good. */
    constructor(keys) { this.#keys = keys; }

    get baseUrl() { return `${this.url}/v1`; }

    async start() {
        this.url = await listen(this.#server);
        return this;
    }

    stop() { return stop(this.#server); }

    async #answer(request, response) {
        const json = (status, body) => (
            response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)));
        const fail = (status, code, message) => (
            json(status, { error: { message, type: 'invalid_request_error', param: null, code } }));
        const text = await readBody(request);
        const accepted = this.#keys.has(request.headers.authorization?.replace(/^Bearer /, ''));
        const { method, url, headers } = request;
        this.requests.push({ method, url, headers, body: text, accepted });
        if (!accepted)
            return fail(401, 'invalid_api_key', 'Incorrect API key provided');
        if (method === 'GET' && url === '/v1/models')
            return json(200, {
                object: 'list', data: [{ id: model, object: 'model', owned_by: 'peer' }],
                // what a ChatGPT plan gets instead
                models: [{ slug: model, display_name: 'GPT Peer', visibility: 'list' }, { slug: 'inner', visibility: 'hide' }],
            });
        if (method !== 'POST' || url !== '/v1/responses')
            return fail(404, null, `Unknown request URL: ${method} ${url}`);
        let question;
        try {
            question = JSON.parse(text);
        } catch {
            return fail(400, null, 'The body is not JSON');
        }
        if (question.model !== model)
            return fail(404, 'model_not_found', `The model '${question.model}' does not exist`);
        if (question.stream !== true || !question.input?.length)
            return fail(400, null, 'A streaming request with input was expected');
        const events = responsesStream(answer, model);
        // What a key asks again is what the check interrupts: half of it comes, and the rest waits for
        // the reader to hang up.
        if (!this.repeats && this.#asked.has(headers.authorization))
            return send(response, events.slice(0, events.length / 2), { end: false });
        this.#asked.add(headers.authorization);
        return send(response, events);
    }
}
