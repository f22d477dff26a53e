import { createStore } from 'zustand/vanilla';
import type { AttemptView, FailedGroup, GroupDecision, OutboxView } from '../../main/contract/outbox.ts';
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

/** What the screen shows: signals one by one, or what failed, by its cause. */
export type OutboxChoice =
  /** Signals in these states; none shows all. */
  | { readonly kind: 'states'; readonly states: readonly OutboxState[] }
  | { readonly kind: 'causes' }
  /** The signals of one cause. */
  | { readonly kind: 'group'; readonly key: string };

export interface OutboxScreenState {
  readonly load: LoadState;
  readonly shown: OutboxChoice;
  readonly list: RowList<OutboxView>;
  readonly countByState: Readonly<Record<string, number>>;
  /** What failed, by its cause. */
  readonly groups: readonly FailedGroup[];
  readonly show: (states: readonly OutboxState[]) => void;
  readonly showCauses: () => void;
  readonly showGroup: (key: string) => void;
  readonly decide: (group: string, decision: GroupDecision) => Promise<Outcome<{ readonly count: number }>>;
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

const showAll: OutboxChoice = { kind: 'states', states: [] };

/** A group's key says nothing by itself: a signal that has left it is seen by what became of it. */
const belongsTo = (shown: OutboxChoice, signal: OutboxView, isListed: boolean): boolean =>
  shown.kind === 'states'
    ? shown.states.length === 0 || shown.states.includes(signal.state)
    : isListed && signal.state !== 'sent' && signal.state !== 'cancelled';

export const createOutboxStore = ({ link, now, hand }: StoreDeps) => {
  let loadingMore = false;
  /** What the shown rows were taken for: another choice may have been made while the station was away. */
  let takenFor: OutboxChoice = showAll;
  const store = createStore<OutboxScreenState>()((set) => ({
    load: { kind: 'loading' },
    shown: showAll,
    list: emptyRowList(),
    countByState: {},
    groups: [],
    show: (states) => {
      set({ shown: { kind: 'states', states } });
      void feed.refresh();
    },
    showCauses: () => {
      set({ shown: { kind: 'causes' } });
      recount();
    },
    showGroup: (key) => {
      set({ shown: { kind: 'group', key } });
      void feed.refresh();
    },
    decide: (group, decision) => perform(link, (client) => client.outbox.decideGroup({ group, decision })),
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
    if (shown.kind === 'group') return { failedGroup: shown.key };
    return shown.kind === 'causes' || shown.states.length === 0 ? {} : { states: [...shown.states] };
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

  /** An event names the changed signals only; the counts over all and the causes are asked for. */
  const recount = createSlowly(countPauseMs, async () => {
    const [counts, failed] = await Promise.all([
      perform(link, (client) => client.outbox.list({ limit: 1 })),
      perform(link, (client) => client.outbox.failedGroups({})),
    ]);
    if (counts.kind === 'done') store.setState({ countByState: counts.value.countByState });
    if (failed.kind === 'done') store.setState({ groups: failed.value.groups });
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
        belongs: (signal) => belongsTo(shown, signal, list.rows[signal.id] !== undefined),
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
