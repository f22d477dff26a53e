import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { OrderView } from '../../../../main/contract/orders.ts';
import type { TourProgress } from '../../../../renderer/client/tour-memory.ts';
import { tourSteps } from '../../../../renderer/stores/tour-steps.ts';
import { createTourStore } from '../../../../renderer/stores/tour-store.ts';
import { sampleItem, sampleOrder, sampleStation } from '../../../contract/stand-in/sample-views.ts';
import { createStandInStation, mark } from '../../../contract/stand-in/stand-in-station.ts';
import { linkTo } from '../../../support/stand-in-link.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

let kept: TourProgress | null;
let orders: readonly OrderView[];
let epoch: string;

beforeEach(() => {
  kept = null;
  orders = [];
  epoch = 'practice 1';
});

const plain = (changes: Partial<OrderView> = {}): OrderView =>
  sampleOrder({ problemCount: 0, items: [sampleItem({ reached: {}, signals: [], handovers: [] })], ...changes });

const openTour = async (practising = true) => {
  let asked = 0;
  const station = createStandInStation({
    station: { get: async () => ({ ...mark, epoch, station: sampleStation() }) },
    orders: {
      listDetailed: async () => {
        asked += 1;
        return { total: orders.length, orders: [...orders] };
      },
    },
  });
  const order = createStore<{ readonly order: OrderView | null }>()(() => ({ order: null }));
  const pages = createStore<{ readonly pagesSeen: boolean }>()(() => ({ pagesSeen: false }));
  const { link } = linkTo(station);
  const store = createTourStore(
    {
      link,
      now: () => Date.now(),
      hand: { awayMs: () => 0 },
      training: { practising, enter: () => undefined, leave: () => undefined },
      tour: {
        read: () => kept,
        write: (progress) => {
          kept = progress;
        },
      },
    },
    { order, pages },
  );
  link.start();
  await vi.advanceTimersByTimeAsync(1_000);
  return {
    store,
    order,
    pages,
    link,
    asked: () => asked,
    orderChanges: async () => {
      station.emit('orders.changed', { ...mark, revision: 8, orders: [] });
      await vi.advanceTimersByTimeAsync(1_000);
    },
  };
};

test('what happens at the practice station and on the screen is noted, and stays done', async () => {
  const { store, order, pages, link, orderChanges } = await openTour();
  expect([...store.getState().done]).toEqual([]);
  orders = [plain()];
  await orderChanges();
  expect([...store.getState().done]).toEqual(['arrive']);
  order.setState({ order: plain() });
  order.setState({ order: null });
  pages.setState({ pagesSeen: true });
  expect([...store.getState().done]).toEqual(['arrive', 'open', 'pages']);
  link.stop();
});

test('a problem counts as solved once it was there and is no more', async () => {
  const { store, link, orderChanges } = await openTour();
  orders = [plain({ problemCount: 1 })];
  await orderChanges();
  expect(store.getState().done).not.toContain('problem');
  orders = [plain()];
  await orderChanges();
  expect(store.getState().done).toContain('problem');
  link.stop();
});

test('it goes on where it was after the page was loaded again, and anew with another practice', async () => {
  const first = await openTour();
  orders = [plain({ problemCount: 1 })];
  await first.orderChanges();
  first.store.getState().next();
  first.store.getState().next();
  first.store.getState().close();
  first.link.stop();

  orders = [plain()];
  const again = await openTour();
  expect(again.store.getState()).toMatchObject({ index: 2, open: false });
  expect([...again.store.getState().done]).toEqual(['arrive', 'problem']);
  again.link.stop();

  epoch = 'practice 2';
  const other = await openTour();
  expect(other.store.getState()).toMatchObject({ index: 0, open: true });
  expect([...other.store.getState().done]).toEqual(['arrive']);
  other.link.stop();
});

test('after its last step it says that it is over; opened again, it begins anew', async () => {
  const { store, link } = await openTour();
  for (let step = 0; step < tourSteps.length + 3; step += 1) store.getState().next();
  expect(store.getState().index).toBe(tourSteps.length);
  store.getState().close();
  store.getState().reopen();
  expect(store.getState()).toMatchObject({ index: 0, open: true });
  store.getState().back();
  expect(store.getState().index).toBe(0);
  link.stop();
});

test('at the real station nothing is asked for', async () => {
  const { asked, link, orderChanges } = await openTour(false);
  await orderChanges();
  expect(asked()).toBe(0);
  link.stop();
});
