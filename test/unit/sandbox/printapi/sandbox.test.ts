import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createPrintApiSandbox, type PrintApiSandbox } from '../../../sandbox/printapi/sandbox.ts';
import { startFakeShop } from '../cloudprinter/fake-shop.ts';

const MINUTE_MS = 60_000;
const POSTER = { productId: 'poster_a3_sta', quantity: 10, pageCount: 1 };

let nowMs: number;
let sandbox: PrintApiSandbox;

beforeEach(async () => {
  nowMs = Date.parse('2026-01-12T08:15:00.123Z');
  sandbox = await createPrintApiSandbox({ nowMs: () => nowMs });
});

afterEach(async () => {
  await sandbox.stop();
});

const tokenSchema = z.object({ access_token: z.string() });

async function askForToken(): Promise<string> {
  const response = await fetch(`${sandbox.baseUrl}oauth`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: sandbox.clientId,
      client_secret: sandbox.clientSecret,
    }),
  });
  return tokenSchema.parse(await response.json()).access_token;
}

async function get(path: string, token?: string): Promise<{ status: number; body: unknown }> {
  const authorization = `Bearer ${token ?? (await askForToken())}`;
  const response = await fetch(new URL(path, sandbox.baseUrl), { headers: { authorization } });
  return { status: response.status, body: await response.json() };
}

describe('an order', () => {
  test('is answered in the documented shape, with Dutch local time', async () => {
    const { id } = await sandbox.place({
      id: 'SO-10442',
      items: [{ ...POSTER, files: { content: { downloadUrl: 'https://shop.example/a.pdf' } } }],
    });
    await sandbox.setFile(id, '00001', 'content', 'Accepted');
    await sandbox.setStatus(id, 'Shipped', { trackingUrl: 'https://carrier.example/t/1' });

    const { body } = await get('orders/SO-10442');

    expect(body).toMatchObject({
      id: 'SO-10442',
      dateTime: '2026-01-12T09:15:00.123',
      status: 'Shipped',
      trackingUrl: 'https://carrier.example/t/1',
      items: [{ id: '00001', files: { content: { status: 'Accepted', downloadUrl: 'https://shop.example/a.pdf' } } }],
      shipping: { address: { country: 'NL' }, method: { isTrackable: true } },
    });
    expect(body).not.toHaveProperty('checkout');
    expect((await get('orders/SO-10442/status')).body).toEqual({ id: 'SO-10442', order: 'Shipped' });
  });

  test('has its address at the root in version 1', async () => {
    await sandbox.place({ id: 'SO-1', items: [POSTER] });
    const { body } = await get(`${sandbox.baseUrlOf('v1')}orders/SO-1`);
    expect(body).toMatchObject({ id: 'SO-1', shippingAddress: { country: 'NL' } });
    expect(body).not.toHaveProperty('shipping');
  });

  test('tells of its payment only after the payment screen was set up', async () => {
    await sandbox.place({ id: 'SO-1', items: [POSTER], payment: 'notSetUp' });
    expect((await get('orders/SO-1/status')).body).toEqual({ id: 'SO-1', order: 'Created' });
    await sandbox.setPayment('SO-1', 'Open');
    expect((await get('orders/SO-1/status')).body).toEqual({ id: 'SO-1', order: 'Created', payment: 'Open' });
    expect((await get('orders/SO-1')).body).toMatchObject({ checkout: { status: 'Open', amount: 100 } });
  });

  test('that vanishes is answered 404 and listed nowhere', async () => {
    await sandbox.place({ id: 'SO-1', items: [POSTER] });
    sandbox.vanish('SO-1');
    expect((await get('orders/SO-1')).status).toBe(404);
    expect((await get('orders')).body).toMatchObject({ count: 0, results: [] });
    expect((await get('sync/statuses?since=2026-01-01')).body).toMatchObject({ results: [] });
  });
});

describe('the lists', () => {
  test('orders come newest first, 20 at a time, and a long page is cut', async () => {
    for (let number = 1; number <= 60; number += 1) {
      await sandbox.place({ id: `SO-${number}`, items: [POSTER] });
      nowMs += 1000;
    }
    const page = z.object({ count: z.number(), results: z.array(z.looseObject({ id: z.string() })) });

    const first = page.parse((await get('orders')).body);
    expect(first.count).toBe(60);
    expect(first.results).toHaveLength(20);
    expect(first.results[0]).toMatchObject({ id: 'SO-60', status: 'Created', url: `${sandbox.baseUrl}orders/SO-60` });
    expect(
      page
        .parse((await get('orders?offset=50&limit=500')).body)
        .results.map(({ id }) => id)
        .at(-1),
    ).toBe('SO-1');
    expect(page.parse((await get('orders?limit=500')).body).results).toHaveLength(50);
  });

  test('status updates are those since a local time', async () => {
    await sandbox.place({ id: 'SO-1', items: [POSTER] });
    nowMs += 10 * MINUTE_MS;
    await sandbox.setStatus('SO-1', 'Processing');

    expect((await get('sync/statuses?since=2026-01-12T09:20:00')).body).toMatchObject({
      since: '2026-01-12T09:20:00',
      results: [{ id: 'SO-1', status: 'Processing', dateTime: expect.stringMatching(/^2026-01-12T09:25:00\.123/) }],
    });
    expect((await get('sync/statuses?since=2026-01-12T09:15:00')).body).toMatchObject({ results: [{}, {}] });
    expect((await get('sync/statuses?since=yesterday')).status).toBe(400);
  });
});

describe('a request is refused', () => {
  test('with 401 without a token, and with one that expired or was revoked', async () => {
    expect((await fetch(`${sandbox.baseUrl}orders`)).status).toBe(401);
    const expired = await askForToken();
    nowMs += 14_399_000;
    expect((await get('orders', expired)).status).toBe(401);
    const revoked = await askForToken();
    expect((await get('orders', revoked)).status).toBe(200);
    sandbox.oauth.revokeAll();
    expect((await get('orders', revoked)).status).toBe(401);
  });

  test('with 403 when the token lacks the scope', async () => {
    sandbox.oauth.setScopes(['orders:track']);
    expect((await get('orders')).status).toBe(403);
    expect((await get('sync/statuses?since=2026-01-01')).status).toBe(200);
  });

  test('as often as a knob says, with what the knob says', async () => {
    sandbox.requestKnobs.set({
      match: { endpoint: 'orders' },
      times: 1,
      fault: { kind: 'status', status: 429, retryAfterSeconds: 7 },
    });
    sandbox.requestKnobs.set({
      match: { endpoint: 'token' },
      after: 1,
      times: 1,
      fault: { kind: 'html', status: 502 },
    });
    const headers = { authorization: `Bearer ${await askForToken()}` };

    const throttled = await fetch(`${sandbox.baseUrl}orders`, { headers });
    expect([throttled.status, throttled.headers.get('retry-after')]).toEqual([429, '7']);
    expect((await fetch(`${sandbox.baseUrl}orders`, { headers })).status).toBe(200);
    expect(await (await fetch(`${sandbox.baseUrl}oauth`, { method: 'POST' })).text()).toContain('<html>');
    expect(sandbox.ledger.ofKind('request').map(({ answer }) => answer.kind === 'answered' && answer.status)).toEqual([
      200, 429, 200, 502,
    ]);
  });

  test('or never answered, answered with garbage, or cut off', async () => {
    const headers = { authorization: `Bearer ${await askForToken()}` };
    const url = `${sandbox.baseUrl}orders`;
    sandbox.requestKnobs.set({ times: 1, fault: { kind: 'garbage' } });
    await expect((await fetch(url, { headers })).json()).rejects.toThrow();
    sandbox.requestKnobs.set({ times: 1, fault: { kind: 'answerLost' } });
    await expect(fetch(url, { headers })).rejects.toThrow();
    sandbox.requestKnobs.set({ times: 1, fault: { kind: 'hang' } });
    await expect(fetch(url, { headers, signal: AbortSignal.timeout(20) })).rejects.toThrow(/timeout/);
  });
});

describe('the webhook', () => {
  const attempts = () => sandbox.ledger.ofKind('webhook').map(({ attempt, answer }) => [attempt, answer.kind]);

  test('is a form with the order id and no more, at each change', async () => {
    await using shop = await startFakeShop();
    sandbox.setWebhookUrl(shop.url);
    await sandbox.place({ id: 'SO 1', items: [POSTER] });
    await sandbox.setPayment('SO 1', 'Open');

    expect(shop.requests.map(({ body }) => body)).toEqual(['orderId=SO+1', 'orderId=SO+1']);
    expect(shop.requests[0]?.headers['content-type']).toMatch(/^application\/x-www-form-urlencoded/);
  });

  test('is tried again after 2 and 5 minutes and then hourly up to 7 times', async () => {
    await using shop = await startFakeShop([503]);
    sandbox.setWebhookUrl(shop.url);
    await sandbox.place({ items: [POSTER] });
    const tries = async (minutes: number) => {
      nowMs += minutes * MINUTE_MS;
      await sandbox.deliverDueWebhooks();
      return shop.requests.length;
    };

    expect(await tries(1)).toBe(1);
    expect(await tries(1)).toBe(2);
    expect(await tries(5)).toBe(3);
    for (let hour = 1; hour <= 7; hour += 1) expect(await tries(60)).toBe(3 + hour);
    expect(await tries(600)).toBe(10);
  });

  test('stops once 200 came, and is given up after a weekend', async () => {
    await using shop = await startFakeShop([503, 200, 503]);
    sandbox.setWebhookUrl(shop.url);
    await sandbox.place({ items: [POSTER] });
    nowMs += 2 * MINUTE_MS;
    await sandbox.deliverDueWebhooks();
    nowMs += 5 * MINUTE_MS;
    await sandbox.deliverDueWebhooks();
    expect(shop.requests).toHaveLength(2);

    await sandbox.place({ items: [POSTER] });
    nowMs += 62 * 60 * MINUTE_MS;
    await sandbox.deliverDueWebhooks();
    nowMs += 62 * 60 * MINUTE_MS;
    await sandbox.deliverDueWebhooks();
    expect(attempts().slice(2)).toEqual([
      [1, 'answered'],
      [10, 'answered'],
    ]);
  });

  test('can be lost on the way, or left to the hand', async () => {
    await using shop = await startFakeShop();
    sandbox.setWebhookUrl(shop.url);
    sandbox.setWebhooks('lose');
    await sandbox.place({ id: 'SO-1', items: [POSTER] });
    sandbox.setWebhooks('manual');
    await sandbox.setStatus('SO-1', 'Processing');
    expect(shop.requests).toHaveLength(0);

    await sandbox.sendWebhook('SO-1', { to: shop.url });
    expect(shop.requests).toHaveLength(1);
    expect(attempts()).toEqual([
      [1, 'lost'],
      [1, 'answered'],
    ]);
  });
});

test('the busiest window is told by the sandbox’s own clock', async () => {
  const token = await askForToken();
  for (let count = 0; count < 6; count += 1) {
    await get('orders', token);
    nowMs += 400;
  }
  expect(sandbox.mostRequestsIn(1000)).toBe(4);
  expect(sandbox.mostRequestsIn(400)).toBe(2);
});

test('while offline every connection is refused, and it comes back on the same port', async () => {
  await sandbox.goOffline();
  expect(sandbox.online).toBe(false);
  await expect(get('orders')).rejects.toThrow();
  await sandbox.goOnline();
  expect((await get('orders')).status).toBe(200);
});
