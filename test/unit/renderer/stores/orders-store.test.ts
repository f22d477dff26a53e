import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { EventPayload } from '../../../../main/contract/contract.ts';
import type { OrderRow } from '../../../../main/contract/orders.ts';
import { createOrdersStore } from '../../../../renderer/stores/orders-store.ts';
import { sampleRow } from '../../../contract/stand-in/sample-views.ts';
import { createStandInStation } from '../../../contract/stand-in/stand-in-station.ts';
import { linkTo } from '../../../support/stand-in-link.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** An Orders screen's store on a station whose list and events a test decides. */
const openedOrders = async () => {
  const answer = { epoch: 'e1', revision: 5, orders: [sampleRow({ id: 1 }), sampleRow({ id: 2 })] as OrderRow[] };
  const asked: { readonly search?: string | undefined; readonly openOnly: boolean }[] = [];
  const station = createStandInStation({
    orders: {
      list: async (query) => {
        asked.push(query);
        return { ...answer, total: answer.orders.length, problemCount: 0 };
      },
    },
  });
  const { link, cut } = linkTo(station);
  let awayMs = 0;
  const store = createOrdersStore({ link, now: () => Date.now(), hand: { awayMs: () => awayMs } });
  link.start();
  await vi.advanceTimersByTimeAsync(0);
  return {
    store,
    answer,
    asked,
    link,
    ids: () => store.getState().list.ids,
    cut,
    leave: (ms: number) => {
      awayMs = ms;
    },
    tell: async (payload: EventPayload<'orders.changed'>) => {
      station.emit('orders.changed', payload);
      await vi.advanceTimersByTimeAsync(0);
    },
  };
};

test('shows the orders as the station orders them', async () => {
  const { ids, store, link } = await openedOrders();
  expect(ids()).toEqual([1, 2]);
  expect(store.getState().load.kind).toBe('ready');
  link.stop();
});

test('new orders wait behind the bar until somebody asks for them', async () => {
  const { ids, store, answer, tell, link } = await openedOrders();
  await tell({ epoch: 'e1', revision: 6, orders: [sampleRow({ id: 8 }), sampleRow({ id: 9 })] });
  expect(ids()).toEqual([1, 2]);
  expect(store.getState().list.newIds).toEqual([8, 9]);
  answer.revision = 6;
  answer.orders = [sampleRow({ id: 9 }), sampleRow({ id: 1 }), sampleRow({ id: 2 }), sampleRow({ id: 8 })];
  store.getState().showNew();
  await vi.advanceTimersByTimeAsync(0);
  expect(ids()).toEqual([9, 1, 2, 8]);
  expect(store.getState().list.newIds).toEqual([]);
  link.stop();
});

test('an event that the snapshot already holds changes nothing', async () => {
  const { store, tell, link } = await openedOrders();
  const before = store.getState().list;
  await tell({ epoch: 'e1', revision: 5, orders: [sampleRow({ id: 1, customer: 'late news' })] });
  expect(store.getState().list).toBe(before);
  await tell({ epoch: 'e1', revision: 6, orders: [sampleRow({ id: 1, customer: 'news' })] });
  expect(store.getState().list.rows[1]?.customer).toBe('news');
  link.stop();
});

test('a restarted station is asked again, and no row moves', async () => {
  const { ids, store, answer, tell, link } = await openedOrders();
  Object.assign(answer, { epoch: 'e2', revision: 1 });
  answer.orders = [sampleRow({ id: 7 }), sampleRow({ id: 2, customer: 'again' }), sampleRow({ id: 1 })];
  await tell({ epoch: 'e2', revision: 1, orders: [] });
  expect(ids()).toEqual([1, 2]);
  expect(store.getState().list.rows[2]?.customer).toBe('again');
  expect(store.getState().list.newIds).toEqual([7]);
  link.stop();
});

test('after a lost connection the list is fresh again and hears new events', async () => {
  const { ids, store, answer, tell, cut, link } = await openedOrders();
  answer.revision = 20;
  answer.orders = [sampleRow({ id: 2, customer: 'meanwhile' }), sampleRow({ id: 1 })];
  cut();
  await vi.advanceTimersByTimeAsync(600);
  expect(ids()).toEqual([1, 2]);
  expect(store.getState().list.rows[2]?.customer).toBe('meanwhile');
  await tell({ epoch: 'e1', revision: 21, orders: [sampleRow({ id: 1, customer: 'heard' })] });
  expect(store.getState().list.rows[1]?.customer).toBe('heard');
  link.stop();
});

test('an empty list shows a new order at once, for there is no row that could move', async () => {
  const { ids, store, answer, tell, link } = await openedOrders();
  answer.orders = [];
  store.getState().showNew();
  await vi.advanceTimersByTimeAsync(0);
  answer.revision = 6;
  answer.orders = [sampleRow({ id: 4 })];
  await tell({ epoch: 'e1', revision: 6, orders: [sampleRow({ id: 4 })] });
  expect(ids()).toEqual([4]);
  link.stop();
});

test('a list that nobody has touched for two minutes takes its present order by itself', async () => {
  const { ids, answer, tell, leave, link } = await openedOrders();
  answer.revision = 6;
  answer.orders = [sampleRow({ id: 9 }), sampleRow({ id: 1 }), sampleRow({ id: 2 })];
  await tell({ epoch: 'e1', revision: 6, orders: [sampleRow({ id: 9 })] });
  leave(119_000);
  await vi.advanceTimersByTimeAsync(6_000);
  expect(ids()).toEqual([1, 2]);
  leave(120_000);
  await vi.advanceTimersByTimeAsync(6_000);
  expect(ids()).toEqual([9, 1, 2]);
  link.stop();
});

test('a search is asked of the station', async () => {
  const { store, asked, link } = await openedOrders();
  store.getState().setFilter({ search: '  fjord ' });
  await vi.advanceTimersByTimeAsync(0);
  expect(asked.at(-1)).toMatchObject({ search: 'fjord', openOnly: true });
  link.stop();
});

test('a filter chosen while the station is away takes the list anew when it is back', async () => {
  const { ids, store, answer, cut, link } = await openedOrders();
  cut();
  await vi.advanceTimersByTimeAsync(0);
  answer.orders = [sampleRow({ id: 9 }), sampleRow({ id: 2 })];
  store.getState().setFilter({ problemsOnly: true });
  await vi.advanceTimersByTimeAsync(600);
  expect(ids()).toEqual([9, 2]);
  expect(store.getState().list.newIds).toEqual([]);
  link.stop();
});

/** A store on a station with 1,000 orders. */
const openedLongList = async () => {
  const places = Array.from({ length: 1_000 }, (_, index) => index + 1);
  const mark = { epoch: 'e1', revision: 5 };
  const asked: number[][] = [];
  const station = createStandInStation({
    orders: {
      list: async ({ limit }) => ({
        ...mark,
        total: places.length,
        problemCount: 0,
        orders: places.slice(0, limit).map((id) => sampleRow({ id })),
      }),
      places: async () => ({ ...mark, total: places.length, ids: [...places] }),
      rows: async ({ ids }) => {
        asked.push(ids);
        return { ...mark, orders: ids.map((id) => sampleRow({ id, customer: `revision ${mark.revision}` })) };
      },
    },
  });
  const { link } = linkTo(station);
  const store = createOrdersStore({ link, now: () => Date.now(), hand: { awayMs: () => 0 } });
  link.start();
  await vi.advanceTimersByTimeAsync(1);
  return { store, station, places, mark, asked, link };
};

test('a long list has all its places at once, and the rows of those that come into sight', async () => {
  const { store, asked, link } = await openedLongList();
  expect(store.getState().list.ids).toHaveLength(1_000);
  expect(asked).toEqual([]);
  store.getState().see({ first: 900, last: 910 });
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toHaveLength(1);
  expect(store.getState().list.rows[906]?.customer).toBe('revision 5');
  link.stop();
});

test('a long list that takes its present order stays as long as it is, and asks again for the rows in sight', async () => {
  const { store, places, mark, link } = await openedLongList();
  store.getState().see({ first: 900, last: 910 });
  await vi.advanceTimersByTimeAsync(0);
  const lengths = new Set<number>();
  store.subscribe(({ list }) => lengths.add(list.ids.length));
  places.reverse();
  mark.revision = 9;
  store.getState().showNew();
  await vi.advanceTimersByTimeAsync(0);
  expect([...lengths]).toEqual([1_000]);
  expect(store.getState().list.ids[900]).toBe(100);
  expect(store.getState().list.rows[100]?.customer).toBe('revision 9');
  link.stop();
});
