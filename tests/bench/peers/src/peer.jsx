// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The page: shows a growing answer by the peer that the address names, and measures its own gaps.

import { marked } from 'marked';
import { useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import ReactMarkdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { Streamdown } from 'streamdown';

const peer = new URLSearchParams(location.search).get('peer');
const place = document.getElementById('answer');
let text = '';
let listener = () => {};

const shown = {
    'react-markdown': (content) => <ReactMarkdown remarkPlugins={[remarkGfm]}>{content}</ReactMarkdown>,
    streamdown: (content) => <Streamdown>{content}</Streamdown>,
}[peer];

function Answer() {
    return shown(useSyncExternalStore((changed) => { listener = changed; return () => {}; }, () => text));
}

if (shown) {
    flushSync(() => createRoot(place).render(<Answer />));
}

/**
 * What has come is gathered to one rendering a frame, as Maestro does, which is kind to the peers; or
 * given to them at once, as their documentation has it. React itself gathers what comes in one task.
 */
let gathers = true;
let waiting = false;
function append(more) {
    text += more;
    if (!gathers) {
        render((update) => update());
    }
    if (!waiting) {
        waiting = true;
        requestAnimationFrame(show);
    }
}

function show() {
    waiting = false;
    if (gathers) {
        render(flushSync);
    }
    scrollTo(0, document.body.scrollHeight);
}

function render(inReact) {
    if (shown) {
        inReact(() => listener());
    } else {
        place.innerHTML = marked.parse(text, { async: false });
    }
}

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

async function idle() {
    await pause(300);
    await shownNow();
}

/** All at once; nothing is measured. */
window.prefill = async (whole) => {
    append(whole);
    await idle();
};

/** What was given is on the screen. */
const shownNow = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));

/**
 * A delta whenever its time has come; answers the longest time that the thread was not free, or 0. One by
 * one, the next comes only when the one before is on the screen.
 */
window.pace = async (whole, delta, perSecond, findsGap, oneByOne, atOnce) => {
    gathers = !atOnce;
    const channel = new MessageChannel();
    let last = performance.now();
    let longest = 0;
    let running = findsGap;
    // Chromium lets no timer come more often than every 4 ms.
    channel.port1.onmessage = () => {
        const now = performance.now();
        longest = Math.max(longest, now - last);
        last = now;
        if (running) {
            setTimeout(() => channel.port2.postMessage(0), 1);
        }
    };
    if (findsGap) {
        channel.port2.postMessage(0);
    }
    const begin = performance.now();
    for (let at = 0; at < whole.length;) {
        while (at < whole.length && (at / delta) * 1000 / perSecond <= performance.now() - begin) {
            append(whole.slice(at, at + delta));
            at += delta;
            if (oneByOne) {
                await shownNow();
            }
        }
        await pause(Math.max(1, (at / delta) * 1000 / perSecond - (performance.now() - begin)));
    }
    await shownNow();
    running = false;
    return longest;
};
window.ready = true;
