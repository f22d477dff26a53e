import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openPrintess } from './printess-floor.ts';

const list = '/orders/list';
const status = '/production/status/get';
const shop = 'WC https://shop.example';
const caller = { by: 'AB' };

test('150 open jobs cost one page of the list a cycle, and no job is asked for by itself', async () => {
  await using printess = await openPrintess({ sandbox: { renderMs: 40 * 60_000 } });
  const { floor, sandbox } = printess;
  for (let number = 1; number <= 30; number += 1) {
    const lines = Array.from({ length: 5 }, (_, line) => ({ templateName: `st:${number}-${line}` }));
    sandbox.startOrder({ origin: shop, externalOrderId: `O-${number}`, lines });
  }
  await floor.until('all are followed', async () => (await floor.connection('px')).jobs?.open === 150);
  const before = printess.calls(list).length;
  await floor.pass(600);
  expect(printess.calls(list).length - before).toBe(10);
  expect(printess.calls(status)).toEqual([]);
  expect((await floor.connection('px')).jobs).toMatchObject({ open: 150, listRefused: null });
});

test('a job that hangs does not stretch every look at the list: after a day it is asked for by itself, ever more rarely', async () => {
  await using printess = await openPrintess({ settings: { pollSeconds: 1_800 } });
  const { floor, clock, sandbox } = printess;
  sandbox.jobKnobs.set({ match: { template: 'st:STUCK' }, fault: { kind: 'never' } });
  sandbox.start({ origin: shop, externalOrderId: 'O-1', templateName: 'st:STUCK' });
  await floor.until('it is followed', async () => (await floor.jobs()).length === 1);
  await floor.stop();
  await clock.advance(49 * 3_600_000);
  await floor.start();
  await floor.pass(3_600);
  const recent = printess.calls(list).filter(({ body }) => {
    const sinceMs = Date.parse(String(body.startDate));
    return sinceMs > clock.nowMs() - 3 * 86_400_000;
  });
  // The oldest open job of the last day would stretch them: this one is older.
  for (const { body, at } of recent)
    expect(Date.parse(at) - Date.parse(String(body.startDate))).toBeLessThan(3 * 86_400_000);
  expect(printess.calls(status).length).toBeLessThanOrEqual(2);
  expect((await floor.jobs())[0]).toMatchObject({ state: 'working', final: false });
});

test('where the list is refused to the token, open jobs are asked for one by one, oldest first, within the budget', async () => {
  const rate = { requests: 6, perSeconds: 60, concurrency: 1 };
  await using printess = await openPrintess({ settings: { rate }, sandbox: { renderMs: 30 * 60_000 } });
  const { floor, clock, sandbox } = printess;
  const orders = Array.from({ length: 12 }, (_, at) => `O-${at + 1}`);
  for (const externalOrderId of orders) {
    sandbox.start({ origin: shop, externalOrderId, templateName: `st:${externalOrderId}` });
    await clock.advance(1_000);
  }
  await floor.until('all are followed', async () => (await floor.jobs()).length === orders.length);
  sandbox.behaviour.listRefused = 403;
  await floor.until('it is known', async () => (await floor.connection('px')).jobs?.listRefused !== null);
  expect((await floor.connection('px')).jobs?.listRefused).toContain('order list');
  // The connection is not at fault: jobs are followed on.
  expect(await floor.connection('px')).toMatchObject({ state: 'open' });
  const before = printess.calls(status).length;
  await floor.until('each was asked for', async () => printess.calls(status).length - before >= orders.length);
  const asked = printess.calls(status).slice(before, before + orders.length);
  expect(asked.map(({ job }) => sandbox.job(job)?.externalOrderId)).toEqual(orders);
  expect(sandbox.mostRequestsIn(60_000)).toBeLessThanOrEqual(rate.requests);

  for (const { jobId } of sandbox.jobs()) sandbox.finish(jobId);
  await floor.until('all files are here', async () =>
    (await floor.orders()).every(({ stage }) => stage === 'printReady'),
  );
  expect(sandbox.mostRequestsIn(60_000)).toBeLessThanOrEqual(rate.requests);
  expect(printess.calls(list).length).toBeLessThan(12);
});

test('as many jobs are asked for at once as the budget allows', async () => {
  const rate = { requests: 600, perSeconds: 60, concurrency: 3 };
  await using printess = await openPrintess({ settings: { rate }, sandbox: { renderMs: 3_600_000 } });
  const { floor, sandbox } = printess;
  for (const order of ['O-1', 'O-2', 'O-3', 'O-4', 'O-5']) {
    sandbox.start({ origin: shop, externalOrderId: order, templateName: `st:${order}` });
  }
  await floor.until('all are followed', async () => (await floor.jobs()).length === 5);
  sandbox.callKnobs.set({ match: { endpoint: status }, fault: { kind: 'delay', delayMs: 400 } });
  for (const { orderExternalId } of await floor.jobs()) {
    await floor.station.handlers.jobs.checkOrder({ order: `px:${orderExternalId}` }, caller);
  }
  await sandbox.ledger.waitFor('call', () => printess.calls(status).length > 0);
  await delay(200);
  expect(printess.calls(status)).toHaveLength(3);
  await floor.until('each was asked for', async () => printess.calls(status).length === 5);
});

test('a list that is given again is used again', async () => {
  await using printess = await openPrintess({ sandbox: { behaviour: { listRefused: 401 } } });
  const { floor, sandbox } = printess;
  await floor.until('it is known', async () => (await floor.connection('px')).jobs?.listRefused !== null);
  sandbox.behaviour.listRefused = null;
  sandbox.start({ origin: shop, externalOrderId: 'O-1', templateName: 'st:CARD' });
  await floor.station.handlers.connections.reconcile({ id: 'px' }, caller);
  await printess.untilReady('O-1');
  expect((await floor.connection('px')).jobs?.listRefused).toBeNull();
});

test('a wrong token raises one alarm and fails nothing; with the right one the work goes on', async () => {
  await using printess = await openPrintess({ settings: { serviceToken: 'no.such.token' } });
  const { floor, sandbox } = printess;
  await floor.produce('px', [{ template: 'st:CARD', order: 'SO-1' }]);
  await floor.until('it is known', async () => (await floor.connection('px')).state === 'alarm');
  await floor.pass(600);
  expect((await floor.outbox()).map(({ state }) => state)).toEqual(['waiting']);
  expect((await floor.order('px:SO-1')).problem).toBeNull();
  const refused = sandbox.ledger.ofKind('call').filter(({ token }) => token === 'wrong');
  expect(refused.length).toBeLessThanOrEqual(4);
  const { notices } = (await floor.station.handlers.station.get({}, caller)).station;
  expect(notices.filter(({ level }) => level === 'alarm').length).toBeGreaterThanOrEqual(1);
});

test('a job that Printess no longer knows is "gone", a problem with what to do, and is not asked for for ever', async () => {
  await using printess = await openPrintess({ sandbox: { renderMs: 3_600_000 } });
  const { floor, sandbox } = printess;
  await floor.produce('px', [{ template: 'st:CARD', order: 'SO-1' }]);
  await floor.until('the list tells of it', async () => (await floor.jobs())[0]?.state === 'working');
  const [job] = sandbox.jobs();
  sandbox.vanish(job?.jobId ?? '');
  const gone = await floor.until('it is gone', async () => {
    const [found] = await floor.jobs();
    return found?.state === 'gone' && found;
  });
  expect(gone).toMatchObject({ final: true, problemCode: 'gone', nextCheckAt: null });
  expect(gone.actions).toContain('renderAgain');
  expect((await floor.order('px:SO-1')).problem).toMatch(/again/);
  const before = printess.calls(status).length;
  await floor.pass(1_200);
  expect(printess.calls(status).length).toBe(before);
});

test('whoever has an order open has its jobs asked for now, at the pace that Printess can bear', async () => {
  await using printess = await openPrintess({
    settings: { pollSeconds: 3_600 },
    sandbox: { behaviour: { callbacks: 'lose' } },
  });
  const { floor, sandbox } = printess;
  await floor.produce('px', [{ template: 'st:CARD', order: 'SO-1' }]);
  await floor.until('it is made', async () => (await floor.outbox())[0]?.state === 'sent');
  await floor.pass(60);
  sandbox.finish(sandbox.jobs()[0]?.jobId ?? '');
  const before = printess.calls(status).length;
  for (let times = 0; times < 20; times += 1) {
    await floor.station.handlers.jobs.checkOrder({ order: 'px:SO-1' }, caller);
    await floor.pass(1);
  }
  expect(printess.calls(status).length - before).toBe(1);
  await printess.untilReady('SO-1');
});
