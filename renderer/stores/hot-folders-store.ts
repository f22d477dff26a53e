import { createStore } from 'zustand/vanilla';
import type { HandoverView, HotFolderSettings, HotFolderView, ItemFits } from '../../main/contract/hot-folders.ts';
import { Feed } from './feed.ts';
import { watchFits } from './fits-watch.ts';
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

/** What a hand-over by hand may go beyond. */
export interface ReleaseChoice {
  /** Only these files; null: all that the folder takes. */
  readonly files: readonly number[] | null;
  readonly again: boolean;
  readonly anyway: boolean;
}

/** The folder as the RIP uses it, for a check of one that is not saved yet. */
export type PresetChoice = Pick<HotFolderSettings, 'preset' | 'outcome'>;

export interface HotFoldersState {
  readonly load: LoadState;
  readonly hotFolders: readonly HotFolderView[];
  readonly handovers: readonly HandoverView[];
  /** How the files of the watched items fit the folders, by item. */
  readonly fits: Readonly<Record<number, ItemFits>>;
  /** Keeps an item's fits up to date until the function that it answers is called. */
  readonly watchFits: (item: number) => () => void;
  readonly save: (hotFolder: HotFolderSettings) => Promise<Outcome<unknown>>;
  readonly remove: (id: string) => Promise<Outcome<unknown>>;
  readonly look: (id: string) => Promise<Outcome<unknown>>;
  readonly check: (path: string, preset?: PresetChoice) => Promise<Outcome<FolderCheck>>;
  readonly release: (
    item: number,
    hotFolder: string,
    again: boolean,
  ) => Promise<Outcome<{ readonly handovers: readonly HandoverView[] }>>;
  /** The same with a choice of files, and of what a person has confirmed. */
  readonly handOver: (
    item: number,
    hotFolder: string,
    choice: ReleaseChoice,
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
    fits: {},
    watchFits: (item) => fits.watch(item),
    save: (hotFolder) => perform(link, (client) => client.hotFolders.save({ hotFolder })),
    remove: async (id) => {
      const outcome = await perform(link, (client) => client.hotFolders.remove({ id }));
      await feed.refresh();
      return outcome;
    },
    look: (id) => perform(link, (client) => client.hotFolders.look({ id })),
    check: (path, preset) => perform(link, (client) => client.hotFolders.check({ path, ...preset })),
    release: (item, hotFolder, again) =>
      perform(link, (client) => client.hotFolders.release({ item, hotFolder, again })),
    handOver: (item, hotFolder, { files, again, anyway }) =>
      perform(link, (client) =>
        client.hotFolders.release({
          item,
          hotFolder,
          again,
          anyway,
          ...(files === null ? {} : { files: [...files] }),
        }),
      ),
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
  const fits = watchFits(link, (item, answer) =>
    store.setState((state) => ({ fits: { ...state.fits, [item]: answer } })),
  );
  refreshWhenAway(hand, clearAfterAwayMs, () => {
    const { handovers } = store.getState();
    if (handovers.some(isOver)) store.setState({ handovers: handovers.filter((handover) => !isOver(handover)) });
  });
  return store;
};
