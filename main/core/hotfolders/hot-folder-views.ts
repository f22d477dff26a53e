import type { HandoverView, HotFolderView } from '../../contract/hot-folders.ts';
import { toMoment, toMomentOrNull } from '../ports/clock.ts';
import type { Reader } from '../store/store.ts';
import type { FolderListing } from './folder-listing.ts';
import { type HotFolder, readAllHotFolders } from './hot-folder-records.ts';
import { insideOf, takenFrom, toldOutcome } from './inside-views.ts';
import { pendingStates } from './lane-rows.ts';
import { alarmAfterMs, usualPickUpMs } from './pick-up-time.ts';
import { readsOutcomes } from './presets.ts';

/** The Hot folders screen shows at most this many hand-overs that are not finished. */
const openHandoversShown = 1000;

const openStates = ['sent', 'maybeSent', 'problem', ...pendingStates] as const;
const undoableStates: readonly string[] = ['sent', 'intended', 'waiting', 'problem'];

const contentsOf = async (db: Reader) => {
  const rows = await db
    .selectFrom('handovers')
    .select((query) => [
      'hotFolderId',
      'state',
      query.fn.countAll<number>().as('count'),
      query.fn.min('sentAtMs').as('oldestSentAtMs'),
    ])
    .where('state', 'in', ['sent', ...pendingStates])
    .groupBy(['hotFolderId', 'state'])
    .execute();
  return (hotFolderId: string) => {
    const own = rows.filter((row) => row.hotFolderId === hotFolderId);
    const lying = own.find((row) => row.state === 'sent');
    return {
      lying: lying?.count ?? 0,
      waiting: own.reduce((sum, row) => (row.state === 'sent' ? sum : sum + row.count), 0),
      oldestLyingAtMs: lying?.oldestSentAtMs ?? null,
    };
  };
};

export interface HotFolderViewDeps {
  readonly db: Reader;
  readonly nowMs: number;
  /** The last listing of a hot folder; null before the first. */
  readonly listingOf: (hotFolderId: string) => FolderListing | null;
}

const viewOf = async (
  { db, nowMs, listingOf }: HotFolderViewDeps,
  folder: HotFolder,
  { oldestLyingAtMs, ...counts }: ReturnType<Awaited<ReturnType<typeof contentsOf>>>,
): Promise<HotFolderView> => {
  const { settings } = folder;
  const listing = listingOf(settings.id);
  const [usualMs, inside, taken] = await Promise.all([
    usualPickUpMs(db, settings.id),
    insideOf(db, settings.id, listing),
    takenFrom(db, settings.id),
  ]);
  const alarmMs = alarmAfterMs(settings, usualMs);
  return {
    ...settings,
    ...counts,
    oldestLyingSince: toMomentOrNull(oldestLyingAtMs),
    state: folder.state,
    problem: folder.problem,
    lastPickUpAt: toMomentOrNull(folder.lastPickUpAtMs),
    usualPickUpSeconds: usualMs === null ? null : Math.max(1, Math.round(usualMs / 1000)),
    alarmAfterSeconds: Math.round(alarmMs / 1000),
    stuck: oldestLyingAtMs !== null && nowMs >= oldestLyingAtMs + alarmMs,
    inside,
    outcomes: readsOutcomes(settings) ? (listing?.outcomes ?? 'unknown') : 'none',
    taken,
    fromConfig: folder.fromConfig,
  };
};

/** The hot folders in use, in configured order; with `ids` only those of them. */
export const hotFolderViews = async (deps: HotFolderViewDeps, ids?: ReadonlySet<string>): Promise<HotFolderView[]> => {
  const [folders, contents] = await Promise.all([readAllHotFolders(deps.db), contentsOf(deps.db)]);
  return Promise.all(
    folders
      .filter(({ stored }) => !stored.removed && (ids === undefined || ids.has(stored.id)))
      .map((folder) => viewOf(deps, folder, contents(folder.settings.id))),
  );
};

const handoverRows = (db: Reader) =>
  db
    .selectFrom('handovers')
    .innerJoin('files', 'files.id', 'handovers.fileId')
    .innerJoin('orders', 'orders.id', 'handovers.orderId')
    .leftJoin('items', 'items.id', 'handovers.itemId')
    .selectAll('handovers')
    .select(['files.role', 'orders.externalId as order', 'items.number as itemNumber']);

type Row = Awaited<ReturnType<ReturnType<typeof handoverRows>['execute']>>[number];

interface ShownFolder {
  readonly name: string;
  readonly alarmMs: number;
}

/** The names of the folders of these hand-overs, and when a file that lies in one is overdue. */
const foldersOf = async (db: Reader, rows: readonly Row[]): Promise<ReadonlyMap<string, ShownFolder>> => {
  const lyingIn = new Set(rows.filter(({ state }) => state === 'sent').map(({ hotFolderId }) => hotFolderId));
  const folders = await readAllHotFolders(db);
  return new Map(
    await Promise.all(
      folders.map(async ({ settings }) => {
        const usualMs = lyingIn.has(settings.id) ? await usualPickUpMs(db, settings.id) : null;
        return [settings.id, { name: settings.name, alarmMs: alarmAfterMs(settings, usualMs) }] as const;
      }),
    ),
  );
};

const toView = (row: Row, folder: ShownFolder | undefined, nowMs: number): HandoverView => ({
  id: row.id,
  fileId: row.fileId,
  itemId: row.itemId,
  orderId: row.orderId,
  order: row.order,
  itemNumber: row.itemNumber,
  hotFolder: row.hotFolderId,
  hotFolderName: folder?.name ?? row.hotFolderId,
  fileName: row.fileName,
  role: row.role,
  state: row.state,
  intendedAt: toMoment(row.intendedAtMs),
  sentAt: toMomentOrNull(row.sentAtMs),
  pickedUpAt: toMomentOrNull(row.pickedUpAtMs),
  undoable: undoableStates.includes(row.state) && row.leaseOwner === null,
  overdue:
    row.state === 'sent' &&
    row.sentAtMs !== null &&
    nowMs >= row.sentAtMs + (folder?.alarmMs ?? Number.POSITIVE_INFINITY),
  problem: row.problem,
  ...toldOutcome(row),
});

const toViews = async (db: Reader, rows: readonly Row[], nowMs: number): Promise<HandoverView[]> => {
  if (rows.length === 0) return [];
  const folders = await foldersOf(db, rows);
  return rows.map((row) => toView(row, folders.get(row.hotFolderId), nowMs));
};

/** The hand-overs that are not finished, oldest first. */
export const openHandoverViews = async (db: Reader, nowMs: number): Promise<HandoverView[]> =>
  toViews(
    db,
    await handoverRows(db)
      .where('handovers.state', 'in', openStates)
      .orderBy('handovers.id')
      .limit(openHandoversShown)
      .execute(),
    nowMs,
  );

/** All hand-overs of these orders, oldest first. */
export const handoversOfOrders = async (
  db: Reader,
  orderIds: readonly number[],
  nowMs: number,
): Promise<HandoverView[]> =>
  orderIds.length === 0
    ? []
    : toViews(
        db,
        await handoverRows(db).where('handovers.orderId', 'in', orderIds).orderBy('handovers.id').execute(),
        nowMs,
      );

export const handoversById = async (db: Reader, ids: readonly number[], nowMs: number): Promise<HandoverView[]> =>
  ids.length === 0
    ? []
    : toViews(db, await handoverRows(db).where('handovers.id', 'in', ids).orderBy('handovers.id').execute(), nowMs);
