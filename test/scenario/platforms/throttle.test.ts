import { expect, test } from 'vitest';
import { openCanvas } from './canvas-floor.ts';
import { openPrintApi } from './printapi-floor.ts';
import { openPrintess } from './printess-floor.ts';

const caller = { by: 'AB' };
const poster = { productId: 'poster_a3_sta', quantity: 1 };
const shop = 'WC https://shop.example';

test('with 10,000 open jobs Print API never sees more than the configured rate in any window, nor after a restart', async () => {
  const rate = { requests: 40, perSeconds: 10, concurrency: 4 };
  await using printApi = await openPrintApi({ settings: { rate }, sandbox: { webhooks: 'lose' } });
  const { floor, sandbox } = printApi;
  await floor.stop();
  for (let number = 1; number <= 10_000; number += 1) await sandbox.place({ id: `PA-${number}`, items: [poster] });
  await floor.start();
  await floor.until('all are known', async () => (await floor.connection('pa')).jobs?.open === 10_000);
  const began = sandbox.ledger.ofKind('request').length;
  await floor.pass(10);
  // Whatever was taken before the stop still counts; a crash is proven beside the budget itself.
  await floor.stop();
  await floor.start();
  await floor.pass(20);
  expect(sandbox.mostRequestsIn(rate.perSeconds * 1000)).toBe(rate.requests);
  // The control: it was made use of.
  expect(sandbox.ledger.ofKind('request').length - began).toBeGreaterThanOrEqual(2 * rate.requests);
  expect((await floor.connection('pa')).budget).toMatchObject({ ...rate, current: 40 });
});

test('10,000 open jobs at Printess are listed within the rate, page after page', async () => {
  const rate = { requests: 2, perSeconds: 30, concurrency: 2 };
  await using printess = await openPrintess({
    settings: { rate, pageSize: 500 },
    sandbox: { renderMs: 86_400_000 },
  });
  const { floor, sandbox } = printess;
  for (let number = 0; number < 10_000; number += 1) {
    const externalOrderId = `O-${Math.floor(number / 100)}`;
    sandbox.start({ origin: shop, externalOrderId, templateName: `st:${number}` });
  }
  await floor.until('some are known', async () => ((await floor.connection('px')).jobs?.open ?? 0) >= 1_500);
  expect(sandbox.mostRequestsIn(rate.perSeconds * 1000)).toBe(rate.requests);
  const calls = sandbox.ledger.ofKind('call');
  expect(calls.every(({ endpoint }) => endpoint === '/orders/list')).toBe(true);
});

test('a command does not wait behind hundreds of single checks', async () => {
  const rate = { requests: 12, perSeconds: 60, concurrency: 2 };
  await using printess = await openPrintess({ settings: { rate, pageSize: 500 }, sandbox: { renderMs: 86_400_000 } });
  const { floor, sandbox } = printess;
  for (let number = 0; number < 200; number += 1) {
    sandbox.start({ origin: shop, externalOrderId: `O-${number % 10}`, templateName: `st:${number}` });
  }
  await floor.until('all are followed', async () => (await floor.connection('px')).jobs?.open === 200);
  sandbox.behaviour.listRefused = 403;
  await floor.until('they are asked for one by one', async () => printess.calls('/production/status/get').length > 30);
  const before = floor.clock.nowMs();
  await floor.produce('px', [{ template: 'st:NEW', order: 'SO-1' }]);
  await floor.until('it is made', async () => printess.calls('/production/produce').length === 1);
  expect(floor.clock.nowMs() - before).toBeLessThanOrEqual(rate.perSeconds * 1000);
  expect(sandbox.mostRequestsIn(60_000)).toBeLessThanOrEqual(rate.requests);
});

test('a command that waits for its place when the station stops is sent once after the start', async () => {
  const rate = { requests: 2, perSeconds: 600, concurrency: 1 };
  await using printess = await openPrintess({ settings: { rate } });
  const { floor, sandbox } = printess;
  await floor.settle();
  for (const order of ['SO-1', 'SO-2', 'SO-3']) await floor.produce('px', [{ template: 'st:CARD', order }]);
  await floor.pass(30);
  expect(sandbox.jobs()).toHaveLength(1);
  await floor.stop();
  await floor.start();
  await floor.settle();
  expect((await floor.outbox()).map(({ state }) => state)).not.toContain('maybe');
  expect(sandbox.jobs()).toHaveLength(1);
  await floor.until('all are made', async () => sandbox.jobs().length === 3);
  expect(sandbox.mostRequestsIn(rate.perSeconds * 1000)).toBeLessThanOrEqual(rate.requests);
});

test('429 and 503 halve the rate, and it recovers', async () => {
  const rate = { requests: 20, perSeconds: 10, concurrency: 2 };
  await using printess = await openPrintess({ settings: { rate, pollSeconds: 5 } });
  const { floor, sandbox } = printess;
  const current = async () => (await floor.connection('px')).budget.current;
  const lists = () => printess.calls('/orders/list');
  const faults = [
    { kind: 'status', status: 429, retryAfterSeconds: 20 },
    { kind: 'status', status: 503 },
  ] as const;
  for (const fault of faults) {
    expect(await current()).toBe(20);
    await floor.settle();
    sandbox.callKnobs.set({ times: 1, fault });
    const before = lists().length;
    await floor.until('it is told to slow down', async () => lists().length > before);
    expect(await current()).toBe(10);
    expect(await floor.connection('px')).toMatchObject({ state: 'waiting' });
    await floor.until('it is asked again', async () => lists().length > before + 1);
    const [told, again] = lists().slice(before);
    const pausedMs = Date.parse(again?.at ?? '') - Date.parse(told?.at ?? '');
    expect(pausedMs).toBeGreaterThanOrEqual('retryAfterSeconds' in fault ? 20_000 : 8_000);
    await floor.pass(10);
    expect(await current()).toBeGreaterThan(10);
    await floor.pass(60);
    expect(await current()).toBe(20);
    expect(await floor.connection('px')).toMatchObject({ state: 'open', problem: null });
  }
});

test('what a platform throttled before a restart is throttled after it', async () => {
  const rate = { requests: 20, perSeconds: 60, concurrency: 2 };
  await using printess = await openPrintess({ settings: { rate, pollSeconds: 5 } });
  const { floor, sandbox } = printess;
  sandbox.callKnobs.set({ times: 1, fault: { kind: 'status', status: 429 } });
  await floor.until('it is throttled', async () => (await floor.connection('px')).budget.current === 10);
  await floor.stop();
  await floor.start();
  expect((await floor.connection('px')).budget.current).toBe(10);
});

test('everything that talks to a connection shares its budget: lists, checks, commands, files and tokens', async () => {
  const rate = { requests: 10, perSeconds: 60, concurrency: 4 };
  await using canvas = await openCanvas({ settings: { rate, doneTransition: 'Complete' } });
  const { floor, sandbox } = canvas;
  for (let number = 1; number <= 6; number += 1) sandbox.place({ orderId: `${number}`, projects: [{}] });
  await floor.until('all files are here', async () => {
    const orders = await floor.orders();
    return orders.length === 6 && orders.every(({ stage }) => stage === 'printReady');
  });
  for (const { id } of await floor.jobs()) await floor.command(id, 'tagDone');
  const testing = { result: null as unknown };
  void floor.station.handlers.connections.test({ id: 'cc' }, caller).then((result) => {
    testing.result = result;
  });
  await floor.until('all are tagged', async () => (await floor.outbox()).every(({ state }) => state === 'sent'));
  // The test of the connection waits for its places as well, and so for the clock.
  expect(await floor.until('the connection is tested', async () => testing.result)).toMatchObject({ ok: true });
  const atMs = sandbox.ledger.ofKind('call').map(({ at }) => Date.parse(at));
  const busiest = Math.max(...atMs.map((from) => atMs.filter((at) => at >= from && at < from + 60_000).length));
  expect(busiest).toBe(rate.requests);
  expect(canvas.calls('token').length + canvas.calls('artifactFile').length).toBeGreaterThanOrEqual(7);
});
