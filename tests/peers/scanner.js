// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Looks for secrets in whatever a program leaves behind, in the forms in which they leak.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

// A part of a secret is enough to be found, and says too much already.
const telling = 20;

const base64 = (bytes, encoding) => [0, 1, 2].map((shift) => {
    // What three neighbours make of it; the ends, which hold bits of others, are cut off.
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString(encoding);
    return text.slice(4, text.length - 4);
});

/** All the ways to write the secret that are looked for, by name. */
export function formsOf(secret) {
    const bytes = Buffer.from(secret.slice(-telling), 'utf8');
    const hex = bytes.toString('hex');
    const forms = {
        plain: [bytes],
        hex: [hex, hex.toUpperCase()],
        base64: base64(bytes, 'base64'),
        base64url: base64(bytes, 'base64url'),
        utf16: [Buffer.from(bytes.toString('latin1'), 'utf16le'),
            Buffer.from(bytes.toString('latin1'), 'utf16le').swap16()],
        percent: [hex.replace(/../g, '%$&'), hex.toUpperCase().replace(/../g, '%$&')],
    };
    return Object.fromEntries(Object.entries(forms).map(
        ([name, variants]) => [name, variants.map((variant) => Buffer.from(variant))]));
}

/** The forms in which any of the secrets is in these bytes: `[{ where, form }]`, no secret in it. */
export function find(secrets, bytes, where) {
    const hits = [];
    for (const secret of secrets) {
        for (const [form, variants] of Object.entries(formsOf(secret))) {
            if (variants.some((variant) => bytes.includes(variant)))
                hits.push({ where, form });
        }
    }
    return hits;
}

/** The keyring writes to a file beside its own, and puts it in place at a time of its choosing. */
async function readIfThere(path) {
    try {
        return await readFile(path);
    } catch (error) {
        if (error.code !== 'ENOENT')
            throw error;
        return Buffer.alloc(0);
    }
}

/** As find(), in every file below the folder. */
export async function findInFolder(secrets, folder) {
    const hits = [];
    const entries = await readdir(folder, { withFileTypes: true, recursive: true });
    for (const entry of entries) {
        const path = join(entry.parentPath, entry.name);
        hits.push(...find(secrets, Buffer.from(entry.name), `the name of ${path}`));
        if (entry.isFile())
            hits.push(...find(secrets, await readIfThere(path), path));
    }
    return hits;
}
