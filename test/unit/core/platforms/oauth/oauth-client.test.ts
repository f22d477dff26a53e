import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type OAuthAccount, OAuthClient } from '../../../../../main/core/platforms/oauth/oauth-client.ts';
import type { PlatformWay } from '../../../../../main/core/platforms/platform.ts';
import { createPrintApiSandbox, type PrintApiSandbox } from '../../../../sandbox/printapi/sandbox.ts';
import { startScriptedServer } from '../cloudprinter/scripted-server.ts';
import { type OpenWayOptions, openWay } from './open-way.ts';

let nowMs: number;
let platform: PrintApiSandbox;
let client: OAuthClient;

beforeEach(async () => {
  nowMs = Date.parse('2026-01-12T08:00:00Z');
  platform = await createPrintApiSandbox({ nowMs: () => nowMs });
  client = new OAuthClient();
});

afterEach(async () => {
  await platform.stop();
});

const way = (options: Partial<OpenWayOptions<null>> = {}): PlatformWay<null> =>
  openWay({ settings: null, nowMs: () => nowMs, secrets: { clientSecret: platform.clientSecret }, ...options });

const account = (over: Partial<OAuthAccount> = {}): OAuthAccount => ({
  tokenUrl: `${platform.baseUrl}oauth`,
  clientId: platform.clientId,
  clientSecret: platform.clientSecret,
  apiOrigin: new URL(platform.baseUrl).origin,
  ...over,
});

const orders = (over: Partial<OAuthAccount> = {}, by = way()) =>
  client.call(by, account(over), { method: 'GET', url: `${platform.baseUrl}orders` });

const statusOf = async (call: ReturnType<typeof orders>) => {
  const result = await call;
  return result.kind === 'answer' ? result.answer.status : result.failure.message;
};

const requests = () => platform.ledger.ofKind('request').map(({ endpoint }) => endpoint);

describe('a token', () => {
  test('is used until a minute before it expires', async () => {
    expect(await statusOf(orders())).toBe(200);
    nowMs += (14_399 - 61) * 1000;
    expect(await statusOf(orders())).toBe(200);
    expect(platform.oauth.tokensGiven).toBe(1);

    nowMs += 2000;
    expect(await statusOf(orders())).toBe(200);
    expect(platform.oauth.tokensGiven).toBe(2);
  });

  test('that lives only a minute is used for half of it', async () => {
    platform.oauth.setTokenLifetime(60);
    await orders();
    nowMs += 29_000;
    await orders();
    expect(platform.oauth.tokensGiven).toBe(1);
    nowMs += 2000;
    await orders();
    expect(platform.oauth.tokensGiven).toBe(2);
  });

  test('is asked for once, however many need it at the same time', async () => {
    const statuses = await Promise.all(Array.from({ length: 20 }, () => statusOf(orders())));
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(platform.oauth.tokensGiven).toBe(1);
  });

  test('is asked for anew when the secret has been changed', async () => {
    await orders();
    expect(await statusOf(orders({ clientSecret: 'another' }))).toContain('refuses the client id or client secret');
    expect(platform.oauth.tokensGiven).toBe(1);
  });

  test('that no web server would take in a header is none', async () => {
    const tokenOf = async (length: number) => {
      const answer = JSON.stringify({ access_token: 'x'.repeat(length) });
      await using server = await startScriptedServer((response) => response.end(answer));
      return (await new OAuthClient().token(way(), account({ tokenUrl: server.url }))).kind;
    };
    expect(await tokenOf(8_000)).toBe('token');
    expect(await tokenOf(8_001)).toBe('failed');
  });

  test('belongs to one connection', async () => {
    await orders();
    await orders({}, way({ connectionId: 'pa-test' }));
    await orders();
    expect(platform.oauth.tokensGiven).toBe(2);
  });

  test('comes to those who wait for it, also when the one who asked is stopped', async () => {
    const stop = new AbortController();
    platform.requestKnobs.set({ match: { endpoint: 'token' }, times: 1, fault: { kind: 'hang' } });
    const first = orders({}, way({ abort: stop.signal }));
    await platform.ledger.waitFor('request', ({ endpoint }) => endpoint === 'token');
    const second = orders();
    await delay(1);
    stop.abort();

    expect(await statusOf(first)).toContain('stopped');
    expect(await statusOf(second)).toBe(200);
  });
});

describe('after a 401', () => {
  test('a new token is asked for and the request repeated, once for all who met it', async () => {
    await orders();
    platform.oauth.revokeAll();
    const statuses = await Promise.all(Array.from({ length: 5 }, () => statusOf(orders())));
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(platform.oauth.tokensGiven).toBe(2);
  });

  test('that comes again, nothing more is tried', async () => {
    platform.requestKnobs.set({ match: { endpoint: 'orders' }, fault: { kind: 'status', status: 401 } });
    expect(await statusOf(orders())).toBe(401);
    expect(requests()).toEqual(['token', 'orders', 'token', 'orders']);
  });

  test('but never after a 403', async () => {
    platform.oauth.setScopes(['orders:track']);
    expect(await statusOf(orders())).toBe(403);
    expect(requests()).toEqual(['token', 'orders']);
  });
});

describe('a token goes nowhere else', () => {
  test('neither in a request nor as headers for one', async () => {
    await using other = await startScriptedServer((response) => response.end('[]'));
    const elsewhere = await client.call(way(), account(), { method: 'GET', url: other.url });

    expect(elsewhere).toMatchObject({
      kind: 'noAnswer',
      failure: { class: 'rejected', message: expect.stringContaining('is not sent to http://127.0.0.1') },
    });
    expect(await client.authorize(way(), account(), other.url, false)).toMatchObject({ kind: 'failed' });
    expect(await client.authorize(way(), account(), 'no address', false)).toMatchObject({ kind: 'failed' });
    expect(other.seen).toHaveLength(0);

    const here = await client.authorize(way(), account(), `${platform.baseUrl}files/1`, false);
    expect(here).toMatchObject({ kind: 'headers', headers: { authorization: expect.stringMatching(/^Bearer \S+$/) } });
  });

  test('nor across a redirect', async () => {
    await using other = await startScriptedServer((response) => response.end('[]'));
    await using api = await startScriptedServer((response) => response.writeHead(302, { location: other.url }).end());
    const { origin } = new URL(api.url);

    const result = await client.call(way(), account({ apiOrigin: origin }), { method: 'GET', url: api.url });

    expect(result).toMatchObject({ kind: 'answer', answer: { status: 302 } });
    expect(api.seen[0]?.headers.authorization).toMatch(/^Bearer /);
    expect(other.seen).toHaveLength(0);
  });
});

describe('when no token is to be had', () => {
  const tokenFault = async (fault: Parameters<PrintApiSandbox['requestKnobs']['set']>[0]['fault']) => {
    platform.requestKnobs.set({ match: { endpoint: 'token' }, fault });
    const result = await orders({}, way({ responseTimeoutMs: 50 }));
    return result.kind === 'noAnswer' ? result.failure : null;
  };

  test.each([
    ['is wrong', 400, 'refused'],
    ['is refused', 403, 'refused'],
    ['is not there', 404, 'refused'],
    ['throttles', 429, 'rateLimited'],
    ['fails', 500, 'serverError'],
    ['is down', 503, 'serverError'],
  ])('because the endpoint %s (%i), the API is not called', async (_, status, failureClass) => {
    const failure = await tokenFault({ kind: 'status', status, message: 'not today', retryAfterSeconds: 9 });
    expect(failure).toMatchObject({ class: failureClass, httpStatus: status, retryAfterMs: 9000 });
    expect(requests()).toEqual(['token']);
  });

  test('because it answers garbage, a web page or nothing', async () => {
    for (const kind of ['garbage', 'html', 'hang'] as const) {
      expect(await tokenFault({ kind })).toMatchObject({ class: kind === 'hang' ? 'timeout' : 'serverError' });
      platform.requestKnobs.clear();
    }
  });

  test('because the secret is missing, nothing is asked for', async () => {
    expect(await statusOf(orders({ clientSecret: null }))).toContain('client secret of this connection is missing');
    expect(requests()).toEqual([]);
  });
});

describe('secrets stay out of what is shown', () => {
  test('when a server repeats the secret, or the token', async () => {
    const seen: unknown[] = [];
    await using echo = await startScriptedServer((response, request) =>
      response.writeHead(400).end(JSON.stringify({ message: `${request.body} ${request.headers.authorization}` })),
    );
    seen.push(await orders({ tokenUrl: echo.url }));
    const api = await client.call(way(), account({ apiOrigin: new URL(echo.url).origin }), {
      method: 'GET',
      url: echo.url,
    });
    if (api.kind === 'answer') seen.push({ message: api.answer.message, excerpt: api.answer.excerpt });
    const token = /Bearer (\S+)/.exec(echo.seen.at(-1)?.headers.authorization ?? '')?.[1];

    expect(token).toBeTruthy();
    expect(JSON.stringify(seen)).toContain('***');
    expect(JSON.stringify(seen)).not.toContain(token);
    expect(JSON.stringify(seen)).not.toContain(platform.clientSecret);
  });

  test('when a token is answered in a form that is not understood', async () => {
    await using odd = await startScriptedServer((response) => response.end('{"access_token":["very-secret-token"]}'));
    const result = await orders({ tokenUrl: odd.url });
    expect(result).toMatchObject({ kind: 'noAnswer', failure: { class: 'serverError' } });
    expect(JSON.stringify(result)).not.toContain('very-secret');
  });
});
