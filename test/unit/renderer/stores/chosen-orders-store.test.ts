import { expect, test } from 'vitest';
import { createChosenOrdersStore, mostChosenOrders } from '../../../../renderer/stores/chosen-orders-store.ts';
import { sampleItem, sampleOrder } from '../../../contract/stand-in/sample-views.ts';
import { createStandInStation, mark } from '../../../contract/stand-in/stand-in-station.ts';
import { linkTo } from '../../../support/stand-in-link.ts';

/** A list's store on a station with three orders of so many items each. */
const openedStore = async (itemsEach: number) => {
  const told: (readonly (number | string)[])[] = [];
  const held: { readonly items: readonly (number | string)[]; readonly note: string }[] = [];
  const station = createStandInStation({
    orders: {
      get: async ({ order }) => ({
        ...mark,
        history: [],
        order: sampleOrder({
          id: Number(order),
          items: Array.from({ length: itemsEach }, (_, index) =>
            sampleItem({ id: Number(order) * 1000 + index, number: index + 1 }),
          ),
        }),
      }),
    },
    items: {
      signalMany: async ({ items }) => {
        told.push(items);
        return { signals: [], items: [] };
      },
      holdMany: async (input) => {
        held.push(input);
        return { items: [] };
      },
    },
  });
  const { link } = linkTo(station);
  const store = createChosenOrdersStore({ link });
  const connected = new Promise<void>((resolve) => void link.onClient(() => resolve()));
  link.start();
  await connected;
  return { store, told, held, [Symbol.dispose]: () => link.stop() };
};

test('what is said of several orders is one action of all items that it is meant for', async () => {
  using screen = await openedStore(2);
  const { choose, signal } = screen.store.getState();
  choose([1, 2, 3], true);
  choose([2], false);
  const outcome = await signal({ kind: 'produced' }, ({ items }) => items.filter(({ number }) => number === 1));
  expect(screen.told).toEqual([[1000, 3000]]);
  expect(outcome).toEqual({ kind: 'done', value: { items: 2, orders: 2, left: 2 } });
});

test('nothing is said when none of their items is meant', async () => {
  using screen = await openedStore(2);
  screen.store.getState().choose([1, 2], true);
  const outcome = await screen.store.getState().signal({ kind: 'packed' }, () => []);
  expect(screen.told).toEqual([]);
  expect(outcome).toEqual({ kind: 'done', value: { items: 0, orders: 0, left: 4 } });
});

test('more items than the station takes at once are said of in turns', async () => {
  using screen = await openedStore(400);
  screen.store.getState().choose([1, 2], true);
  await screen.store.getState().signal({ kind: 'packed' }, ({ items }) => items);
  expect(screen.told.map(({ length }) => length)).toEqual([500, 300]);
});

test('the items of several orders are held by one call, with the same note', async () => {
  using screen = await openedStore(2);
  screen.store.getState().choose([3], true);
  await screen.store.getState().hold('Waits for paper', ({ items }) => items);
  expect(screen.held).toEqual([{ items: [3000, 3001], note: 'Waits for paper' }]);
});

test('no more orders are chosen than can be read at once, and none once the choosing has ended', async () => {
  using screen = await openedStore(1);
  const { choose, begin, end } = screen.store.getState();
  begin();
  choose(
    Array.from({ length: mostChosenOrders + 20 }, (_, index) => index + 1),
    true,
  );
  expect(screen.store.getState().chosen?.size).toBe(mostChosenOrders);
  end();
  expect(screen.store.getState().chosen).toBeNull();
});
