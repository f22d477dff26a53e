import { expect, test } from 'vitest';
import { makeOrder } from '../../main/training/orders/make-order.ts';
import { integrityOf, rowCounts } from '../support/scenario-database.ts';
import { spawnStation, startStationProcess } from '../support/scenario-process.ts';
import { openShop } from '../support/scenario-shop.ts';
import { startStation } from '../support/scenario-station.ts';
import { until } from '../support/scenario-until.ts';
import { everyOrder, orderOf } from '../support/scenario-views.ts';

const orderCount = 2_000;
const importsAtOnce = 250;

test('A second station on the same data folder is refused with one line, and the first works on', async () => {
  const shop = await openShop();
  const first = await startStationProcess(shop);
  const second = spawnStation(shop);
  await until('the second has ended', () => second.hasEnded());
  expect(second.child.exitCode).toBe(1);
  expect(second.output()).toMatch(/^platen: [^\n]*in use by another Platen\n$/u);

  const order = makeOrder({ number: 1 });
  const delivery = await shop.sandbox.post(order, { to: first.intakeUrl });
  expect(delivery.answer).toMatchObject({ kind: 'answered', status: 200 });
  expect((await orderOf(first.client, order)).externalId).toBe(order.id);

  // Killed without a farewell, it leaves no lock behind.
  await first.kill();
  const third = await startStationProcess(shop);
  expect((await everyOrder(third.client)).map(({ externalId }) => externalId)).toEqual([order.id]);
  await third.stop();
  expect(integrityOf(shop.dataFolder)).toBe('ok');
});

test('A restart with 2,000 orders is fine', { timeout: 180_000 }, async () => {
  const shop = await openShop();
  const { sandbox } = shop;
  const { body } = await sandbox.document(makeOrder({ number: 1, items: [{ product: 'poster' }] }));
  const before = await startStation(shop);
  // Paused, so that all of them are still to be done when the station starts again.
  await before.client.connections.pause({ id: 'cp' });
  const ids = Array.from({ length: orderCount }, (_, index) => `${70_000_000 + index}0000`);
  for (let from = 0; from < orderCount; from += importsAtOnce) {
    const documents = ids.slice(from, from + importsAtOnce).map((id) => body.replaceAll('90000001', id.slice(0, 8)));
    // Their files are one and the same, so that they need not all be made.
    const sameFile = documents.map((document) =>
      document.replace(/\/files\/[^"]*"/u, '/files/900000010000/900000010001/product.pdf"'),
    );
    await Promise.all(sameFile.map((document) => before.client.orders.import({ connection: 'cp', document })));
  }
  await before.stop();
  const counts = rowCounts(shop.dataFolder);
  expect(counts).toMatchObject({ orders: orderCount, items: orderCount, files: orderCount, outbox: orderCount });

  const { client, intakeUrl } = await startStation(shop);
  const { station } = await client.station.get({});
  expect(station.counts).toMatchObject({
    openOrders: orderCount,
    unfinishedFiles: orderCount,
    unsentSignals: orderCount,
    problemOrders: 0,
  });
  const seen = new Set<string>();
  for (let offset = 0; offset < orderCount; offset += 1_000) {
    const page = await client.orders.list({ offset, limit: 1_000 });
    expect(page.total).toBe(orderCount);
    for (const { externalId } of page.orders) seen.add(externalId);
  }
  expect(seen).toEqual(new Set(ids));
  const next = makeOrder({ number: 2 });
  expect((await sandbox.post(next, { to: intakeUrl })).answer).toMatchObject({ status: 200 });

  // The work goes on where it was.
  await client.connections.resume({ id: 'cp' });
  await until(
    'signals and files flow',
    async () => (await client.orders.list({ stages: ['handedOver'] })).total >= 50,
    { withinMs: 60_000, everyMs: 100 },
  );
  const { signals } = await client.outbox.list({ states: ['sent'] });
  expect(signals.length).toBeGreaterThanOrEqual(50);
  expect((await client.outbox.list({})).countByState.problem ?? 0).toBe(0);
});
