// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The certified OpenID provider, set up the way "Sign in with ChatGPT" looks from outside: a client
// that is issued on the first redirect, tokens for a resource, signed id_tokens with published keys,
// refresh tokens that rotate and end the sign-in when one comes twice, and revocation.

import { createServer } from 'node:http';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import Provider from 'oidc-provider';
import { consentPage, loginPage, person } from './authorizationserver.js';
import { listen, readBody, stop } from './streams.js';

export const introduction = 'dynamic_agent_client';
const planScope = 'chatgpt.tokens.use.direct';
const resource = 'https://api.openai.com/v1';
const identityScopes = 'openid profile email offline_access';
const openAiClaims = 'https://api.openai.com/auth';
const routes = {
    authorization: '/api/accounts/authorize', token: '/api/accounts/oauth/token',
    revocation: '/api/accounts/oauth/revoke', jwks: '/.well-known/jwks.json',
};

const client = (id) => ({
    client_id: id,
    application_type: 'native',
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    redirect_uris: ['http://127.0.0.1/auth/callback'], // of any port (RFC 8252 §7.3)
});

function configuration(privateKey, clientIds) {
    return {
        jwks: { keys: [privateKey] },
        clients: clientIds.map(client),
        scopes: identityScopes.split(' '),
        claims: { openid: ['sub', openAiClaims], email: ['email'], profile: ['name'] },
        conformIdTokenClaims: false,
        pkce: { required: () => true },
        extraParams: ['ext_agent_host_id', 'agent_name_hint'],
        rotateRefreshToken: true,
        issueRefreshToken: () => true,
        routes,
        cookies: { keys: [randomBytes(16).toString('hex')] },
        features: {
            devInteractions: { enabled: false },
            revocation: { enabled: true },
            resourceIndicators: {
                enabled: true,
                getResourceServerInfo: () => ({
                    scope: `resource.invoke ${planScope}`, audience: resource, accessTokenTTL: 3600,
                }),
                useGrantedResource: () => true,
            },
        },
        interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
        findAccount: (ctx, sub) => ({
            accountId: sub,
            claims: () => ({
                sub, email: person.email, name: 'Ada Lovelace',
                [openAiClaims]: { chatgpt_account_id: 'account-peer', chatgpt_plan_type: 'plus' },
            }),
        }),
    };
}

export class ChatGptServer {
    /** Every secret that was good here: none of them may turn up anywhere. */
    secrets = new Set();
    /** What was asked: { path, params, status, type }. */
    requests = [];
    /** Access tokens that are good at the API: those of the last answer. */
    accessTokens = new Set();
    /** What the person allows beside the identity. */
    allowed = `resource.invoke ${planScope}`;
    #clientIds = [1, 2, 3].map(() => `oaiapp_${randomBytes(12).toString('hex')}`);
    #issued = 0;
    #server = createServer((request, response) => this.#answer(request, response));
    #provider;

    environment(apiUrl) {
        return {
            CHATGPT_BASE_URL: apiUrl,
            CHATGPT_OAUTH_ISSUER: this.url,
            CHATGPT_OAUTH_AUTHORIZE_URL: this.url + routes.authorization,
            CHATGPT_OAUTH_TOKEN_URL: this.url + routes.token,
            CHATGPT_OAUTH_REVOKE_URL: this.url + routes.revocation,
            CHATGPT_OAUTH_KEYS_URL: this.url + routes.jwks,
        };
    }

    /** What was posted, or opened, there. */
    at(route) { return this.requests.filter(({ path }) => path === routes[route]); }

    async start() {
        const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
        const key = { ...privateKey.export({ format: 'jwk' }), kid: 'peer', alg: 'RS256', use: 'sig' };
        this.url = await listen(this.#server);
        this.#provider = new Provider(this.url, configuration(key, this.#clientIds));
        this.#provider.use((ctx, next) => this.#adapt(ctx, next));
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

    /** The two things that OpenAI does otherwise: it issues the client, and names it on the redirect. */
    async #adapt(ctx, next) {
        const asked = { ...ctx.query };
        if (ctx.path === routes.authorization) {
            const issued = asked.client_id === introduction
                ? { client_id: this.#clientIds[this.#issued++] } : {};
            ctx.query = { ...asked, ...issued, prompt: 'consent' };
        }
        await next();
        const location = ctx.response.get('location');
        if (location?.startsWith('http://127.0.0.1:') && new URL(location).pathname === '/auth/callback') {
            const redirect = new URL(location);
            redirect.searchParams.set('client_id', ctx.oidc.client.clientId);
            ctx.set('location', redirect.href);
        }
        if (!Object.values(routes).includes(ctx.path))
            return;
        const given = ctx.path === routes.authorization ? asked : (ctx.oidc?.params ?? {});
        const params = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
        this.requests.push({ path: ctx.path, params, status: ctx.status, type: ctx.get('content-type') });
        if (ctx.path === routes.token && ctx.status === 200)
            this.#note(params, ctx.body);
    }

    #note(params, { access_token: access, refresh_token: refresh, id_token: id }) {
        this.accessTokens.clear();
        this.accessTokens.add(access);
        for (const secret of [params.code, params.code_verifier, params.refresh_token, access, refresh, id]) {
            if (secret)
                this.secrets.add(secret);
        }
    }

    async #interact(request, response) {
        const { prompt, params, session } = await this.#provider.interactionDetails(request, response);
        const show = (html) => response.writeHead(200, { 'content-type': 'text/html' }).end(html);
        if (request.method !== 'POST')
            return show(prompt.name === 'login' ? loginPage() : consentPage('Maestro', params.scope));
        const form = new URLSearchParams(await readBody(request));
        const finish = (result) => this.#provider.interactionFinished(
            request, response, result, { mergeWithLastSubmission: true });
        if (form.get('answer') !== 'continue')
            return finish({ error: 'access_denied', error_description: 'The person pressed Cancel' });
        if (prompt.name === 'login')
            return finish({ login: { accountId: 'user-peer' } });
        const grant = new this.#provider.Grant({ accountId: session.accountId, clientId: params.client_id });
        grant.addOIDCScope(identityScopes);
        grant.addResourceScope(resource, this.allowed);
        const refused = params.scope.split(' ').filter(
            (scope) => !`${identityScopes} ${this.allowed}`.split(' ').includes(scope));
        if (refused.length > 0)
            grant.rejectResourceScope(resource, refused.join(' '));
        return finish({ consent: { grantId: await grant.save() } });
    }
}
