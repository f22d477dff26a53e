import { createStore } from 'zustand/vanilla';
import type { HandoverView, HotFolderSettings, HotFolderView } from '../../main/contract/hot-folders.ts';
import { Feed } from './feed.ts';
import { mergeRows } from './keyed-rows.ts';
import { type Outcome, perform } from './perform.ts';
import { refreshWhenAway } from './refresh-when-away.ts';
import type { LoadState, StoreDeps } from './store-deps.ts';

export interface FolderCheck {
  readonly ok: boolean;
  readonly steps: readonly { readonly step: string; readonly ok: boolean; readonly detail: string }[];
  readonly freeBytes: number | null;
  readonly latencyMs: number | null;
}

export interface HotFoldersState {
  readonly load: LoadState;
  readonly hotFolders: readonly HotFolderView[];
  readonly handovers: readonly HandoverView[];
  readonly save: (hotFolder: HotFolderSettings) => Promise<Outcome<unknown>>;
  readonly remove: (id: string) => Promise<Outcome<unknown>>;
  readonly check: (path: string) => Promise<Outcome<FolderCheck>>;
  readonly release: (
    item: number,
    hotFolder: string,
    again: boolean,
  ) => Promise<Outcome<{ readonly handovers: readonly HandoverView[] }>>;
  readonly undo: (handover: number) => Promise<Outcome<unknown>>;
  readonly settle: (handover: number, outcome: 'sent' | 'notSent') => Promise<Outcome<unknown>>;
}

/** So long after the last touch a hand-over that is over leaves its lane: before, it stays to be seen, and no row moves. */
const clearAfterAwayMs = 20_000;

const isOver = (handover: HandoverView): boolean => handover.state === 'pickedUp' || handover.state === 'undone';

export const createHotFoldersStore = ({ link, now, hand }: StoreDeps) => {
  const store = createStore<HotFoldersState>()(() => ({
    load: { kind: 'loading' },
    hotFolders: [],
    handovers: [],
    save: (hotFolder) => perform(link, (client) => client.hotFolders.save({ hotFolder })),
    remove: async (id) => {
      const outcome = await perform(link, (client) => client.hotFolders.remove({ id }));
      await feed.refresh();
      return outcome;
    },
    check: (path) => perform(link, (client) => client.hotFolders.check({ path })),
    release: (item, hotFolder, again) =>
      perform(link, (client) => client.hotFolders.release({ item, hotFolder, again })),
    undo: (handover) => perform(link, (client) => client.hotFolders.undo({ handover })),
    settle: (handover, outcome) => perform(link, (client) => client.hotFolders.settle({ handover, outcome })),
  }));
  const feed = new Feed(link, {
    events: (client) => client.hotFolders.onChanged,
    snapshot: (client) => client.hotFolders.list({}),
    onSnapshot: ({ hotFolders, handovers }) =>
      store.setState({ hotFolders, handovers, load: { kind: 'ready', asOf: now() } }),
    onEvent: ({ hotFolders, handovers }) =>
      store.setState((state) => ({
        hotFolders,
        handovers: mergeRows(state.handovers, handovers, (handover) => handover.id),
      })),
    onFailure: (error) => store.setState({ load: { kind: 'failed', message: error.message } }),
  });
  refreshWhenAway(hand, clearAfterAwayMs, () => {
    const { handovers } = store.getState();
    if (handovers.some(isOver)) store.setState({ handovers: handovers.filter((handover) => !isOver(handover)) });
  });
  return store;
};
