import { expect, test } from 'vitest';
import { openPrintApi } from './printapi-floor.ts';

const caller = { by: 'AB' };
const hourMs = 3_600_000;
const poster = { productId: 'poster_a3_sta', quantity: 10 };
const form = { 'content-type': 'application/x-www-form-urlencoded' };

test('an outsourced order has its own lane, its statuses and its tracking link, and is never fetched or handed over', async () => {
  await using printApi = await openPrintApi({
    config: {
      hotFolders: [{ id: 'press', name: 'Press', path: '/nonexistent/press', mode: 'auto', accepts: {} }],
    },
  });
  const { floor, sandbox } = printApi;
  await sandbox.place({
    id: 'PA-1',
    items: [{ ...poster, files: { content: { downloadUrl: 'https://shop.example/a.pdf', status: 'Accepted' } } }],
    payment: 'Successful',
    metadata: 'SO-10442',
  });
  const taken = await printApi.untilOrder('PA-1', 'is here', ({ items }) => items.length === 1);
  expect(taken).toMatchObject({
    lane: 'outsourced',
    reference: 'SO-10442',
    customer: 'A. Tester',
    delivery: { country: 'NL' },
    items: [{ product: 'poster_a3_sta', copies: 10, files: [] }],
    jobs: [{ state: 'waiting', statusText: 'Created' }],
  });
  expect(taken.jobs[0]?.beliefs).toEqual([
    { name: 'orderStatus', value: 'Created' },
    { name: 'paymentStatus', value: 'Successful' },
    { name: 'file content', value: 'Accepted' },
  ]);
  await sandbox.setStatus('PA-1', 'Processing');
  await printApi.untilOrder('PA-1', 'is printed', ({ jobs }) => jobs[0]?.state === 'working');
  await sandbox.setStatus('PA-1', 'Shipped', { trackingUrl: 'https://carrier.example/t/1' });
  const shipped = await printApi.untilOrder('PA-1', 'is shipped', ({ stage }) => stage === 'shipped');
  expect(shipped.jobs[0]).toMatchObject({ state: 'done', final: true, statusText: 'Shipped' });
  expect(shipped.jobs[0]?.beliefs).toContainEqual({ name: 'trackingLink', value: 'https://carrier.example/t/1' });

  const release = { item: 'pa:PA-1-00001', hotFolder: 'press', again: false, anyway: false };
  await expect(floor.station.handlers.hotFolders.release(release, caller)).rejects.toThrow('no files to hand over');
  expect((await floor.station.handlers.files.list({ offset: 0, limit: 10 }, caller)).total).toBe(0);
  expect(await floor.outbox()).toEqual([]);
  const lane = { lanes: ['outsourced' as const], problemsOnly: false, openOnly: false, offset: 0, limit: 10 };
  expect((await floor.station.handlers.orders.list(lane, caller)).total).toBe(1);
  const own = { ...lane, lanes: ['own' as const] };
  expect((await floor.station.handlers.orders.list(own, caller)).total).toBe(0);
});

test('a file that was not fetched, a payment that failed and a cancelled order are problems that say what to do', async () => {
  await using printApi = await openPrintApi();
  const { floor, sandbox } = printApi;
  const ids = ['PA-1', 'PA-2', 'PA-3', 'PA-4', 'PA-5'];
  for (const id of ids) {
    const files = { content: { downloadUrl: 'https://shop.example/a.pdf' } };
    await sandbox.place({ id, items: [{ ...poster, files }], payment: 'Open' });
  }
  for (const id of ids) await printApi.untilOrder(id, 'is here', ({ items }) => items.length === 1);
  await sandbox.setFile('PA-1', '00001', 'content', 'DownloadFailed');
  await sandbox.setPayment('PA-2', 'Failed');
  await sandbox.setPayment('PA-3', 'Cancelled');
  await sandbox.setStatus('PA-4', 'Cancelled');
  for (const [id, code, word] of [
    ['PA-1', 'fileNotFetched', 'shop.example'],
    ['PA-2', 'paymentFailed', 'payment'],
    ['PA-3', 'paymentCancelled', 'payment'],
    ['PA-4', 'orderCancelled', 'cancelled'],
  ] as const) {
    const order = await printApi.untilOrder(id, 'is a problem', ({ problem }) => problem !== null);
    expect(order.jobs[0]).toMatchObject({ problemCode: code });
    expect(order.problem).toContain(word);
    expect(order.problem).toMatch(/place the order again/i);
  }
  expect(await floor.order('pa:PA-5')).toMatchObject({ problem: null, problemCount: 0 });
});

test('a payment that is never made is a problem before Print API cancels the order, and after', async () => {
  await using printApi = await openPrintApi({ settings: { pollSeconds: 3_600 } });
  const { clock, sandbox } = printApi;
  await sandbox.place({ id: 'PA-1', items: [poster], payment: 'Open' });
  await printApi.untilOrder('PA-1', 'is here', ({ items }) => items.length === 1);
  await printApi.floor.stop();
  await clock.advance(24.5 * hourMs);
  await printApi.floor.start();
  const overdue = await printApi.untilOrder('PA-1', 'is overdue', ({ problem }) => problem !== null);
  expect(overdue.problem).toContain('still open after 24 hours');
  await sandbox.setStatus('PA-1', 'Cancelled');
  const cancelled = await printApi.untilOrder('PA-1', 'is cancelled', ({ jobs }) => jobs[0]?.state === 'cancelled');
  expect(cancelled.problem).toContain('cancelled this order');
});

test('a file that is fetched after all is no problem any more', async () => {
  await using printApi = await openPrintApi();
  const { sandbox } = printApi;
  const files = { cover: { downloadUrl: 'https://shop.example/c.pdf', status: 'DownloadFailed' } };
  await sandbox.place({ id: 'PA-1', items: [{ ...poster, files }] });
  await printApi.untilOrder('PA-1', 'is a problem', ({ problem }) => problem !== null);
  await sandbox.setFile('PA-1', '00001', 'cover', 'Accepted');
  await printApi.untilOrder('PA-1', 'is fine', ({ problem }) => problem === null);
});

test('a webhook has the order fetched at once, without waiting for the next question', async () => {
  await using printApi = await openPrintApi({ settings: { pollSeconds: 3_600 } });
  const { clock, sandbox } = printApi;
  await sandbox.place({ id: 'PA-1', items: [poster] });
  await printApi.untilOrder('PA-1', 'is here', ({ items }) => items.length === 1);
  await printApi.floor.pass(60);
  const before = clock.nowMs();
  await sandbox.setStatus('PA-1', 'Shipped');
  expect(sandbox.ledger.ofKind('webhook').at(-1)).toMatchObject({ answer: { status: 200 } });
  await printApi.untilOrder('PA-1', 'is shipped', ({ stage }) => stage === 'shipped');
  expect(clock.nowMs() - before).toBeLessThan(60_000);
});

test('a forged webhook ships nothing, and one for an order that is not there changes nothing visible', async () => {
  await using printApi = await openPrintApi({ settings: { pollSeconds: 3_600 }, sandbox: { webhooks: 'manual' } });
  const { floor, sandbox } = printApi;
  await sandbox.place({ id: 'PA-1', items: [poster] });
  await sandbox.sendWebhook('PA-1');
  await printApi.untilOrder('PA-1', 'is here', ({ items }) => items.length === 1);
  await floor.pass(60);
  const before = { orders: await floor.orders(), jobs: (await floor.jobs()).map(({ id }) => id) };
  const forged = ['orderId=PA-1&status=Shipped', 'status=Shipped&orderId=PA-1'];
  for (const body of forged) expect((await floor.post('/in/pa', body, form)).status).toBe(200);
  for (const id of ['PA-404', '../oauth', 'PA-1/status', '%', '🂡']) {
    expect((await floor.post('/in/pa', new URLSearchParams({ orderId: id }).toString(), form)).status, id).toBe(200);
  }
  const bad = ['', 'orderId=', 'orderId=..', 'orderId=PA-1&orderId=PA-2', `orderId=${'x'.repeat(200)}`];
  for (const body of bad) expect((await floor.post('/in/pa', body, form)).status, body).toBe(400);
  expect((await floor.post('/in/pa', '{"orderId":"PA-1"}', { 'content-type': 'application/json' })).status).toBe(400);
  await floor.pass(120);
  const [order] = await floor.orders();
  const [was] = before.orders;
  expect(await floor.orders()).toHaveLength(1);
  expect(order).toMatchObject({ stage: was?.stage, problem: null, items: was?.items });
  expect((await floor.jobs()).map(({ id }) => id)).toEqual(before.jobs);
  expect(await floor.connection('pa')).toMatchObject({ state: 'open', problem: null });
  // The control: it is fetched all the same.
  expect(printApi.requests('order').some(({ order: id }) => id === 'PA-404')).toBe(true);
});

test('many webhooks for unknown orders cost no more than the budget, and are forgotten again', async () => {
  const rate = { requests: 100, perSeconds: 10, concurrency: 4 };
  await using printApi = await openPrintApi({ settings: { pollSeconds: 3_600, rate } });
  const { floor, sandbox } = printApi;
  await floor.settle();
  for (let number = 0; number < 300; number += 20) {
    const ids = Array.from({ length: 20 }, (_, at) => `unknown-${number + at}`);
    const answers = await Promise.all(ids.map((id) => floor.post('/in/pa', `orderId=${id}`, form)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  }
  await floor.until('all are forgotten', async () => (await floor.jobs()).length === 0);
  expect(sandbox.mostRequestsIn(10_000)).toBeLessThanOrEqual(rate.requests);
  expect(await floor.orders()).toEqual([]);
});

test('one token serves until shortly before it expires', async () => {
  await using printApi = await openPrintApi({ sandbox: { tokenLifetimeSeconds: 900 } });
  const { floor, sandbox } = printApi;
  await floor.pass(800);
  expect(sandbox.oauth.tokensGiven).toBe(1);
  await floor.pass(800);
  expect(sandbox.oauth.tokensGiven).toBe(2);
  const answered = sandbox.ledger
    .ofKind('request')
    .filter(({ answer }) => answer.kind === 'answered' && answer.status >= 400);
  expect(answered).toEqual([]);
});

test('after a 401 one token is asked for, however many need it', async () => {
  await using printApi = await openPrintApi({ settings: { pollSeconds: 3_600 } });
  const { floor, sandbox } = printApi;
  const ids = ['PA-1', 'PA-2', 'PA-3', 'PA-4', 'PA-5', 'PA-6'];
  for (const id of ids) await sandbox.place({ id, items: [poster] });
  for (const id of ids) await printApi.untilOrder(id, 'is here', ({ items }) => items.length === 1);
  await floor.pass(60);
  const given = sandbox.oauth.tokensGiven;
  sandbox.oauth.revokeAll();
  sandbox.requestKnobs.set({ match: { endpoint: 'order' }, fault: { kind: 'delay', delayMs: 50 } });
  await Promise.all(ids.map((id) => sandbox.setStatus(id, 'Processing')));
  for (const id of ids) await printApi.untilOrder(id, 'is printed', ({ jobs }) => jobs[0]?.state === 'working');
  expect(sandbox.oauth.tokensGiven - given).toBe(1);
  expect(await floor.connection('pa')).toMatchObject({ state: 'open' });
});

test('a client secret that is refused raises an alarm with rare tries, and nothing is lost by it', async () => {
  await using printApi = await openPrintApi({ settings: { clientSecret: 'wrong' } });
  const { floor, sandbox } = printApi;
  await sandbox.place({ id: 'PA-1', items: [poster] });
  await floor.until('there is an alarm', async () => (await floor.connection('pa')).state === 'alarm');
  await floor.pass(1_800);
  expect(printApi.requests('token').length).toBeLessThanOrEqual(6);
  expect((await floor.connection('pa')).problem).toContain('client secret');
});

test.each([
  ['in summer', Date.UTC(2026, 6, 1, 8)],
  ['in winter', Date.UTC(2026, 0, 5, 8)],
  ['in the night when the clocks go back', Date.UTC(2026, 9, 25, 0, 20)],
  ['in the night when the clocks go forward', Date.UTC(2026, 2, 29, 0, 40)],
] as const)(
  'times are those of Amsterdam: %s no change is missed, and an order is as old as it is',
  async (_when, startMs) => {
    await using printApi = await openPrintApi({ startMs, sandbox: { webhooks: 'lose' } });
    const { floor, clock, sandbox } = printApi;
    await sandbox.place({ id: 'PA-1', items: [poster] });
    const taken = await printApi.untilOrder('PA-1', 'is here', ({ items }) => items.length === 1);
    expect(Math.abs(Date.parse(taken.jobs[0]?.createdAt ?? '') - startMs)).toBeLessThan(60_000);
    for (const status of ['Processing', 'Shipped'] as const) {
      await floor.pass(1_500);
      const before = clock.nowMs();
      await sandbox.setStatus('PA-1', status);
      await printApi.untilOrder('PA-1', `is ${status}`, ({ jobs }) => jobs[0]?.statusText === status);
      expect(clock.nowMs() - before).toBeLessThanOrEqual(61_000);
    }
  },
);

test('an order that is gone at Print API says so', async () => {
  await using printApi = await openPrintApi();
  const { sandbox } = printApi;
  await sandbox.place({ id: 'PA-1', items: [poster] });
  await printApi.untilOrder('PA-1', 'is here', ({ items }) => items.length === 1);
  sandbox.vanish('PA-1');
  const gone = await printApi.untilOrder('PA-1', 'is gone', ({ jobs }) => jobs[0]?.state === 'gone');
  expect(gone.problem).toContain('Print API');
});

test('without the list of orders, and by the paths of version 1, orders are followed all the same', async () => {
  await using printApi = await openPrintApi({ settings: { apiVersion: 'v1' }, sandbox: { scopes: ['orders:track'] } });
  const { sandbox } = printApi;
  await sandbox.place({ id: 'PA-1', items: [poster] });
  const order = await printApi.untilOrder('PA-1', 'is here', ({ items }) => items.length === 1);
  expect(order.delivery).toMatchObject({ country: 'NL' });
  expect(printApi.requests('order').every(({ path }) => path.startsWith('/v1/'))).toBe(true);
});

test('what a list says later of an order whose personal data are deleted does not bring them back', async () => {
  await using printApi = await openPrintApi({
    settings: { pollSeconds: 7_200 },
    config: { files: { keepDaysAfterShipped: 1 } },
  });
  const { floor, sandbox } = printApi;
  for (const id of ['PA-1', 'PA-2']) await sandbox.place({ id, items: [poster], metadata: `SO-${id}` });
  for (const id of ['PA-1', 'PA-2'])
    await printApi.untilOrder(id, 'is here', ({ customer }) => customer === 'A. Tester');
  await sandbox.setStatus('PA-1', 'Shipped', { trackingUrl: 'https://carrier.example/t/1' });
  await printApi.untilOrder('PA-1', 'is shipped', ({ stage }) => stage === 'shipped');
  for (let hours = 0; hours < 30; hours += 1) {
    await printApi.clock.advance(hourMs);
    await floor.settle();
  }
  await printApi.untilOrder('PA-1', 'says nothing of persons', ({ customer }) => customer === '');

  for (const id of ['PA-1', 'PA-2']) await sandbox.setPayment(id, 'Successful');
  const paid = { name: 'paymentStatus', value: 'Successful' };
  // The control: the other order hears of it.
  await printApi.untilOrder('PA-2', 'is paid', ({ jobs }) =>
    (jobs[0]?.beliefs ?? []).some(({ name, value }) => name === paid.name && value === paid.value),
  );
  const orders = await floor.orders();
  const about = (id: string) => orders.find(({ externalId }) => externalId === id);
  expect(about('PA-1')).toMatchObject({ stage: 'shipped', customer: '', reference: '', delivery: null });
  expect(about('PA-1')?.jobs.map(({ beliefs, state }) => [beliefs, state])).toEqual([[[], 'done']]);
  expect(about('PA-2')).toMatchObject({ customer: 'A. Tester', reference: 'SO-PA-2' });
});
