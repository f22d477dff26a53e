import { appendHistory, type NewHistoryEntry } from '../store/history.ts';
import { refreshProgress } from '../store/refresh-progress.ts';
import type { WriteTransaction } from '../store/store.ts';
import { type DiskSpace, diskFullText, type Room } from './disk-space.ts';
import type { DownloadRow } from './download-rows.ts';

/** A disk that was full is looked at again this much later. */
export const diskCheckEveryMs = 30_000;

/** What is to become of the rows that a look at the table found. */
export interface ClaimPlan {
  readonly take: readonly DownloadRow[];
  /** Their item or order was cancelled: they are taken off. */
  readonly callOff: readonly DownloadRow[];
  readonly full: readonly { readonly row: DownloadRow; readonly room: Room & { readonly kind: 'full' } }[];
}

/** Sorts the rows that may run into those that fit on the disk and those that do not. */
export const planClaim = async (
  rows: readonly (DownloadRow & { readonly calledOff: boolean })[],
  disk: DiskSpace,
): Promise<ClaimPlan> => {
  const take: DownloadRow[] = [];
  const full: { row: DownloadRow; room: Room & { kind: 'full' } }[] = [];
  for (const row of rows) {
    if (row.calledOff) continue;
    const stillToCome = Math.max(0, (row.expectedBytes ?? 0) - (row.validator === null ? 0 : row.receivedBytes));
    const room = await disk.admit(row.id, stillToCome);
    if (room.kind === 'full') full.push({ row, room });
    else take.push(row);
  }
  return { take, callOff: rows.filter((row) => row.calledOff), full };
};

export interface ClaimTimes {
  readonly owner: string;
  readonly nowMs: number;
  readonly leaseMs: number;
}

/** Notes that the items' files are being fetched; answers the orders that are a stage further for it. */
const beginItems = async (
  { db }: WriteTransaction,
  rows: readonly DownloadRow[],
  nowMs: number,
): Promise<ReadonlySet<number>> => {
  const itemIds = rows.flatMap((row) => (row.itemId === null ? [] : [row.itemId]));
  if (itemIds.length === 0) return new Set();
  const begun = await db
    .updateTable('items')
    .set({ fetchingAtMs: nowMs })
    .where('id', 'in', itemIds)
    .where('fetchingAtMs', 'is', null)
    .returning('orderId')
    .execute();
  return new Set(begun.map((item) => item.orderId));
};

const entryFor = (row: DownloadRow, nowMs: number): Omit<NewHistoryEntry, 'code' | 'detail'> => ({
  atMs: nowMs,
  evidence: 'stationDid',
  orderId: row.orderId,
  itemId: row.itemId,
  fileId: row.id,
  connectionId: row.connectionId,
});

const setAside = async (transaction: WriteTransaction, plan: ClaimPlan, nowMs: number): Promise<void> => {
  const { db, touched } = transaction;
  for (const { row, room } of plan.full) {
    const problem = diskFullText(room);
    await db
      .updateTable('files')
      .set({ state: 'waiting', problem, problemCode: 'diskFull', nextAtMs: nowMs + diskCheckEveryMs })
      .where('id', '=', row.id)
      .execute();
    touched.files.add(row.id);
    if (row.problemCode === 'diskFull') continue;
    await appendHistory(transaction, [
      { ...entryFor(row, nowMs), code: 'file.waiting', detail: { role: row.role, code: 'diskFull', problem } },
    ]);
  }
  const calledOff = plan.callOff.map((row) => row.id);
  if (calledOff.length > 0)
    await db.updateTable('files').set({ nextAtMs: null }).where('id', 'in', calledOff).execute();
  for (const id of calledOff) touched.files.add(id);
};

/** Commits a plan; answers the rows that were taken, with this try counted. A row that changed meanwhile is left alone. */
export const claimFiles = async (
  transaction: WriteTransaction,
  plan: ClaimPlan,
  { owner, nowMs, leaseMs }: ClaimTimes,
): Promise<readonly DownloadRow[]> => {
  const { db, touched } = transaction;
  await setAside(transaction, plan, nowMs);
  if (plan.take.length === 0) return [];
  const taken = await db
    .updateTable('files')
    .set((value) => ({
      state: 'fetching',
      attempts: value('attempts', '+', 1),
      leaseOwner: owner,
      leaseUntilMs: nowMs + leaseMs,
      problem: null,
      problemCode: null,
    }))
    .where(
      'id',
      'in',
      plan.take.map((row) => row.id),
    )
    .where('nextAtMs', 'is not', null)
    .returning('id')
    .execute();
  const ids = new Set(taken.map((row) => row.id));
  const rows = plan.take.filter((row) => ids.has(row.id));
  const furtherOrders = await beginItems(transaction, rows, nowMs);
  await appendHistory(
    transaction,
    rows
      .filter((row) => row.attempts === 0)
      .map((row) => ({ ...entryFor(row, nowMs), code: 'file.fetching', detail: { role: row.role } })),
  );
  for (const row of rows) touched.files.add(row.id);
  for (const orderId of furtherOrders) await refreshProgress(transaction, orderId);
  return rows.map((row) => ({ ...row, attempts: row.attempts + 1 }));
};
