// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A person with a browser: a real Chromium that signs in and consents, or presses Cancel.

import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { person } from './authorizationserver.js';

const limit = 30_000; // ms for one step of the person
const programs = ['chromium', 'google-chrome-stable', 'chromium-browser'].map((name) => `/usr/bin/${name}`);

/** Calls `use` with a new page of a Chromium that is gone afterwards, whatever happens. */
export async function withBrowser(use) {
    const browser = await chromium.launch({
        executablePath: programs.find(existsSync),
        // Chromium's own sandbox does not run as root, which is who runs tests in a container.
        args: process.getuid() === 0 ? ['--no-sandbox'] : [],
    });
    try {
        const page = await browser.newPage();
        page.setDefaultTimeout(limit);
        return await use(page);
    } finally {
        await browser.close();
    }
}

/** From the authorization URL to the last page; answers its address and text. */
export async function signIn(page, url) {
    await page.goto(url);
    await logIn(page);
    return landed(page);
}

async function logIn(page) {
    await page.getByLabel('E-mail').fill(person.email);
    await page.getByLabel('Password').fill(person.password);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Allow' }).click();
}

/** Types a device code and signs in; answers the text of the last page. */
export async function typeCode(page, where, code) {
    await page.goto(where);
    await page.getByLabel('Code').fill(code);
    await page.getByRole('button', { name: 'Next' }).click();
    await logIn(page);
    await page.waitForURL(/\/deviceauth\/callback/);
    return page.locator('body').innerText();
}

export async function cancel(page, url) {
    await page.goto(url);
    await page.getByRole('button', { name: 'Cancel' }).click();
    return landed(page);
}

async function landed(page) {
    await page.waitForURL(/^http:\/\/(localhost:145[57]|127\.0\.0\.1:\d+\/(auth\/callback|done))/);
    return { address: page.url(), text: await page.locator('body').innerText() };
}
