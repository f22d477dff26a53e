import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startScriptedServer } from '../cloudprinter/scripted-server.ts';
import { HOUR_MS, openShop, type Shop } from './shop.ts';

const BOOK = {
  productId: 'book_a5_sta',
  quantity: 3,
  pageCount: 96,
  files: {
    content: { downloadUrl: 'https://shop.example/b.pdf' },
    cover: { downloadUrl: 'https://shop.example/c.pdf' },
  },
};
const POSTER = { productId: 'poster_a3_sta', quantity: 10 };

let shop: Shop;

beforeEach(async () => {
  shop = await openShop();
});

afterEach(async () => {
  await shop[Symbol.asyncDispose]();
});

describe('an order is shown as Print API says it', () => {
  test('with its items, address, files and time', async () => {
    await shop.sandbox.place({
      id: 'SO-1',
      items: [BOOK, POSTER],
      payment: 'Open',
      email: 'a@b.example',
      metadata: 'FB-7',
    });

    const sighting = await shop.look('SO-1');

    expect(sighting).toMatchObject({
      externalId: 'SO-1',
      handle: 'SO-1',
      state: 'waiting',
      statusText: 'Created',
      createdAtMs: shop.nowMs,
      problem: null,
      files: [],
      shipped: null,
      work: {
        orderExternalId: 'SO-1',
        customer: 'A. Tester',
        reference: 'FB-7',
        shippingMethod: 'Pakket',
        delivery: { name: 'A. Tester', lines: ['Straat 1', '1000 AA Stad'], country: 'NL', email: 'a@b.example' },
        items: [
          { externalId: 'SO-1-00001', product: 'book_a5_sta', copies: 3, pages: 96 },
          { externalId: 'SO-1-00002', product: 'poster_a3_sta', copies: 10, pages: null },
        ],
      },
    });
    expect(sighting.beliefs).toEqual([
      { name: 'orderStatus', value: 'Created' },
      { name: 'paymentStatus', value: 'Open' },
      { name: 'file 00001 content', value: 'DownloadPending' },
      { name: 'file 00001 cover', value: 'DownloadPending' },
    ]);
    expect(JSON.parse(sighting.work?.document ?? '')).toMatchObject({ id: 'SO-1' });
  });

  test('the same in version 1, where the address lies elsewhere', async () => {
    await shop.sandbox.place({ id: 'SO-1', items: [POSTER] });
    const v2 = await shop.look('SO-1');
    const v1 = await shop.look('SO-1', { apiVersion: 'v1' });
    expect(v1.work?.delivery).toEqual(v2.work?.delivery);
    expect(v1.work?.items[0]?.options).toEqual([
      { code: 'material', description: 'standard', count: '', type: 'Standard' },
    ]);
    expect(shop.sandbox.ledger.ofKind('request').map(({ path }) => path)).toEqual([
      '/v2/oauth',
      '/v2/orders/SO-1',
      '/v1/oauth',
      '/v1/orders/SO-1',
    ]);
  });

  test('shipped with its tracking link, or without one', async () => {
    await shop.sandbox.place({ id: 'SO-1', items: [POSTER] });
    await shop.sandbox.setStatus('SO-1', 'Processing');
    expect(await shop.look('SO-1')).toMatchObject({ state: 'working', shipped: null });

    await shop.sandbox.setStatus('SO-1', 'Shipped');
    expect(await shop.look('SO-1')).toMatchObject({ state: 'done', shipped: { atMs: shop.nowMs, trackingUrl: null } });

    const trackingUrl = 'https://carrier.example/t/1';
    await shop.sandbox.setStatus('SO-1', 'Shipped', { trackingUrl });
    const sighting = await shop.look('SO-1');
    expect(sighting.shipped?.trackingUrl).toBe(trackingUrl);
    expect(sighting.beliefs).toContainEqual({ name: 'trackingLink', value: trackingUrl });
  });

  test('with a status, payment or file status that nobody documented', async () => {
    await shop.sandbox.place({ id: 'SO-1', status: 'OnHold', payment: 'Pending', items: [BOOK] });
    await shop.sandbox.setFile('SO-1', '00001', 'cover', 'DownloadInProgress');
    expect(await shop.look('SO-1')).toMatchObject({
      state: 'working',
      statusText: 'OnHold',
      problem: null,
      beliefs: [
        { name: 'orderStatus', value: 'OnHold' },
        { name: 'paymentStatus', value: 'Pending' },
        { name: 'file content', value: 'DownloadPending' },
        { name: 'file cover', value: 'DownloadInProgress' },
      ],
    });
  });

  test('under an id that needs care in an address', async () => {
    for (const id of ['SO 1/2?#é', '%2e']) {
      await shop.sandbox.place({ id, items: [POSTER] });
      expect((await shop.look(id)).externalId).toBe(id);
    }
  });
});

describe('a problem is one line that says what to do', () => {
  const problemOf = async (id = 'SO-1') => (await shop.look(id)).problem;

  test('when a file could not be fetched, until it could', async () => {
    await shop.sandbox.place({ id: 'SO-1', items: [BOOK] });
    await shop.sandbox.setFile('SO-1', '00001', 'cover', 'DownloadFailed');
    expect(await problemOf()).toEqual({
      code: 'fileNotFetched',
      text: expect.stringMatching(/^Print API could not fetch the cover of item 00001 from shop\.example, and prints/),
    });
    await shop.sandbox.setFile('SO-1', '00001', 'content', 'DownloadFailed');
    expect((await problemOf())?.text).toContain('content of item 00001 from shop.example (and 1 more)');

    await shop.sandbox.setFile('SO-1', '00001', 'content', 'Accepted');
    await shop.sandbox.setFile('SO-1', '00001', 'cover', 'Accepted');
    expect(await problemOf()).toBeNull();
  });

  test.each([
    ['Failed', 'paymentFailed'],
    ['Cancelled', 'paymentCancelled'],
  ])('when the payment is %s', async (status, code) => {
    await shop.sandbox.place({ id: 'SO-1', items: [POSTER], payment: 'Open' });
    await shop.sandbox.setPayment('SO-1', status);
    expect(await problemOf()).toMatchObject({ code, text: expect.stringContaining('Place the order again') });
  });

  test('when the payment is still open after 24 hours, and not before', async () => {
    await shop.sandbox.place({ id: 'SO-1', items: [POSTER], payment: 'Open' });
    shop.nowMs += 24 * HOUR_MS;
    expect(await problemOf()).toBeNull();
    shop.nowMs += 1000;
    expect(await problemOf()).toMatchObject({ code: 'paymentOverdue', text: expect.stringContaining('24 hours') });
    await shop.sandbox.setPayment('SO-1', 'Successful');
    expect(await problemOf()).toBeNull();
  });

  test('when the order was cancelled, and none once it is shipped', async () => {
    await shop.sandbox.place({ id: 'SO-1', items: [BOOK], payment: 'Failed' });
    await shop.sandbox.setStatus('SO-1', 'Cancelled');
    expect(await shop.look('SO-1')).toMatchObject({ state: 'cancelled', problem: { code: 'orderCancelled' } });
    await shop.sandbox.setStatus('SO-1', 'Shipped');
    expect(await problemOf()).toBeNull();
  });
});

describe('an order that cannot be had', () => {
  test('is gone when Print API says so', async () => {
    await shop.sandbox.place({ id: 'SO-1', items: [POSTER] });
    expect(await shop.check('SO-1')).toMatchObject({ kind: 'seen', sightings: [{ externalId: 'SO-1' }] });
    shop.sandbox.vanish('SO-1');
    expect(await shop.check('SO-1')).toEqual({ kind: 'seen', sightings: [] });
    expect(await shop.check('..')).toEqual({ kind: 'seen', sightings: [] });
  });

  test.each([
    ['500', { kind: 'status', status: 500 }, 'serverError'],
    ['429 and a pause', { kind: 'status', status: 429, retryAfterSeconds: 7 }, 'rateLimited'],
    ['503', { kind: 'status', status: 503 }, 'serverError'],
    ['403', { kind: 'status', status: 403, message: 'no' }, 'refused'],
    ['garbage', { kind: 'garbage' }, 'serverError'],
    ['a web page', { kind: 'html' }, 'serverError'],
    ['a web page that says 404', { kind: 'html', status: 404 }, 'serverError'],
    ['nothing for long', { kind: 'hang' }, 'timeout'],
    ['a cut connection', { kind: 'reset' }, 'network'],
    ['a lost answer', { kind: 'answerLost' }, 'network'],
  ] as const)('is not gone when the answer is %s', async (_, fault, failureClass) => {
    await shop.sandbox.place({ id: 'SO-1', items: [POSTER] });
    shop.sandbox.requestKnobs.set({ match: { endpoint: 'order' }, fault });
    const outcome = await shop.check('SO-1');
    expect(outcome).toMatchObject({ kind: 'failed', failure: { class: failureClass } });
    if (fault.kind === 'status' && fault.status === 429) {
      expect(outcome).toMatchObject({ failure: { retryAfterMs: 7000 } });
    }
  });

  test('names the scope that is missing, and never the secret', async () => {
    await shop.sandbox.place({ id: 'SO-1', items: [POSTER] });
    shop.sandbox.oauth.setScopes([]);
    const outcome = await shop.check('SO-1');
    expect(outcome).toMatchObject({ kind: 'failed', failure: { message: expect.stringContaining('orders:track') } });
    expect(JSON.stringify(outcome)).not.toContain(shop.sandbox.clientSecret);
  });

  test('with a redirect, which is not followed', async () => {
    await using elsewhere = await startScriptedServer((response) => response.end('{}'));
    await using moved = await startScriptedServer((response, { method }) => {
      if (method === 'POST') response.end('{"access_token":"t","expires_in":60}');
      else response.writeHead(302, { location: elsewhere.url }).end();
    });
    const outcome = await shop.check('SO-1', { baseUrl: moved.url });
    expect(outcome).toMatchObject({ kind: 'failed', failure: { class: 'refused', httpStatus: 302 } });
    expect(moved.seen).toHaveLength(2);
    expect(elsewhere.seen).toHaveLength(0);
  });
});

test('an order of which little can be read is shown with what can', async () => {
  const order = {
    id: 'SO-1',
    status: 'Created',
    dateTime: 'once upon a time',
    items: [null, { id: 'x', quantity: 'many', files: { content: null, cover: { status: 5 } } }, { id: 'x' }],
    shipping: { method: 'Pakket', address: 'somewhere' },
    checkout: 'no',
    trackingUrl: 'javascript:alert(1)',
  };
  await using odd = await startScriptedServer((response, { method }) =>
    response.end(method === 'POST' ? '{"access_token":"t"}' : JSON.stringify(order)),
  );
  const sighting = await shop.look('SO-1', { baseUrl: odd.url });
  expect(sighting).toMatchObject({
    createdAtMs: null,
    problem: null,
    work: {
      delivery: null,
      shippingMethod: 'Pakket',
      items: [
        { externalId: 'SO-1-x', copies: 0 },
        { externalId: 'SO-1-#2', copies: 0 },
      ],
    },
  });
  expect(sighting.beliefs).toEqual([
    { name: 'orderStatus', value: 'Created' },
    { name: 'file x cover', value: '5' },
  ]);
});
