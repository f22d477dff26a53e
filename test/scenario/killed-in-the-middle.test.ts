import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeOrder } from '../../main/training/orders/make-order.ts';
import { filesOf } from '../../main/training/orders/order.ts';
import { integrityOf, valuesOf } from '../support/scenario-database.ts';
import { startStationProcess } from '../support/scenario-process.ts';
import { startRip } from '../support/scenario-rip.ts';
import { openShop } from '../support/scenario-shop.ts';
import { until } from '../support/scenario-until.ts';
import { filesOfOrder, itemAt, itemRefOf, settleDoubts, untilOrder } from '../support/scenario-views.ts';

const timeout = 120_000;

/** Size of the one file below a folder whose name ends like this; 0 when there is none. */
const sizeOfOnly = async (folder: string, ending: string): Promise<number> => {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const name = names.find((each) => each.endsWith(ending));
  if (name === undefined) return 0;
  return stat(join(folder, name)).then(
    ({ size }) => size,
    () => 0,
  );
};

test('A kill -9 in the middle of a transfer: it is resumed by Range, and the file is whole and handed over once', {
  timeout,
}, async () => {
  const shop = await openShop();
  const { sandbox } = shop;
  const rip = await startRip(shop.hotFolder);
  const totalBytes = 3_000_000;
  const order = makeOrder({ number: 1, items: [{ product: 'poster', exactBytes: totalBytes }] });
  const slow = sandbox.fileKnobs.set({ fault: { kind: 'slow', bytesPerSecond: 1_000_000 } });
  const killed = await startStationProcess(shop);
  await sandbox.post(order, { to: killed.intakeUrl });
  const partBytes = await until('a part of the file is there', async () => {
    const size = await sizeOfOnly(shop.filesFolder, '.part');
    const [validator] = valuesOf(shop.dataFolder, 'SELECT validator FROM files');
    return size >= 500_000 && validator !== null ? size : null;
  });
  expect(partBytes).toBeLessThan(totalBytes);
  await killed.kill();
  slow.remove();

  const station = await startStationProcess(shop);
  const whole = await untilOrder(station.client, order, 'is at the RIP', ({ stage }) => stage === 'pickedUp');
  const requests = sandbox.ledger.ofKind('file');
  expect(requests).toHaveLength(2);
  expect(requests[0]).toMatchObject({ range: undefined, status: 200, outcome: 'aborted' });
  const resumedAt = Number(/^bytes=(\d+)-$/u.exec(requests[1]?.range ?? '')?.[1]);
  expect(resumedAt).toBeGreaterThanOrEqual(500_000);
  expect(requests[1]).toMatchObject({ status: 206, bytesSent: totalBytes - resumedAt, outcome: 'complete' });
  expect(filesOfOrder(whole)).toMatchObject([{ state: 'ready', bytes: totalBytes, verification: 'size+md5' }]);
  expect(rip.taken).toHaveLength(1);
  const [taken] = rip.taken;
  const shelved = sandbox.shelf.get(filesOf(order)[0]?.path ?? '');
  expect(taken === undefined ? null : await rip.md5Of(taken)).toBe(shelved?.md5);
});

test('A kill -9 in the middle of a hand-over: the file is in the hot folder once, and whole', { timeout }, async () => {
  const shop = await openShop();
  const { sandbox } = shop;
  const totalBytes = 100_000_000;
  const order = makeOrder({ number: 1, items: [{ product: 'poster', exactBytes: totalBytes }] });
  const killed = await startStationProcess(shop);
  await sandbox.post(order, { to: killed.intakeUrl });
  const copiedBytes = await until(
    'a part of the copy lies in the hot folder',
    async () => {
      const size = await sizeOfOnly(shop.hotFolder, '.part');
      return size > 0 ? size : null;
    },
    { withinMs: 40_000, everyMs: 1 },
  );
  await killed.kill();
  expect(copiedBytes).toBeLessThan(totalBytes);
  expect((await readdir(shop.hotFolder)).filter((name) => !name.startsWith('.'))).toEqual([]);

  const rip = await startRip(shop.hotFolder);
  const station = await startStationProcess(shop);
  const done = await untilOrder(station.client, order, 'is at the RIP', ({ stage }) => stage === 'pickedUp', {
    withinMs: 40_000,
  });
  expect(rip.taken.map(({ name }) => name)).toEqual(filesOfOrder(done).map(({ name }) => name));
  const [taken] = rip.taken;
  expect(taken === undefined ? null : await rip.md5Of(taken)).toBe(filesOfOrder(done)[0]?.md5);
  expect(await readdir(shop.hotFolder)).toEqual([]);
  expect(sandbox.ledger.ofKind('file')).toHaveLength(1);
});

test('A kill -9 the moment the RIP takes a file: nothing is handed over a second time by itself', {
  timeout,
}, async () => {
  const shop = await openShop();
  const { sandbox } = shop;
  const order = makeOrder({ number: 1, items: [{ product: 'book' }] });
  const killed = await startStationProcess(shop);
  const rip = await startRip(shop.hotFolder, { onTaken: () => killed.child.kill('SIGKILL') });
  await sandbox.post(order, { to: killed.intakeUrl });
  await until('the station was killed', () => killed.hasEnded());
  await killed.kill();
  const takenBefore = rip.taken.length;
  expect(takenBefore).toBeGreaterThan(0);

  const station = await startStationProcess(shop);
  const { client } = station;
  const open = await untilOrder(client, order, 'has nothing left to hand over', ({ items }) => {
    const states = items.flatMap(({ handovers }) => handovers.map(({ state }) => state));
    return states.length === 2 && states.every((state) => state === 'pickedUp' || state === 'maybeSent');
  });
  const names = filesOfOrder(open).map(({ name }) => name);
  expect(rip.taken.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
  // One that nothing proves is shown as a problem until a person has asked the RIP.
  const doubts = itemAt(open, 1).handovers.filter(({ state }) => state === 'maybeSent').length;
  expect(open.problemCount).toBe(doubts);
  expect(await settleDoubts(client, rip)).toBe(doubts);
  await untilOrder(
    client,
    order,
    'is at the RIP',
    ({ stage, problemCount }) => stage === 'pickedUp' && problemCount === 0,
  );
  expect(rip.taken).toHaveLength(2);
  await station.stop();
  expect(integrityOf(shop.dataFolder)).toBe('ok');
});

test('A kill -9 between sending a signal and noting its answer: it is sent again only then, and the order is kept', {
  timeout,
}, async () => {
  const shop = await openShop();
  const { sandbox } = shop;
  await startRip(shop.hotFolder);
  const order = makeOrder({ number: 1, items: [{ product: 'poster' }, { product: 'flyer' }] });
  const [first, second] = order.items.map(({ id }) => id);
  const killed = await startStationProcess(shop);
  await sandbox.post(order, { to: killed.intakeUrl });
  await untilOrder(killed.client, order, 'is registered', ({ items }) =>
    items.every(({ reached }) => reached.registered !== undefined),
  );
  // The platform has it, and the answer is still on its way when the station dies.
  sandbox.signalKnobs.set({ match: { type: 'ItemPacked', item: first }, fault: { kind: 'hang' }, times: 1 });
  for (const kind of ['produced', 'packed'] as const) {
    for (const position of [1, 2]) {
      await killed.client.items.signal({ item: itemRefOf(order, position), signal: { kind } });
    }
  }
  await killed.client.orders.ship({ order: `cp:${order.id}`, tracking: '1Z-KILLED' });
  await sandbox.ledger.waitFor('signal', ({ type, item }) => type === 'ItemPacked' && item === first);
  await sandbox.ledger.waitFor(
    'signal',
    ({ type, item, accepted }) => type === 'ItemShipped' && item === second && accepted,
  );
  // All of the other item is noted, so that nothing but the one signal is in doubt.
  await until('the other item is done', async () => {
    const { signals } = await killed.client.outbox.list({});
    return signals.filter(({ itemExternalId, state }) => itemExternalId === second && state === 'sent').length === 4;
  });
  expect(sandbox.acceptedTypes(first ?? '')).toEqual(['ItemRegistered', 'ItemProduced', 'ItemPacked']);
  await killed.kill();

  const station = await startStationProcess(shop);
  await until('all is sent', async () => ((await station.client.outbox.list({})).countByState.sent ?? 0) === 8);
  expect(sandbox.acceptedTypes(first ?? '')).toEqual([
    'ItemRegistered',
    'ItemProduced',
    'ItemPacked',
    'ItemPacked',
    'ItemShipped',
  ]);
  expect(sandbox.acceptedTypes(second ?? '')).toEqual(['ItemRegistered', 'ItemProduced', 'ItemPacked', 'ItemShipped']);
});
