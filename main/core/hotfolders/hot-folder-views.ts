import type { HandoverView, HotFolderView } from '../../contract/hot-folders.ts';
import { toMoment, toMomentOrNull } from '../ports/clock.ts';
import type { Reader } from '../store/store.ts';
import { type HotFolder, readAllHotFolders } from './hot-folder-records.ts';
import { pendingStates } from './lane-rows.ts';

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
      oldestLyingSince: toMomentOrNull(lying?.oldestSentAtMs ?? null),
    };
  };
};

/** The hot folders in use, in configured order; with `ids` only those of them. */
export const hotFolderViews = async (db: Reader, ids?: ReadonlySet<string>): Promise<HotFolderView[]> => {
  const [folders, contents] = await Promise.all([readAllHotFolders(db), contentsOf(db)]);
  return folders
    .filter(({ stored }) => !stored.removed && (ids === undefined || ids.has(stored.id)))
    .map((folder) => ({
      ...folder.settings,
      ...contents(folder.settings.id),
      state: folder.state,
      problem: folder.problem,
      lastPickUpAt: toMomentOrNull(folder.lastPickUpAtMs),
      fromConfig: folder.fromConfig,
    }));
};

const handoverRows = (db: Reader) =>
  db.selectFrom('handovers').innerJoin('files', 'files.id', 'handovers.fileId').selectAll('handovers').select('role');

type Row = Awaited<ReturnType<ReturnType<typeof handoverRows>['execute']>>[number];

const toView = (row: Row, folder: HotFolder | undefined, nowMs: number): HandoverView => ({
  id: row.id,
  fileId: row.fileId,
  itemId: row.itemId,
  orderId: row.orderId,
  hotFolder: row.hotFolderId,
  hotFolderName: folder?.settings.name ?? row.hotFolderId,
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
    nowMs >= row.sentAtMs + (folder?.settings.pickUpAlarmSeconds ?? Number.POSITIVE_INFINITY) * 1000,
  problem: row.problem,
});

const toViews = async (db: Reader, rows: readonly Row[], nowMs: number): Promise<HandoverView[]> => {
  if (rows.length === 0) return [];
  const folders = new Map((await readAllHotFolders(db)).map((folder) => [folder.settings.id, folder]));
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
