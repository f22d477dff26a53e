import { createStore } from 'zustand/vanilla';
import type { OrderRow } from '../../main/contract/orders.ts';
import { Feed } from './feed.ts';
import { belongsToOrders, initialOrdersFilter, type OrdersFilter, toOrdersQuery } from './orders-filter.ts';
import { perform } from './perform.ts';
import { refreshWhenAway } from './refresh-when-away.ts';
import { addPage, changeRows, emptyRowList, keepPlaces, type RowList, takeRows } from './row-list.ts';
import type { LoadState, StoreDeps } from './store-deps.ts';

const pageSize = 300;
/** Long enough that a person who only reads, or walks to the machine and back, finds the rows where they were. */
const refreshAfterAwayMs = 120_000;

export interface OrdersState {
  readonly load: LoadState;
  readonly filter: OrdersFilter;
  readonly list: RowList<OrderRow>;
  /** The filter that the list was taken for; the chosen one's rows may still be on their way. */
  readonly takenFor: OrdersFilter;
  /** How many pixels the list was scrolled when the screen was left. */
  readonly scrollOffset: number;
  readonly setFilter: (change: Partial<OrdersFilter>) => void;
  /** Shows new rows and the present order. */
  readonly showNew: () => void;
  readonly loadMore: () => void;
  readonly keepScroll: (offset: number) => void;
}

export const createOrdersStore = ({ link, now, hand }: StoreDeps) => {
  let loadingMore = false;
  const store = createStore<OrdersState>()((set, get) => ({
    load: { kind: 'loading' },
    filter: initialOrdersFilter,
    list: emptyRowList(),
    takenFor: initialOrdersFilter,
    scrollOffset: 0,
    setFilter: (change) => {
      set({ filter: { ...get().filter, ...change }, scrollOffset: 0 });
      void feed.refresh();
    },
    showNew: () => void feed.refresh(),
    loadMore: () => void loadMore(),
    keepScroll: (scrollOffset) => set({ scrollOffset }),
  }));

  const loadMore = async (): Promise<void> => {
    const { list, filter } = store.getState();
    if (loadingMore || list.nextOffset >= list.total) return;
    loadingMore = true;
    const outcome = await perform(link, (client) =>
      client.orders.list({ ...toOrdersQuery(filter), offset: list.nextOffset, limit: pageSize }),
    );
    loadingMore = false;
    const state = store.getState();
    if (outcome.kind === 'failed' || state.filter !== filter || state.list.nextOffset !== list.nextOffset) return;
    const { orders, total, revision } = outcome.value;
    store.setState({ list: addPage(state.list, { rows: orders, total, revision }) });
  };

  const feed = new Feed(link, {
    events: (client) => client.orders.onChanged,
    snapshot: (client) => {
      const { filter, list } = store.getState();
      const limit = Math.min(1000, Math.max(pageSize, list.ids.length));
      return client.orders.list({ ...toOrdersQuery(filter), offset: 0, limit });
    },
    onSnapshot: ({ orders, total, revision }, reason) => {
      const page = { rows: orders, total, revision };
      const { list, load, filter, takenFor } = store.getState();
      // Another filter may have been chosen while the station was away.
      const keeps = reason === 'reconnected' && load.kind === 'ready' && takenFor === filter;
      store.setState({
        takenFor: filter,
        load: { kind: 'ready', asOf: now() },
        list: keeps ? keepPlaces(list, page) : takeRows(page),
      });
    },
    onEvent: ({ orders, revision }) => {
      const { list, filter, load } = store.getState();
      const takenAt = load.kind === 'ready' ? load.asOf : 0;
      const changed = changeRows(list, orders, revision, {
        belongs: (row) => belongsToOrders(row, filter),
        isNew: (row) => Date.parse(row.receivedAt) >= takenAt,
      });
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
