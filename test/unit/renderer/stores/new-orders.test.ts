import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { OrderRow } from '../../../../main/contract/orders.ts';
import { gatherMs, type NewWork, watchNewOrders } from '../../../../renderer/stores/new-orders.ts';
import { sampleItem, sampleOrder, sampleRow } from '../../../contract/stand-in/sample-views.ts';
import { createStandInStation } from '../../../contract/stand-in/stand-in-station.ts';
import { linkTo } from '../../../support/stand-in-link.ts';

const startMs = Date.parse('2026-07-01T09:00:00Z');

beforeEach(() => {
  vi.useFakeTimers({ now: startMs });
});
afterEach(() => {
  vi.useRealTimers();
});

const opened = async ({ isWanted = true } = {}) => {
  const told: NewWork[] = [];
  let asked = 0;
  const station = createStandInStation({
    orders: {
      get: async () => {
        asked += 1;
        const items = [sampleItem({ product: 'poster_a3' }), sampleItem({ product: 'poster_a3' })];
        return { epoch: 'e1', revision: 5, order: sampleOrder({ customer: 'Ada Example', items }), history: [] };
      },
    },
  });
  const { link } = linkTo(station);
  watchNewOrders({ link, now: () => Date.now(), isWanted: () => isWanted, tell: (work) => told.push(work) });
  link.start();
  await vi.advanceTimersByTimeAsync(0);
  let revision = 5;
  const change = (...rows: Partial<OrderRow>[]): void => {
    revision += 1;
    const receivedAt = new Date().toISOString();
    const orders = rows.map((row) => sampleRow({ receivedAt, ...row }));
    station.emit('orders.changed', { epoch: 'e1', revision, orders });
  };
  return { told, link, change, asked: () => asked, wait: (ms: number) => vi.advanceTimersByTimeAsync(ms) };
};

test('a single order is told of by its number and its products, and by nothing of its customer', async () => {
  const { told, link, change, wait } = await opened();
  change({ id: 41, externalId: 'SO-10442', customer: 'Ada Example' });
  await wait(gatherMs - 1);
  expect(told).toEqual([]);
  await wait(1);
  expect(told).toEqual([{ kind: 'order', id: 41, externalId: 'SO-10442', products: ['poster_a3'] }]);
  link.stop();
});

test('orders that come in within ten seconds are told of together', async () => {
  const { told, link, change, wait } = await opened();
  change({ id: 41 });
  await wait(4_000);
  change({ id: 42 }, { id: 43 });
  await wait(5_000);
  change({ id: 44 }, { id: 45 });
  await wait(gatherMs);
  expect(told).toEqual([{ kind: 'orders', count: 5 }]);
  change({ id: 46 }, { id: 47 });
  await wait(gatherMs);
  expect(told.slice(1)).toEqual([{ kind: 'orders', count: 2 }]);
  link.stop();
});

test('an order that was there before, that only changes, or that another shop makes, is no new work', async () => {
  const { told, link, change, wait } = await opened();
  change({ id: 3, receivedAt: '2026-07-01T08:59:00.000Z' });
  change({ id: 50, lane: 'outsourced' });
  await wait(gatherMs);
  expect(told).toEqual([]);
  change({ id: 51 });
  await wait(gatherMs);
  change({ id: 51 });
  await wait(gatherMs);
  expect(told).toHaveLength(1);
  link.stop();
});

test('nothing is asked of the station while nobody would be told', async () => {
  const { told, link, change, asked, wait } = await opened({ isWanted: false });
  change({ id: 41 });
  await wait(gatherMs);
  expect([told, asked()]).toEqual([[], 0]);
  link.stop();
});
