import { describe, expect, test } from 'vitest';
import { createPrintApi } from '../../../../../main/core/platforms/printapi/platform.ts';
import { apiBase } from '../../../../../main/core/platforms/printapi/settings.ts';
import { openShop } from './shop.ts';

const { settingsSchema, jobs, fields, secretNames } = createPrintApi();

describe('the settings', () => {
  test('need only a client id: the rest has a default', () => {
    expect(settingsSchema.parse({ clientId: ' test_1 ' })).toEqual({
      baseUrl: 'https://live.printapi.nl/v2/',
      clientId: 'test_1',
      apiVersion: 'v2',
      timeZone: 'Europe/Amsterdam',
      overlapMinutes: 30,
      lookBackDays: 30,
      allowPrivateAddresses: false,
    });
    expect(settingsSchema.safeParse({}).success).toBe(false);
    expect(secretNames).toEqual(fields.filter(({ type }) => type === 'secret').map(({ name }) => name));
  });

  test.each([
    { baseUrl: 'http://live.printapi.nl/v2/' },
    { baseUrl: 'https://user:pass@live.printapi.nl/v2/' },
    { baseUrl: 'https://live.printapi.nl/v2/?x=1' },
    { baseUrl: 'ftp://live.printapi.nl/', allowPrivateAddresses: true },
    { baseUrl: 'printapi' },
    { apiVersion: 'v3' },
    { timeZone: 'Amsterdam' },
    { overlapMinutes: -1 },
    { lookBackDays: 0 },
    { clientId: ' ' },
  ])('refuse $baseUrl$apiVersion$timeZone$overlapMinutes$lookBackDays$clientId', (wrong) => {
    expect(settingsSchema.safeParse({ clientId: 'a', ...wrong }).success).toBe(false);
  });

  test.each([
    ['https://live.printapi.nl/v2/', 'v2', 'https://live.printapi.nl/v2/'],
    ['https://live.printapi.nl/v2', 'v1', 'https://live.printapi.nl/v1/'],
    ['https://test.printapi.nl', 'v2', 'https://test.printapi.nl/v2/'],
    ['https://proxy.example/print/v1//', 'v2', 'https://proxy.example/print/v2/'],
  ])('make of %s and %s the address %s', (baseUrl, apiVersion, expected) => {
    expect(apiBase(settingsSchema.parse({ clientId: 'a', baseUrl, apiVersion }))).toBe(expected);
  });
});

describe('a webhook', () => {
  const form = 'application/x-www-form-urlencoded';
  const read = (body: string, contentType = form) => jobs?.readWebhook?.(Buffer.from(body), contentType);

  test('tells which order it is about, and nothing else is read of it', () => {
    expect(read('orderId=SO-10442')).toBe('SO-10442');
    expect(read('orderId=SO+1%2F2&status=Shipped', `${form}; charset=utf-8`)).toBe('SO 1/2');
  });

  test.each([
    ['', form],
    ['orderId=', form],
    ['orderId=..', form],
    ['orderId=a%0Ab', form],
    ['orderId=a&orderId=b', form],
    [`orderId=${'a'.repeat(101)}`, form],
    ['{"orderId":"SO-1"}', 'application/json'],
    ['orderId=SO-1', 'text/plain'],
  ])('that is %j as %s names none', (body, contentType) => {
    expect(read(body, contentType)).toBeNull();
  });
});

describe('the connection test', () => {
  test('goes step by step and changes nothing', async () => {
    await using shop = await openShop();
    const steps = await shop.platform.test(shop.way());
    expect(steps.map(({ step, ok }) => `${step}: ${ok}`)).toEqual([
      'Address: true',
      'Access token: true',
      'Scope orders:track: true',
      'Scope orders:browse: true',
    ]);
    const methods = shop.sandbox.ledger.ofKind('request').map(({ method, endpoint }) => `${method} ${endpoint}`);
    expect(methods).toEqual(['HEAD unknown', 'POST token', 'GET statuses', 'GET orders']);
  });

  test('names the scope that the client was not granted', async () => {
    await using shop = await openShop();
    shop.sandbox.oauth.setScopes(['orders:track', 'products:browse']);
    const browse = (await shop.platform.test(shop.way())).at(-1);
    expect(browse).toMatchObject({ step: 'Scope orders:browse', ok: false });
    expect(browse?.detail).toContain('has not granted it to this client, which has orders:track, products:browse');
  });

  test('says how it does without status updates, and that it cannot do without a list', async () => {
    await using shop = await openShop();
    shop.sandbox.requestKnobs.set({ fault: { kind: 'status', status: 404 }, match: { endpoint: '*s' } });
    const steps = await shop.platform.test(shop.way({ apiVersion: 'v1' }));
    expect(steps.slice(2)).toMatchObject([
      { ok: true, detail: expect.stringContaining('the list of orders is asked') },
      { ok: false, detail: expect.stringContaining('404') },
    ]);
  });

  test('ends at a wrong secret, also while an earlier token would still do', async () => {
    await using shop = await openShop();
    await shop.platform.test(shop.way());
    shop.sandbox.requestKnobs.set({ match: { endpoint: 'token' }, fault: { kind: 'status', status: 401 } });
    for (const way of [shop.way(), shop.way({}, 'wrong')]) {
      const steps = await shop.platform.test(way);
      expect(steps.at(-1)).toMatchObject({ step: 'Access token', ok: false });
      expect(steps.at(-1)?.detail).toContain('refuses the client id or client secret');
    }
  });

  test('ends where nobody answers', async () => {
    await using shop = await openShop();
    await shop.sandbox.goOffline();
    expect(await shop.platform.test(shop.way())).toEqual([
      { step: 'Address', ok: false, detail: expect.stringContaining('refuses connections') },
    ]);
  });
});
