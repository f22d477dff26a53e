import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { bytesContent } from '../../main/training/files/file-content.ts';
import { makeOrder } from '../../main/training/orders/make-order.ts';
import type { CloudprinterOrder } from '../../main/training/orders/order.ts';
import { mostInWindow } from '../sandbox/ledger/busiest-window.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { httpTraffic } from '../support/http-traffic.ts';
import { openShop } from '../support/scenario-shop.ts';
import { startStation } from '../support/scenario-station.ts';
import { until } from '../support/scenario-until.ts';
import { itemRefOf } from '../support/scenario-views.ts';

const orderCount = 250;
const itemsEach = 5;
/** Registered, produced, packed and shipped of each item. */
const signalCount = orderCount * itemsEach * 4;
const outageHours = 72;
const rate = { requests: 300, perSeconds: 60 };
const hourMs = 3_600_000;

/** Its file lies where nobody answers: what is told of an item does not depend on it. */
const orderOf = (number: number): CloudprinterOrder =>
  makeOrder({
    number,
    items: Array.from({ length: itemsEach }, () => ({
      product: 'poster' as const,
      content: { product: bytesContent(new Uint8Array(1)) },
      announced: { product: { url: 'http://127.0.0.1:9/poster.pdf' } },
    })),
  });

/** Waits until everything that was asked has been answered, in real time. */
const answersAreIn = async (): Promise<void> => {
  for (let quietLooks = 0; quietLooks < 3; ) {
    const before = httpTraffic();
    await delay(1);
    const after = httpTraffic();
    quietLooks = after.underWay === 0 && after.begun === before.begun ? quietLooks + 1 : 0;
  }
};

test('5,000 signals that were queued in 72 hours without the platform all arrive afterwards, in order and within the budget', {
  timeout: 300_000,
}, async () => {
  const clock = createFakeClock();
  const shop = await openShop({
    sandbox: { now: () => new Date(clock.nowMs()) },
    config: { hotFolders: [], files: { concurrency: 1, minimumFreeBytes: 0 } },
    connection: { rate },
  });
  const { sandbox } = shop;
  const orders = Array.from({ length: orderCount }, (_, index) => orderOf(index + 1));
  const documents = await Promise.all(orders.map((order) => sandbox.document(order)));
  const { client } = await startStation(shop, { clock });
  await sandbox.goOffline();

  const pass = async (hours: number): Promise<void> => {
    for (let passed = 0; passed < hours; passed += 1) {
      await clock.advance(hourMs);
      await until(
        'what was begun has ended',
        async () => ((await client.outbox.list({ limit: 1 })).countByState.sending ?? 0) === 0,
      );
    }
  };
  for (const { body } of documents) await client.orders.import({ connection: 'cp', document: body });
  const items = (order: CloudprinterOrder) => order.items.map((_, index) => itemRefOf(order, index + 1));
  for (const kind of ['produced', 'packed'] as const) {
    await pass(outageHours / 4);
    await Promise.all(orders.map((order) => client.items.signalMany({ items: items(order), signal: { kind } })));
  }
  await pass(outageHours / 4);
  await Promise.all(orders.map((order) => client.orders.ship({ order: `cp:${order.id}`, tracking: `1Z-${order.id}` })));
  await pass(outageHours / 4);
  const queued = (await client.outbox.list({ limit: 1 })).countByState;
  expect((queued.queued ?? 0) + (queued.waiting ?? 0)).toBe(signalCount);
  expect(sandbox.ledger.ofKind('signal')).toEqual([]);

  await sandbox.goOnline();
  const onlineAtMs = clock.nowMs();
  await until(
    'all are sent',
    async () => {
      await clock.advance(2_000);
      await answersAreIn();
      return ((await client.outbox.list({ limit: 1 })).countByState.sent ?? 0) === signalCount;
    },
    { withinMs: 90_000, everyMs: 0 },
  );
  const told = sandbox.ledger.ofKind('signal');
  expect(told.every(({ accepted }) => accepted)).toBe(true);
  // Nothing was ever half way, so nothing is said twice.
  expect(told).toHaveLength(signalCount);
  const inOrder = ['ItemRegistered', 'ItemProduced', 'ItemPacked', 'ItemShipped'];
  for (const { id } of orders.flatMap((order) => order.items)) expect(sandbox.acceptedTypes(id)).toEqual(inOrder);
  const moments = told.map(({ at }) => Date.parse(at));
  // Neither more nor less: the budget is what set the pace.
  expect(mostInWindow(moments, rate.perSeconds * 1000)).toBe(rate.requests);
  expect(Math.min(...moments) - onlineAtMs).toBeLessThanOrEqual(1.2 * hourMs);
});
