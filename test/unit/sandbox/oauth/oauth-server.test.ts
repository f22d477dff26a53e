import { afterEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { type Listener, startListener } from '../../../sandbox/http/listener.ts';
import {
  bearerTokenOf,
  createOAuthServer,
  type OAuthServer,
  type OAuthServerOptions,
} from '../../../sandbox/oauth/oauth-server.ts';

const CLIENT = { clientId: 'test_floor', clientSecret: 's3cret/+&=' };

const answerSchema = z.object({
  access_token: z.string(),
  token_type: z.string(),
  expires_in: z.number(),
  scope: z.string().optional(),
});

const listeners: Listener[] = [];

afterEach(async () => {
  await Promise.all(listeners.splice(0).map((listener) => listener.stop()));
});

async function start(options: Partial<OAuthServerOptions> = {}): Promise<{ server: OAuthServer; url: string }> {
  const server = await createOAuthServer({ ...CLIENT, ...options });
  const listener = await startListener({
    port: 0,
    host: '127.0.0.1',
    async handle(request, response) {
      if (request.url === '/connect/token') await server.answerToken(request, response);
      else response.writeHead(server.isValid(bearerTokenOf(request)) ? 200 : 401).end();
    },
  });
  listeners.push(listener);
  return { server, url: listener.url };
}

const ask = (url: string, fields: Readonly<Record<string, string>> = {}) =>
  fetch(`${url}/connect/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: CLIENT.clientId,
      client_secret: CLIENT.clientSecret,
      ...fields,
    }),
  });

const tokenOf = async (url: string) => answerSchema.parse(await (await ask(url)).json()).access_token;

const statusWith = async (url: string, token: string) =>
  (await fetch(`${url}/orders`, { headers: { authorization: `Bearer ${token}` } })).status;

test('the right client gets a token that is valid, at a path of the platform’s choice', async () => {
  const { server, url } = await start({ scopes: ['orders:browse', 'orders:track'], tokenType: 'bearer' });

  const answer = answerSchema.parse(await (await ask(url)).json());

  expect(answer).toMatchObject({ token_type: 'bearer', expires_in: 3600, scope: 'orders:browse orders:track' });
  expect(await statusWith(url, answer.access_token)).toBe(200);
  expect(await statusWith(url, 'made-up')).toBe(401);
  expect(server.scopesOf(answer.access_token)).toEqual(['orders:browse', 'orders:track']);
  expect(server.tokensGiven).toBe(1);
});

test('a wrong secret, another client and a secret in a header are refused with 401 invalid_client', async () => {
  const { server, url } = await start();
  const inHeader = await fetch(`${url}/connect/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${CLIENT.clientId}:${CLIENT.clientSecret}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });

  for (const answer of [await ask(url, { client_secret: 'wrong' }), await ask(url, { client_id: 'other' }), inHeader]) {
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ error: 'invalid_client' });
  }
  expect(server.tokensGiven).toBe(0);
});

test('a token expires when its lifetime has passed, by the clock that was given', async () => {
  let nowMs = Date.parse('2026-03-02T09:00:00Z');
  const { server, url } = await start({ nowMs: () => nowMs, tokenLifetimeSeconds: 120 });
  const token = await tokenOf(url);

  nowMs += 119_999;
  expect(await statusWith(url, token)).toBe(200);
  nowMs += 1;
  expect(await statusWith(url, token)).toBe(401);

  server.setTokenLifetime(14_399);
  expect(answerSchema.parse(await (await ask(url)).json()).expires_in).toBe(14_399);
});

test('all tokens are revoked at once, and a new one is valid', async () => {
  const { server, url } = await start({ tokenFormat: 'jwt' });
  const tokens = [await tokenOf(url), await tokenOf(url)];
  for (const token of tokens) {
    expect(token.split('.')).toHaveLength(3);
    expect(await statusWith(url, token)).toBe(200);
  }

  server.revokeAll();

  for (const token of tokens) expect(await statusWith(url, token)).toBe(401);
  expect(await statusWith(url, await tokenOf(url))).toBe(200);
  expect(server.tokensGiven).toBe(3);
});

test('it prints nothing', async () => {
  const printed = (['info', 'warn', 'error', 'log'] as const).map((name) => vi.spyOn(console, name));
  const { url } = await start();
  await tokenOf(url);
  for (const spy of printed) expect(spy).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});
