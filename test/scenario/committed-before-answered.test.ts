import { expect, test } from 'vitest';
import { makeOrder } from '../../main/training/orders/make-order.ts';
import { filesOf } from '../../main/training/orders/order.ts';
import { integrityOf, rowCounts } from '../support/scenario-database.ts';
import { postDocument } from '../support/scenario-post.ts';
import { startStationProcess } from '../support/scenario-process.ts';
import { startRip } from '../support/scenario-rip.ts';
import { openShop } from '../support/scenario-shop.ts';
import { startStation } from '../support/scenario-station.ts';
import { until } from '../support/scenario-until.ts';
import { everyOrder, filesOfOrder, settleDoubts } from '../support/scenario-views.ts';

const rounds = 7;
const ordersARound = 6;

test('The order is committed (fsync) before the 200: killed the moment it is answered, it is there and delivered once', {
  timeout: 240_000,
}, async () => {
  const shop = await openShop();
  const { sandbox } = shop;
  const rip = await startRip(shop.hotFolder);
  const orders = Array.from({ length: rounds * ordersARound }, (_, index) =>
    makeOrder({ number: index + 1, items: [{ product: index % 3 === 0 ? 'book' : 'poster' }] }),
  );
  const answered = new Set<string>();

  for (let round = 0; round < rounds; round += 1) {
    const station = await startStationProcess(shop);
    const inRound = orders.slice(round * ordersARound, (round + 1) * ordersARound);
    await Promise.all(
      inRound.map(async (order) => {
        const document = await sandbox.document(order);
        await postDocument(station.intakeUrl, document, {
          onAnswer: (status) => {
            if (status !== 200) return;
            answered.add(order.id);
            station.child.kill('SIGKILL');
          },
        });
      }),
    );
    await station.kill();
  }
  // The kill came in the middle of things: some were answered, and not all.
  expect(answered.size).toBeGreaterThanOrEqual(rounds);
  expect(answered.size).toBeLessThan(orders.length);

  const station = await startStationProcess(shop);
  const stored = (await everyOrder(station.client)).map((order) => order.externalId);
  expect(stored).toEqual(expect.arrayContaining([...answered]));
  expect(new Set(stored).size).toBe(stored.length);

  // The platform sends again what was not answered; that it may be here already does not show.
  for (const order of orders.filter(({ id }) => !answered.has(id))) {
    const delivery = await sandbox.post(order, { to: station.intakeUrl });
    expect(delivery.answer).toMatchObject({ kind: 'answered', status: 200 });
  }
  const expectedFiles = orders.flatMap(filesOf).length;
  const settled = await until(
    'every file is taken by the RIP',
    async () => {
      await settleDoubts(station.client, rip);
      const all = await everyOrder(station.client);
      const states = all.flatMap((order) => order.items).flatMap((item) => item.handovers.map(({ state }) => state));
      return states.length === expectedFiles && states.every((state) => state === 'pickedUp') ? all : null;
    },
    { withinMs: 60_000 },
  );
  expect(settled.map((order) => order.externalId).toSorted()).toEqual(orders.map(({ id }) => id).toSorted());
  expect(rip.taken.map(({ name }) => name).toSorted()).toEqual(
    settled
      .flatMap(filesOfOrder)
      .map(({ name }) => name)
      .toSorted(),
  );
  await until('every item is registered', () =>
    orders.every((order) => order.items.every((item) => sandbox.acceptedTypes(item.id).length > 0)),
  );
  await station.stop();
  expect(integrityOf(shop.dataFolder)).toBe('ok');
});

test('The same order posted 50 times at once is one order, and 50 answers of 200', async () => {
  const shop = await openShop();
  const { sandbox } = shop;
  const { client, intakeUrl } = await startStation(shop);
  const order = makeOrder({ number: 1, items: [{ product: 'book' }, { product: 'poster' }] });
  const document = await sandbox.document(order);

  const answers = await Promise.all(Array.from({ length: 50 }, () => postDocument(intakeUrl, document)));
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 200));
  expect(answers.filter(({ text }) => text === 'stored\n')).toHaveLength(1);
  expect((await everyOrder(client)).map(({ externalId }) => externalId)).toEqual([order.id]);
  expect(rowCounts(shop.dataFolder)).toMatchObject({ orders: 1, items: 2, files: 3, outbox: 2, order_revisions: 0 });
  for (const item of order.items) {
    await sandbox.ledger.waitFor('signal', (signal) => signal.item === item.id && signal.accepted);
  }

  // A different order is a second one.
  const other = await sandbox.document(makeOrder({ number: 2, items: [{ product: 'poster' }] }));
  expect(await postDocument(intakeUrl, other)).toMatchObject({ status: 200, text: 'stored\n' });
  expect(rowCounts(shop.dataFolder)).toMatchObject({ orders: 2, items: 3 });
  for (const item of order.items) expect(sandbox.acceptedTypes(item.id)).toEqual(['ItemRegistered']);
});
