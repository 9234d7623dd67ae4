// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Writes down what is asked and answers every provider's streaming request with the same text.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import {
    chatStream, geminiStream, listen, messagesStream, readBody, responsesStream, send, stop,
} from './streams.js';

const streams = [
    [/\/chat\/completions$/, chatStream],
    [/\/responses$/, responsesStream],
    [/\/messages$/, messagesStream],
    [/:streamGenerateContent$/, geminiStream],
];

export class Recorder {
    #requests = [];
    #scripted = [];
    #answer;
    #server = createServer((request, response) => this.#record(request, response));

    constructor(answer) { this.#answer = answer; }

    async start() {
        this.url = await listen(this.#server);
        return this;
    }

    stop() { return stop(this.#server); }

    /** Answers the next request with these server-sent events. */
    willAnswer(events) { this.#scripted.push(events); }

    /** The only request since the last call: { method, url, headers, body }. */
    takeOne() {
        const requests = this.#requests.splice(0);
        assert.equal(requests.length, 1, `one request came: ${requests.map(({ url }) => url)}`);
        return requests[0];
    }

    async #record(request, response) {
        const { method, url, headers } = request;
        const body = JSON.parse(await readBody(request) || 'null');
        this.#requests.push({ method, url, headers, body });
        const { pathname } = new URL(url, this.url);
        const [, makeStream] = streams.find(([path]) => path.test(pathname)) ?? [];
        if (this.#scripted.length > 0)
            await send(response, this.#scripted.splice(0, 1));
        else if (makeStream)
            await send(response, makeStream(this.#answer, 'gpt-peer'));
        else
            response.writeHead(404).end();
    }
}
