// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// One answer as each provider streams it: lists of server-sent events, ready to be written.

const namedEvent = (data) => `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;
const bareEvent = (data) => `data: ${JSON.stringify(data)}\n\n`;

/** Pieces of a few characters, so that the other side has something to put together. */
const pieces = (text) => text.match(/[^]{1,12}/gu) ?? [];

export function responsesStream(text, model) {
    const response = (status, more) => ({
        id: 'resp_peer', object: 'response', created_at: 1790000000, status, model, output: [], ...more,
    });
    const item = (status, content) => ({ id: 'msg_peer', type: 'message', status, role: 'assistant', content });
    const part = (partText) => ({ type: 'output_text', text: partText, annotations: [] });
    const where = { item_id: 'msg_peer', output_index: 0, content_index: 0 };
    const usage = {
        input_tokens: 21, input_tokens_details: { cached_tokens: 0 },
        output_tokens: 34, output_tokens_details: { reasoning_tokens: 0 }, total_tokens: 55,
    };
    const done = item('completed', [part(text)]);
    return [
        { type: 'response.created', response: response('in_progress') },
        { type: 'response.output_item.added', output_index: 0, item: item('in_progress', []) },
        { type: 'response.content_part.added', ...where, part: part('') },
        ...pieces(text).map((delta) => ({ type: 'response.output_text.delta', ...where, delta })),
        { type: 'response.output_text.done', ...where, text },
        { type: 'response.content_part.done', ...where, part: part(text) },
        { type: 'response.output_item.done', output_index: 0, item: done },
        { type: 'response.completed', response: response('completed', { output: [done], usage }) },
    ].map((event, number) => namedEvent({ ...event, sequence_number: number }));
}

export function chatStream(text, model) {
    const chunk = (delta, finish = null) => ({
        id: 'chatcmpl-peer', object: 'chat.completion.chunk', created: 1790000000, model,
        choices: [{ index: 0, delta, finish_reason: finish }],
    });
    const usage = { prompt_tokens: 21, completion_tokens: 34, total_tokens: 55 };
    return [
        chunk({ role: 'assistant', content: '' }),
        ...pieces(text).map((content) => chunk({ content })),
        chunk({}, 'stop'),
        { ...chunk({}), choices: [], usage },
    ].map(bareEvent).concat('data: [DONE]\n\n');
}

export function messagesStream(text, model) {
    const message = {
        id: 'msg_peer', type: 'message', role: 'assistant', model, content: [],
        stop_reason: null, stop_sequence: null, usage: { input_tokens: 21, output_tokens: 1 },
    };
    return [
        { type: 'message_start', message },
        { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
        { type: 'ping' },
        ...pieces(text).map((piece) => (
            { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: piece } })),
        { type: 'content_block_stop', index: 0 },
        {
            type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null },
            usage: { output_tokens: 34 },
        },
        { type: 'message_stop' },
    ].map(namedEvent);
}

export function geminiStream(text, model) {
    const chunk = (parts, more = {}) => ({
        candidates: [{ content: { parts, role: 'model' }, index: 0, ...more }],
        modelVersion: model, responseId: 'peer',
    });
    const usageMetadata = { promptTokenCount: 21, candidatesTokenCount: 34, totalTokenCount: 55 };
    return [
        ...pieces(text).map((piece) => chunk([{ text: piece }])),
        { ...chunk([{ text: '' }], { finishReason: 'STOP' }), usageMetadata },
    ].map(bareEvent);
}

/** Writes the events one by one, each when the one before it has left; ends early if the reader goes. */
export async function send(response, events, { end = true } = {}) {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    for (const event of events) {
        if (response.destroyed)
            return;
        await new Promise((sent) => { response.write(event, sent); });
    }
    if (end)
        response.end();
}

/** The whole body of a request, as text; refuses what is longer than a conversation. */
export async function readBody(request, limit = 1 << 20) {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) {
        body += chunk;
        if (body.length > limit)
            throw new Error('the request is too long');
    }
    return body;
}

/** Starts an HTTP server on a loopback port of its own. */
export async function listen(server) {
    await new Promise((ready, failed) => {
        server.once('error', failed).listen(0, '127.0.0.1', ready);
    });
    return `http://127.0.0.1:${server.address().port}`;
}

/** Stops it, with whatever still hangs on it. */
export async function stop(server) {
    const closed = new Promise((resolve) => { server.close(resolve); });
    server.closeAllConnections();
    await closed;
}
