import { expect, test } from 'vitest';
import { createCustomersCanvasSandbox } from '../../sandbox/customerscanvas/sandbox.ts';
import { createPrintApiSandbox } from '../../sandbox/printapi/sandbox.ts';
import { createPrintessSandbox } from '../../sandbox/printess/sandbox.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { PlatformFloor } from '../../support/platform-floor.ts';
import { toCustomersCanvas, toPrintApi, toPrintess } from '../../support/sandbox-connections.ts';

const caller = { by: 'AB' };

const untilReady = (floor: PlatformFloor, ...references: readonly string[]) =>
  floor.until(`the files of ${references.join(' and ')} are here`, async () => {
    const orders = await floor.orders();
    const ready = orders.filter(({ stage }) => stage === 'printReady').map((o) => `${o.connection}:${o.externalId}`);
    return references.every((reference) => ready.includes(reference));
  });

const pathsOf = async (floor: PlatformFloor, reference: string): Promise<readonly (string | null)[]> =>
  (await floor.order(reference)).items.flatMap(({ files }) => files.map(({ path }) => path));

test('two accounts at Printess with the same job ids and the same orders never mix ids, tokens, budgets or folders', async () => {
  const clock = createFakeClock();
  const nowMs = (): number => clock.nowMs();
  await using live = await createPrintessSandbox({ nowMs, renderMs: 20_000, serviceToken: 'live.service.token' });
  await using trial = await createPrintessSandbox({ nowMs, renderMs: 20_000, serviceToken: 'trial.service.token' });
  const floor = await PlatformFloor.open({
    clock,
    connections: [
      toPrintess(live, 'live'),
      toPrintess(trial, 'trial', { rate: { requests: 3, perSeconds: 60, concurrency: 1 } }),
    ],
  });
  live.setDocuments('st:CARD', [{ name: 'live', pageCount: 1 }]);
  trial.setDocuments('st:CARD', [{ name: 'trial', pageCount: 3 }]);
  for (const id of ['live', 'trial']) await floor.produce(id, [{ template: 'st:CARD', order: 'SO-1', copies: 5 }]);
  for (let number = 2; number <= 6; number += 1) {
    for (const id of ['live', 'trial']) await floor.produce(id, [{ template: 'st:CARD', order: `SO-${number}` }]);
  }
  for (const sandbox of [live, trial]) {
    sandbox.startOrder({ origin: 'WC', externalOrderId: '1041', lines: [{ templateName: 'st:CARD' }] });
  }
  await untilReady(floor, 'live:SO-1', 'trial:SO-1', 'live:1041', 'trial:1041');
  expect(live.jobs()[0]?.jobId).toBe(trial.jobs()[0]?.jobId);

  for (const [id, sandbox] of [
    ['live', live],
    ['trial', trial],
  ] as const) {
    for (const order of ['SO-1', '1041']) {
      const found = await floor.order(`${id}:${order}`);
      expect(found.items.flatMap(({ files }) => files.map(({ role }) => role))).toEqual([id]);
      expect(found.jobs.map(({ connection }) => connection)).toEqual([id]);
      for (const path of await pathsOf(floor, `${id}:${order}`)) expect(path).toContain(`/files/${id}/${order}/`);
    }
    expect(new Set(sandbox.ledger.ofKind('call').map(({ token }) => token))).toEqual(new Set(['service']));
    expect(sandbox.ledger.ofKind('leak')).toEqual([]);
  }
  expect(trial.mostRequestsIn(60_000)).toBeLessThanOrEqual(3);
  expect(live.mostRequestsIn(60_000)).toBeGreaterThan(3);

  // What happens to one of two equal jobs does not happen to the other.
  const [job] = trial.jobs();
  trial.fail(job?.jobId ?? '', 'only there');
  await floor.station.handlers.connections.reconcile({ id: 'trial' }, caller);
  await floor.until('it has failed', async () => (await floor.order('trial:SO-1')).problem !== null);
  expect((await floor.order('live:SO-1')).problem).toBeNull();
  await floor.stop();
});

test('two storefronts of one tenant, with the same order ids, are two connections that share nothing', async () => {
  const clock = createFakeClock();
  await using canvas = await createCustomersCanvasSandbox({ nowMs: () => clock.nowMs() });
  const floor = await PlatformFloor.open({
    clock,
    connections: [
      toCustomersCanvas(canvas, 'shop', { storefrontId: 42, doneTransition: 'Complete' }),
      toCustomersCanvas(canvas, 'second', { storefrontId: 43, backendToken: 'token of the second shop' }),
    ],
  });
  await floor.settle();
  const first = canvas.place({ orderId: '5001', storefrontId: 42, projects: [{ name: 'Cards' }] });
  const second = canvas.place({
    orderId: '5001',
    storefrontId: 43,
    projects: [{ name: 'Flyers', failsWith: 'font' }, {}],
  });
  // A shop's own token opens its own connection only.
  const to = (id: string): string => `${floor.intakeUrl}/in/${id}/orders`;
  const token = 'token of the second shop';
  expect(await canvas.postOrder('5001', { to: to('shop'), token })).toMatchObject({ answer: { status: 401 } });
  expect(await canvas.postOrder('5001', { to: to('second'), token })).toMatchObject({ answer: { status: 202 } });
  await untilReady(floor, 'shop:5001');
  await floor.until('the other has failed', async () => (await floor.order('second:5001')).problem !== null);
  const ids = async (reference: string) =>
    (await floor.order(reference)).jobs.map(({ externalId }) => Number(externalId));
  expect(await ids('shop:5001')).toEqual(first.projects.map(({ id }) => id));
  expect((await ids('second:5001')).toSorted((left, right) => left - right)).toEqual(
    second.projects.map(({ id }) => id),
  );
  expect((await floor.order('shop:5001')).problem).toBeNull();
  for (const path of await pathsOf(floor, 'shop:5001')) expect(path).toContain('/files/shop/5001/');
  expect(canvas.oauth.tokensGiven).toBe(2);

  const failed = (await floor.jobs()).find(({ state }) => state === 'failed');
  await floor.command(failed?.id ?? 0, 'resume');
  await untilReady(floor, 'second:5001');
  expect(canvas.carriedOut('resume').map(({ project }) => project)).toEqual([String(second.projects[0]?.id)]);
  for (const path of await pathsOf(floor, 'second:5001')) expect(path).toContain('/files/second/5001/');
  const [done] = (await floor.order('second:5001')).jobs;
  expect(done?.actions).not.toContain('tagDone');
  await floor.stop();
});

test('the live and the test account at Print API know their own orders and tokens only', async () => {
  const clock = createFakeClock();
  const nowMs = (): number => clock.nowMs();
  await using live = await createPrintApiSandbox({ nowMs, clientId: 'live', clientSecret: 'secret of live' });
  await using trial = await createPrintApiSandbox({ nowMs, clientId: 'test_1', clientSecret: 'secret of test' });
  const floor = await PlatformFloor.open({
    clock,
    connections: [toPrintApi(live, 'live'), toPrintApi(trial, 'trial')],
  });
  live.setWebhookUrl(`${floor.intakeUrl}/in/live`);
  const items = [{ productId: 'poster', quantity: 1 }];
  await live.place({ id: 'SO-1', items });
  await trial.place({ id: 'SO-1', items });
  await floor.until('both are here', async () => {
    const orders = await floor.orders();
    return orders.length === 2 && orders.every((order) => order.items.length === 1);
  });
  await trial.setStatus('SO-1', 'Shipped');
  await floor.until('one is shipped', async () => (await floor.order('trial:SO-1')).stage === 'shipped');
  expect((await floor.order('live:SO-1')).stage).toBe('received');
  // A webhook tells of the order of its own connection.
  await live.setStatus('SO-1', 'Processing');
  await floor.until('the other is printed', async () => (await floor.order('live:SO-1')).jobs[0]?.state === 'working');
  for (const sandbox of [live, trial]) {
    expect(sandbox.oauth.tokensGiven).toBe(1);
    expect(sandbox.ledger.ofKind('request').map(({ token }) => token)).not.toContain('invalid');
  }
  await floor.stop();
});
