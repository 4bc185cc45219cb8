// Goes through the flows with openid-client, a certified client library, against a running demo; the person who logs in
// and agrees is played with fetch and a cookie.
//
// usage: node client-check.mjs BASE_URL, from a directory where npm has installed openid-client
import assert from 'node:assert/strict';
import * as client from 'openid-client';

const REDIRECT_URI = 'http://127.0.0.1:3000/callback';
const base = new URL(process.argv[2]);

const discover = (id, secret) => client.discovery(base, id, undefined, client.ClientSecretBasic(secret), {
    algorithm: 'oauth2',
    execute: [client.allowInsecureRequests], // the demo is on a loopback address
});
const tutorial = await discover('1_aaa', 'bbb');
const resourceServer = await discover('2_ccc', 'ddd');

/** A person with a browser that keeps one cookie. */
class Person {
    #cookie = '';

    async open(url, form) {
        const response = await fetch(url, {
            method: form ? 'POST' : 'GET',
            body: form && new URLSearchParams(form),
            headers: { Accept: 'text/html', Cookie: this.#cookie },
            redirect: 'manual',
        });
        this.#cookie = response.headers.get('set-cookie')?.split(';')[0] ?? this.#cookie;
        const location = response.headers.get('location');
        return { url, html: await response.text(), location: location && new URL(location, url) };
    }

    /** Presses the button of that step in the form it is in, which goes where the page came from. */
    async submit(page, step, fields) {
        const text = (html) => html.replaceAll('&#34;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<')
            .replaceAll('&gt;', '>').replaceAll('&amp;', '&');
        const form = page.html.split('<form').find((part) => part.includes(`name="step" value="${step}"`));
        assert(form, `no step ${step} in ${page.html}`);
        const hidden = [...form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)]
            .map(([, name, value]) => [text(name), text(value)]);
        const action = /action="([^"]*)"/.exec(form)[1];
        const answer = await this.open(new URL(action, page.url), { ...Object.fromEntries(hidden), step, ...fields });
        return answer.location?.origin === base.origin ? this.open(answer.location) : answer;
    }
}

/** What the library finds fault with. */
const because = (words) => (failure) => words.test(failure.cause.message);

async function authorizationCode() {
    const alice = new Person();
    const pkceCodeVerifier = client.randomPKCECodeVerifier();
    const expectedState = client.randomState();
    const login = await alice.open(client.buildAuthorizationUrl(tutorial, {
        redirect_uri: REDIRECT_URI,
        scope: 'read write',
        prompt: 'consent', // also if this is not the demo's first time
        state: expectedState,
        code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
        code_challenge_method: 'S256',
    }));
    const consent = await alice.submit(login, 'login', { username: 'alice', password: 'alice-password' });
    const callback = (await alice.submit(consent, 'allow')).location;
    const checks = { pkceCodeVerifier, expectedState };
    assert.equal(callback.searchParams.get('iss'), tutorial.serverMetadata().issuer);

    const mixedUp = new URL(callback);
    mixedUp.searchParams.set('iss', 'https://evil.example');
    await assert.rejects(client.authorizationCodeGrant(tutorial, mixedUp, checks), because(/"iss"/));
    const forged = { ...checks, expectedState: 'x' };
    await assert.rejects(client.authorizationCodeGrant(tutorial, callback, forged), because(/"state"/));

    return client.authorizationCodeGrant(tutorial, callback, checks);
}

async function device() {
    const alice = new Person();
    const started = await client.initiateDeviceAuthorization(tutorial, { scope: 'read write' });
    const login = await alice.open(started.verification_uri_complete);
    const asked = await alice.submit(login, 'login', { username: 'alice', password: 'alice-password' });
    assert.match(asked.html, new RegExp(started.user_code));
    const polling = client.pollDeviceAuthorizationGrant(tutorial, started);
    await alice.submit(asked, 'allow');
    return polling;
}

/** What every flow ends with: refresh, introspection, revocation. */
async function use(tokens) {
    assert.equal(tokens.scope, 'read write');
    const refreshed = await client.refreshTokenGrant(tutorial, tokens.refresh_token, { scope: 'read' });
    assert.equal(refreshed.scope, 'read');
    const active = await client.tokenIntrospection(resourceServer, refreshed.access_token);
    assert.equal(active.active, true);
    assert.equal(active.username, 'alice');
    await client.tokenRevocation(tutorial, refreshed.refresh_token);
    assert.equal((await client.tokenIntrospection(resourceServer, refreshed.access_token)).active, false);
    await assert.rejects(client.refreshTokenGrant(tutorial, refreshed.refresh_token), { error: 'invalid_grant' });
}

for (const flow of [authorizationCode, device]) {
    await use(await flow());
    console.log(`${flow.name}: passed`);
}
