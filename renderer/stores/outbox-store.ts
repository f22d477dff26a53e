import { createStore } from 'zustand/vanilla';
import type { AttemptView, OutboxView } from '../../main/contract/outbox.ts';
import type { OutboxState } from '../../main/contract/values.ts';
import { Feed } from './feed.ts';
import { type Outcome, perform } from './perform.ts';
import { refreshWhenAway } from './refresh-when-away.ts';
import { addPage, changeRows, emptyRowList, keepPlaces, type RowList, takeRows } from './row-list.ts';
import { createSlowly } from './slowly.ts';
import type { LoadState, StoreDeps } from './store-deps.ts';

const pageSize = 200;
const refreshAfterAwayMs = 20_000;
const countPauseMs = 1_000;

export interface OutboxScreenState {
  readonly load: LoadState;
  /** The states that are shown; empty shows all. */
  readonly shown: readonly OutboxState[];
  readonly list: RowList<OutboxView>;
  readonly countByState: Readonly<Record<string, number>>;
  readonly show: (states: readonly OutboxState[]) => void;
  readonly showNew: () => void;
  readonly loadMore: () => void;
  readonly attempts: (
    id: number,
  ) => Promise<Outcome<{ readonly signal: OutboxView; readonly attempts: readonly AttemptView[] }>>;
  readonly undo: (ids: readonly number[]) => Promise<Outcome<unknown>>;
  readonly retry: (id: number) => Promise<Outcome<unknown>>;
  /** Asks the platform what became of a signal that nobody knows to have arrived. */
  readonly lookUp: (id: number) => Promise<Outcome<{ readonly signal: OutboxView }>>;
  readonly retryProblems: () => Promise<Outcome<{ readonly count: number }>>;
  readonly dismiss: (id: number, reason: string) => Promise<Outcome<unknown>>;
}

export const createOutboxStore = ({ link, now, hand }: StoreDeps) => {
  let loadingMore = false;
  /** What the shown rows were taken for: another choice may have been made while the station was away. */
  let takenFor: readonly OutboxState[] = [];
  const store = createStore<OutboxScreenState>()((set) => ({
    load: { kind: 'loading' },
    shown: [],
    list: emptyRowList(),
    countByState: {},
    show: (shown) => {
      set({ shown });
      void feed.refresh();
    },
    showNew: () => void feed.refresh(),
    loadMore: () => void loadMore(),
    attempts: (id) => perform(link, (client) => client.outbox.get({ id })),
    undo: (ids) => perform(link, (client) => client.outbox.undo({ ids: [...ids] })),
    retry: (id) => perform(link, (client) => client.outbox.retry({ id })),
    lookUp: (id) => perform(link, (client) => client.outbox.lookUp({ id })),
    retryProblems: () => perform(link, (client) => client.outbox.retryProblems({})),
    dismiss: (id, reason) => perform(link, (client) => client.outbox.dismiss({ id, reason })),
  }));
  const query = () => {
    const { shown } = store.getState();
    return shown.length === 0 ? {} : { states: [...shown] };
  };

  const loadMore = async (): Promise<void> => {
    const { list, shown } = store.getState();
    if (loadingMore || list.nextOffset >= list.total) return;
    loadingMore = true;
    const outcome = await perform(link, (client) =>
      client.outbox.list({ ...query(), offset: list.nextOffset, limit: pageSize }),
    );
    loadingMore = false;
    const state = store.getState();
    if (outcome.kind === 'failed' || state.shown !== shown || state.list.nextOffset !== list.nextOffset) return;
    const { signals, total, revision } = outcome.value;
    store.setState({ list: addPage(state.list, { rows: signals, total, revision }) });
  };

  /** An event names the changed signals only; the counts over all are asked for, one row with them. */
  const recount = createSlowly(countPauseMs, async () => {
    const outcome = await perform(link, (client) => client.outbox.list({ limit: 1 }));
    if (outcome.kind === 'done') store.setState({ countByState: outcome.value.countByState });
  });

  const feed = new Feed(link, {
    events: (client) => client.outbox.onChanged,
    snapshot: (client) => {
      const limit = Math.min(1000, Math.max(pageSize, store.getState().list.ids.length));
      return client.outbox.list({ ...query(), offset: 0, limit });
    },
    onSnapshot: ({ signals, total, revision }, reason) => {
      const page = { rows: signals, total, revision };
      const { list, load, shown } = store.getState();
      const keeps = reason === 'reconnected' && load.kind === 'ready' && takenFor === shown;
      takenFor = shown;
      store.setState({
        load: { kind: 'ready', asOf: now() },
        list: keeps ? keepPlaces(list, page) : takeRows(page),
      });
      recount();
    },
    onEvent: ({ signals, revision }) => {
      const { list, shown, load } = store.getState();
      const takenAt = load.kind === 'ready' ? load.asOf : 0;
      const changed = changeRows(list, signals, revision, {
        belongs: (signal) => shown.length === 0 || shown.includes(signal.state),
        isNew: (signal) => Date.parse(signal.createdAt) >= takenAt,
      });
      if (changed !== list) store.setState({ list: changed });
      if (changed.ids.length === 0 && changed.newIds.length > 0) void feed.refresh();
      recount();
    },
    onFailure: (error) => store.setState({ load: { kind: 'failed', message: error.message } }),
  });
  refreshWhenAway(hand, refreshAfterAwayMs, () => {
    if (store.getState().list.stale) void feed.refresh();
  });
  return store;
};
