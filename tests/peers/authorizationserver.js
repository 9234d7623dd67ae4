// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The certified OpenID provider, set up the way OpenAI's authorization server looks from outside:
// a public client with two loopback redirects, PKCE with S256, rotating refresh tokens, the
// organization's claims in the id_token, and the exchange of that id_token for an API key.

import { createServer } from 'node:http';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createLocalJWKSet, jwtVerify } from 'jose';
import Provider from 'oidc-provider';
import { listen, readBody, stop } from './streams.js';

export const clientId = 'app_EMoamEEZ73f0CkXaXp7hrann';
export const person = { email: 'ada@example.org', password: 'engine-no-1' };
const openAiRedirects = ['http://localhost:1455/auth/callback', 'http://localhost:1457/auth/callback'];
const openAiClaims = 'https://api.openai.com/auth';
const tokenExchange = 'urn:ietf:params:oauth:grant-type:token-exchange';

/** The claims of an account with a Platform organization, as sign-in.md lists them. */
const organizationClaims = {
    organization_id: 'org-peer', project_id: 'proj_peer', chatgpt_account_id: 'account-peer',
    chatgpt_plan_type: 'plus', completed_platform_onboarding: true, is_org_owner: true,
};

function configuration(privateKey, claims, redirectUris) {
    return {
        jwks: { keys: [privateKey] },
        clients: [{
            client_id: clientId,
            application_type: 'native',
            token_endpoint_auth_method: 'none',
            grant_types: ['authorization_code', 'refresh_token', tokenExchange],
            response_types: ['code'],
            redirect_uris: redirectUris,
        }],
        scopes: ['openid', 'profile', 'email', 'offline_access'],
        claims: { openid: ['sub', openAiClaims], email: ['email'], profile: ['name'] },
        conformIdTokenClaims: false, // OpenAI's id_token carries the claims itself
        pkce: { required: () => true },
        extraParams: ['id_token_add_organizations', 'codex_cli_simplified_flow', 'originator'],
        rotateRefreshToken: true,
        routes: { authorization: '/oauth/authorize', token: '/oauth/token', jwks: '/jwks' },
        cookies: { keys: [randomBytes(16).toString('hex')] },
        features: { devInteractions: { enabled: false } },
        interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
        findAccount: (ctx, sub) => ({
            accountId: sub,
            claims: () => ({ sub, email: person.email, name: 'Ada Lovelace', [openAiClaims]: claims }),
        }),
    };
}

const escaped = (text) => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

const page = (title, form) => `<!doctype html><html lang="en"><meta charset="utf-8">
<title>${title}</title><h1>${title}</h1><form method="post">${form}
<button name="answer" value="cancel" formnovalidate>Cancel</button></form></html>`;

export const loginPage = (hint) => page('Sign in', `${hint ? `<p role="alert">${hint}</p>` : ''}
<label>E-mail <input name="email" type="email" required></label>
<label>Password <input name="password" type="password" required></label>
<button name="answer" value="continue">Continue</button>`);

export const consentPage = (originator, scopes) => page('Allow access', `
<p>${escaped(originator)} wants: ${escaped(scopes)}</p><button name="answer" value="continue">Allow</button>`);

export class AuthorizationServer {
    /** Every secret that was good here: none of them may turn up in any output. */
    secrets = new Set();
    /** What was asked at the authorization and token endpoints: { path, params, status }. */
    requests = [];
    apiKeys = new Set();
    #server = createServer((request, response) => this.#answer(request, response));
    #provider;
    #keys;

    get authorizeUrl() { return `${this.url}/oauth/authorize`; }
    get tokenUrl() { return `${this.url}/oauth/token`; }

    async start({ claims = organizationClaims, redirectUris = openAiRedirects } = {}) {
        const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
        const naming = { kid: 'peer', alg: 'RS256', use: 'sig' };
        this.#keys = createLocalJWKSet({ keys: [{ ...publicKey.export({ format: 'jwk' }), ...naming }] });
        this.url = await listen(this.#server);
        this.#provider = new Provider(
            this.url, configuration({ ...privateKey.export({ format: 'jwk' }), ...naming }, claims, redirectUris));
        this.#provider.registerGrantType(
            tokenExchange, (ctx) => this.#exchangeForApiKey(ctx),
            ['requested_token', 'subject_token', 'subject_token_type']);
        this.#provider.use((ctx, next) => this.#record(ctx, next));
        return this;
    }

    stop() { return stop(this.#server); }

    async #answer(request, response) {
        try {
            if (request.url.startsWith('/interaction/'))
                await this.#interact(request, response);
            else
                await this.#provider.callback()(request, response);
        } catch (error) {
            response.writeHead(500).end(String(error));
        }
    }

    async #record(ctx, next) {
        // OpenAI gives a refresh token to whoever asks for offline_access; this provider insists on
        // an explicit consent.
        if (ctx.path === '/oauth/authorize')
            ctx.query = { ...ctx.query, prompt: 'consent' };
        await next();
        if (!ctx.path.startsWith('/oauth/'))
            return;
        const params = { ...(ctx.oidc?.params ?? {}) };
        this.requests.push({ path: ctx.path, params, status: ctx.status, type: ctx.get('content-type') });
        if (ctx.path !== '/oauth/token' || ctx.status !== 200)
            return; // what was refused opens nothing
        const { code, code_verifier, refresh_token, subject_token } = params;
        for (const secret of [code, code_verifier, refresh_token, subject_token,
            ctx.body.access_token, ctx.body.refresh_token, ctx.body.id_token]) {
            if (secret)
                this.secrets.add(secret);
        }
    }

    async #interact(request, response) {
        const details = await this.#provider.interactionDetails(request, response);
        const { prompt, params } = details;
        const show = (html) => response.writeHead(200, { 'content-type': 'text/html' }).end(html);
        if (request.method !== 'POST')
            return show(prompt.name === 'login' ? loginPage() : consentPage(params.originator, params.scope));
        const form = new URLSearchParams(await readBody(request));
        if (form.get('answer') !== 'continue') {
            return this.#provider.interactionFinished(request, response, {
                error: 'access_denied', error_description: 'The person pressed Cancel',
            });
        }
        if (prompt.name === 'consent') {
            const consent = { grantId: await this.#grant(details) };
            return this.#provider.interactionFinished(request, response, { consent }, { mergeWithLastSubmission: true });
        }
        if (form.get('email') !== person.email || form.get('password') !== person.password)
            return show(loginPage('This e-mail address and password do not belong together.'));
        return this.#provider.interactionFinished(request, response, { login: { accountId: 'user-peer' } });
    }

    #grant({ session, params }) {
        const grant = new this.#provider.Grant({ accountId: session.accountId, clientId: params.client_id });
        grant.addOIDCScope(params.scope);
        return grant.save();
    }

    /** RFC 8693 as OpenAI uses it. The refusal is the one its server gives. */
    async #exchangeForApiKey(ctx) {
        const { requested_token: wanted, subject_token: token, subject_token_type: type } = ctx.oidc.params;
        const refuse = (message) => {
            ctx.status = 401;
            ctx.body = {
                error: { message, type: 'invalid_request_error', param: null, code: 'invalid_subject_token' },
            };
        };
        if (wanted !== 'openai-api-key' || type !== 'urn:ietf:params:oauth:token-type:id_token')
            return refuse('Unknown kind of token');
        try {
            const { payload } = await jwtVerify(token, this.#keys, { issuer: this.url, audience: clientId });
            if (!payload[openAiClaims]?.organization_id)
                return refuse('Invalid ID token: missing organization_id');
        } catch {
            return refuse('Invalid ID token');
        }
        const key = `sk-peer-${randomBytes(24).toString('hex')}`;
        this.apiKeys.add(key);
        ctx.body = { access_token: key };
    }
}
