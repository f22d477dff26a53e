import { createStore } from 'zustand/vanilla';
import type { Client } from '../../main/contract/contract.ts';
import type { OrderRow } from '../../main/contract/orders.ts';
import { Feed } from './feed.ts';
import { belongsToOrders, initialOrdersFilter, type OrdersFilter, toOrdersQuery } from './orders-filter.ts';
import { perform } from './perform.ts';
import {
  addPlaces,
  changePlaces,
  emptyPlaceList,
  fillPlaces,
  keepPlaces,
  missingIn,
  type PlaceList,
  type Sight,
  takePlaces,
} from './place-list.ts';
import { refreshWhenAway } from './refresh-when-away.ts';
import type { SnapshotMark } from './snapshot-gate.ts';
import type { LoadState, StoreDeps } from './store-deps.ts';

/** So many rows come with the list; the others when they are about to be seen. */
const pageSize = 300;
/** Long enough that a person who only reads, or walks to the machine and back, finds the rows where they were. */
const refreshAfterAwayMs = 120_000;

const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

export interface OrdersState {
  readonly load: LoadState;
  readonly filter: OrdersFilter;
  readonly list: PlaceList<OrderRow>;
  /** The filter that the list was taken for; the chosen one's rows may still be on their way. */
  readonly takenFor: OrdersFilter;
  /** How many pixels the list was scrolled when the screen was left. */
  readonly scrollOffset: number;
  readonly setFilter: (change: Partial<OrdersFilter>) => void;
  /** Shows new rows and the present order. */
  readonly showNew: () => void;
  /** Says which places are in sight, so that their rows are there. */
  readonly see: (sight: Sight) => void;
  readonly keepScroll: (offset: number) => void;
}

export const createOrdersStore = ({ link, now, hand }: StoreDeps) => {
  let sight: Sight = { first: 0, last: 0 };
  /** Ids whose rows have been asked for. */
  let awaited: ReadonlySet<number> = new Set();
  let takenAt: SnapshotMark = { epoch: '', revision: 0 };
  const store = createStore<OrdersState>()((set, get) => ({
    load: { kind: 'loading' },
    filter: initialOrdersFilter,
    list: emptyPlaceList(),
    takenFor: initialOrdersFilter,
    scrollOffset: 0,
    setFilter: (change) => {
      set({ filter: { ...get().filter, ...change }, scrollOffset: 0 });
      void feed.refresh();
    },
    showNew: () => void feed.refresh(),
    see: (places) => {
      sight = places;
      void fill();
    },
    keepScroll: (scrollOffset) => set({ scrollOffset }),
  }));

  const isTakenForFilter = (): boolean => {
    const { load, filter, takenFor } = store.getState();
    return load.kind === 'ready' && takenFor === filter;
  };

  /** Asks for the rows that are missing near sight, one question at a time: a hand that drags is faster than any answer. */
  const fill = async (): Promise<void> => {
    while (awaited.size === 0) {
      const ids = missingIn(store.getState().list, sight);
      if (ids.length === 0) return;
      awaited = new Set(ids);
      const outcome = await perform(link, (client) => client.orders.rows({ ids: [...ids] }));
      awaited = new Set();
      // Of a station that is away, or another one: once it is back, the list is taken anew.
      if (outcome.kind === 'failed' || outcome.value.epoch !== takenAt.epoch) return;
      const { orders, revision } = outcome.value;
      // Events up to the list's own revision were not for these rows.
      if (revision < takenAt.revision) continue;
      store.setState(({ list }) => ({ list: fillPlaces(list, ids, { rows: orders, revision }, sight) }));
    }
  };

  const placesFor = (client: Client, filter: OrdersFilter) => client.orders.places(toOrdersQuery(filter));

  /** The first page is shown at once; the places below it follow. */
  const readFurtherPlaces = async (): Promise<void> => {
    const { filter, list } = store.getState();
    const outcome = await perform(link, (client) => placesFor(client, filter));
    // To read 100,000 places is one task, to show them another: neither may hold up a hand.
    await nextTask();
    const state = store.getState();
    if (outcome.kind === 'failed' || state.list.places !== list.places) return;
    const { ids, total } = outcome.value;
    store.setState({ list: addPlaces(state.list, ids, total) });
    void fill();
  };

  const feed = new Feed(link, {
    events: (client) => client.orders.onChanged,
    snapshot: async (client) => {
      const { filter } = store.getState();
      const isShown = isTakenForFilter();
      const page = await client.orders.list({ ...toOrdersQuery(filter), offset: 0, limit: pageSize });
      const ids = page.orders.map(({ id }) => id);
      // A list that somebody looks at must not become short until its further places are there.
      if (!isShown || page.total <= ids.length) return { ...page, ids };
      const places = await placesFor(client, filter);
      return { ...page, ids: places.ids, total: places.total };
    },
    onSnapshot: ({ epoch, revision, orders, ids, total }, reason) => {
      const answer = { rows: orders, revision, ids, total };
      const { list, filter } = store.getState();
      const keeps = reason === 'reconnected' && isTakenForFilter();
      const isFirstPage = !isTakenForFilter() && ids.length < total;
      takenAt = { epoch, revision };
      store.setState({
        takenFor: filter,
        load: { kind: 'ready', asOf: now() },
        list: keeps ? keepPlaces(list, answer) : takePlaces(list.rows, answer),
      });
      if (isFirstPage) void readFurtherPlaces();
      void fill();
    },
    onEvent: ({ orders, revision }) => {
      const { list, filter, load } = store.getState();
      const shownSinceMs = load.kind === 'ready' ? load.asOf : 0;
      const changed = changePlaces(
        list,
        { rows: orders, revision },
        {
          belongs: (row) => belongsToOrders(row, filter),
          isNew: (row) => Date.parse(row.receivedAt) >= shownSinceMs,
          isAwaited: (id) => awaited.has(id),
        },
      );
      if (changed === list) return;
      store.setState({ list: changed });
      // An empty list has no row that could move.
      if (changed.ids.length === 0 && changed.newIds.length > 0) void feed.refresh();
    },
    onFailure: (error) => store.setState({ load: { kind: 'failed', message: error.message } }),
  });
  refreshWhenAway(hand, refreshAfterAwayMs, () => {
    if (store.getState().list.stale) void feed.refresh();
  });
  return store;
};
