import { createStore } from 'zustand/vanilla';
import type { FileView, TransferProgress } from '../../main/contract/files.ts';
import type { FileState } from '../../main/contract/values.ts';
import { Feed } from './feed.ts';
import { type Outcome, perform } from './perform.ts';
import { refreshWhenAway } from './refresh-when-away.ts';
import { addPage, changeRows, emptyRowList, keepPlaces, type RowList, takeRows } from './row-list.ts';
import { createSlowly } from './slowly.ts';
import type { LoadState, StoreDeps } from './store-deps.ts';

const pageSize = 200;
const refreshAfterAwayMs = 20_000;
const countPauseMs = 1_000;

export interface FilesState {
  readonly load: LoadState;
  /** The one state that is shown; null shows all. */
  readonly shown: FileState | null;
  readonly list: RowList<FileView>;
  readonly countByState: Readonly<Record<string, number>>;
  /** Running transfers by file id. */
  readonly transfers: Readonly<Record<number, TransferProgress>>;
  readonly show: (state: FileState | null) => void;
  readonly showNew: () => void;
  readonly loadMore: () => void;
  readonly retry: (file: number) => Promise<Outcome<unknown>>;
  readonly retryProblems: () => Promise<Outcome<{ readonly count: number }>>;
  /** The desktop app's native drag. */
  readonly dragOut: (files: readonly number[]) => Promise<Outcome<unknown>>;
}

const byFile = (transfers: readonly TransferProgress[]): Record<number, TransferProgress> =>
  Object.fromEntries(transfers.map((transfer) => [transfer.fileId, transfer]));

export const createFilesStore = ({ link, now, hand }: StoreDeps) => {
  let loadingMore = false;
  /** What the shown rows were taken for: another choice may have been made while the station was away. */
  let takenFor: FileState | null = null;
  const store = createStore<FilesState>()((set) => ({
    load: { kind: 'loading' },
    shown: null,
    list: emptyRowList(),
    countByState: {},
    transfers: {},
    show: (shown) => {
      set({ shown });
      void feed.refresh();
    },
    showNew: () => void feed.refresh(),
    loadMore: () => void loadMore(),
    retry: (file) => perform(link, (client) => client.files.retry({ file })),
    retryProblems: () => perform(link, (client) => client.files.retryProblems({})),
    dragOut: (files) => perform(link, (client) => client.desktop.dragOut({ files: [...files] })),
  }));
  const query = () => {
    const { shown } = store.getState();
    return shown === null ? {} : { states: [shown] };
  };

  const loadMore = async (): Promise<void> => {
    const { list, shown } = store.getState();
    if (loadingMore || list.nextOffset >= list.total) return;
    loadingMore = true;
    const outcome = await perform(link, (client) =>
      client.files.list({ ...query(), offset: list.nextOffset, limit: pageSize }),
    );
    loadingMore = false;
    const state = store.getState();
    if (outcome.kind === 'failed' || state.shown !== shown || state.list.nextOffset !== list.nextOffset) return;
    const { files, total, revision } = outcome.value;
    store.setState({ list: addPage(state.list, { rows: files, total, revision }) });
  };

  /** An event names the changed files only; the counts over all files are asked for, one row with them. */
  const recount = createSlowly(countPauseMs, async () => {
    const outcome = await perform(link, (client) => client.files.list({ limit: 1 }));
    if (outcome.kind === 'done') store.setState({ countByState: outcome.value.countByState });
  });

  const feed = new Feed(link, {
    events: (client) => client.files.onChanged,
    snapshot: (client) => {
      const limit = Math.min(1000, Math.max(pageSize, store.getState().list.ids.length));
      return client.files.list({ ...query(), offset: 0, limit });
    },
    onSnapshot: ({ files, total, revision, transfers }, reason) => {
      const page = { rows: files, total, revision };
      const { list, load, shown } = store.getState();
      const keeps = reason === 'reconnected' && load.kind === 'ready' && takenFor === shown;
      takenFor = shown;
      store.setState({
        load: { kind: 'ready', asOf: now() },
        list: keeps ? keepPlaces(list, page) : takeRows(page),
        transfers: byFile(transfers),
      });
      recount();
    },
    onEvent: ({ files, revision }) => {
      const { list, shown } = store.getState();
      const highestId = Math.max(0, ...list.ids);
      const changed = changeRows(list, files, revision, {
        belongs: (file) => shown === null || file.state === shown,
        isNew: (file) => file.id > highestId,
      });
      if (changed !== list) store.setState({ list: changed });
      if (changed.ids.length === 0 && changed.newIds.length > 0) void feed.refresh();
      recount();
    },
    onFailure: (error) => store.setState({ load: { kind: 'failed', message: error.message } }),
  });
  link.onClient((client) => {
    client.files.onProgress(({ transfers }) => store.setState({ transfers: byFile(transfers) }));
  });
  refreshWhenAway(hand, refreshAfterAwayMs, () => {
    if (store.getState().list.stale) void feed.refresh();
  });
  return store;
};
