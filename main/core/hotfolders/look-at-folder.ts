import type { WriteTransaction } from '../store/store.ts';
import { type FolderFailure, folderFailure, otherVolume } from './folder-failure.ts';
import { compareIdentity, equalIdentity, type FolderIdentity, type IdentityRelation } from './folder-identity.ts';
import { changeHandover } from './handover-changes.ts';
import { findHotFolder, type HotFolder, storeSettings } from './hot-folder-records.ts';
import type { LaneContext, OverdueFile } from './lane-context.ts';
import { type LaneRow, laneRows, pendingStates } from './lane-rows.ts';
import { setLaneState } from './lane-state.ts';

export type FolderLook =
  | { readonly kind: 'seen'; readonly folder: HotFolder }
  | { readonly kind: 'failed'; readonly failure: FolderFailure };

/** The files that lie in the folder, as far as is known; those that are being taken back are left alone. */
const lyingRows = (context: LaneContext, db = context.deps.store.read): Promise<LaneRow[]> =>
  laneRows(db, context.hotFolderId)
    .where('handovers.state', '=', 'sent')
    .where('handovers.leaseOwner', 'is', null)
    .orderBy('handovers.id')
    .execute();

/** A file is gone. From the folder it was in, the RIP took it; from one that was replaced, nobody can tell. */
const noteGone = async (
  transaction: WriteTransaction,
  row: LaneRow,
  relation: IdentityRelation,
  nowMs: number,
): Promise<void> => {
  const taken = relation === 'same';
  if (taken) {
    await transaction.db
      .updateTable('hotFolders')
      .set({ lastPickUpAtMs: nowMs })
      .where('id', '=', row.hotFolderId)
      .execute();
  }
  await changeHandover(transaction, row, {
    set: taken
      ? { state: 'pickedUp', pickedUpAtMs: nowMs, problem: null }
      : { state: 'maybeSent', problem: 'the hot folder was replaced while the file lay in it' },
    fileName: row.fileName,
    history: taken
      ? { code: 'handover.pickedUp', evidence: 'leftTheFolder' }
      : { code: 'handover.maybeSent', evidence: 'stationDid' },
    nowMs,
  });
};

/** Raises the alarm for a file that was seen to lie too long, once: its problem line stays until it leaves. */
const noteOverdue = async (
  transaction: WriteTransaction,
  row: LaneRow,
  folder: HotFolder,
  nowMs: number,
): Promise<OverdueFile | null> => {
  const { pickUpAlarmSeconds } = folder.settings;
  if (row.problem !== null || row.sentAtMs === null || nowMs < row.sentAtMs + pickUpAlarmSeconds * 1000) return null;
  await changeHandover(transaction, row, {
    set: { problem: `not picked up within ${pickUpAlarmSeconds} s` },
    fileName: row.fileName,
    history: { code: 'handover.overdue', evidence: 'foundInFolder', detail: { seconds: pickUpAlarmSeconds } },
    nowMs,
  });
  return {
    handoverId: row.id,
    hotFolderId: row.hotFolderId,
    hotFolderName: row.hotFolderName,
    fileName: row.fileName,
    orderId: row.orderId,
  };
};

const isWaitedFor = async ({ db }: WriteTransaction, hotFolderId: string): Promise<boolean> =>
  (await db
    .selectFrom('handovers')
    .select('id')
    .where('hotFolderId', '=', hotFolderId)
    .where('state', 'in', pendingStates)
    .limit(1)
    .executeTakeFirst()) !== undefined;

const rememberIdentity = async (
  { db }: WriteTransaction,
  { stored }: HotFolder,
  identity: FolderIdentity,
): Promise<void> => {
  if (equalIdentity(stored.identity, identity)) return;
  await db
    .updateTable('hotFolders')
    .set(storeSettings({ ...stored, identity }))
    .where('id', '=', stored.id)
    .execute();
};

/** Removes temporary files that an earlier run left, once a run, and only those whose name is in the table. */
const sweep = async (context: LaneContext, folder: HotFolder, temporaryNames: readonly string[]): Promise<void> => {
  if (context.sweep.done) return;
  context.sweep.done = true;
  if (temporaryNames.length === 0) return;
  const rows = await context.deps.store.read
    .selectFrom('handovers')
    .select('temporaryName')
    .where('hotFolderId', '=', context.hotFolderId)
    .where('temporaryName', 'in', temporaryNames)
    .where('state', '!=', 'copying')
    .where('leaseOwner', 'is', null)
    .execute();
  for (const { temporaryName } of rows) {
    await context.disk.run('remove', { folder: folder.settings.path, temporaryName });
  }
};

/**
 * Lists the folder once and writes down what that proves: files that left, files that lie too long, and that the folder
 * is there. A listing that fails proves nothing; neither does one of another volume, which is how a share that is not
 * mounted looks. Call it through `oneAtATime`.
 */
export const lookAtFolder = async (context: LaneContext): Promise<FolderLook> => {
  const { store, clock } = context.deps;
  const folder = await findHotFolder(store.read, context.hotFolderId);
  if (folder === null) return { kind: 'failed', failure: folderFailure('ENOENT') };
  const asked = await lyingRows(context);
  const look = await context.disk.run('look', {
    folder: folder.settings.path,
    names: asked.map((row) => row.fileName),
  });
  if (look.kind === 'failed') return { kind: 'failed', failure: folderFailure(look.code) };

  const { identity, gone, temporaryNames } = look.value;
  // Some shares number their folders anew with each mount: a file that still lies there proves that it is the same one.
  const relation = gone.length < asked.length ? 'same' : compareIdentity(folder.stored.identity, identity);
  if (relation === 'otherVolume') return { kind: 'failed', failure: otherVolume };

  const goneNames = new Set(gone);
  const askedIds = new Set(asked.map((row) => row.id));
  const nowMs = clock.nowMs();
  const { overdue, change } = await store.write(async (transaction) => {
    const now = await findHotFolder(transaction.db, context.hotFolderId);
    if (now?.settings.path !== folder.settings.path) return { overdue: [], change: null };
    // Again, because a person may have taken one back or answered for it meanwhile.
    const lying = (await lyingRows(context, transaction.db)).filter((row) => askedIds.has(row.id));
    const alarms: OverdueFile[] = [];
    for (const row of lying) {
      if (goneNames.has(row.fileName)) await noteGone(transaction, row, relation, nowMs);
      else {
        const alarm = await noteOverdue(transaction, row, folder, nowMs);
        if (alarm !== null) alarms.push(alarm);
      }
    }
    await rememberIdentity(transaction, now, identity);
    // A listing shows that the folder is there, not that it can be written: what waits for it proves that.
    const clears = !(await isWaitedFor(transaction, context.hotFolderId));
    return {
      overdue: alarms,
      change: clears ? await setLaneState(transaction, context.hotFolderId, 'ok', null, nowMs) : null,
    };
  });
  for (const file of overdue) context.deps.onOverdue(file);
  if (change !== null) context.deps.onLaneChanged(change);
  await sweep(context, folder, temporaryNames);
  return { kind: 'seen', folder };
};

/** Makes sure that the folder is there and is the one that files were handed over to. */
export const confirmFolder = async (context: LaneContext): Promise<FolderLook> => {
  const folder = await findHotFolder(context.deps.store.read, context.hotFolderId);
  if (folder === null) return { kind: 'failed', failure: folderFailure('ENOENT') };
  const found = await context.disk.run('identify', { folder: folder.settings.path });
  if (found.kind === 'failed') return { kind: 'failed', failure: folderFailure(found.code) };
  const known = context.sweep.done && equalIdentity(folder.stored.identity, found.value);
  return known ? { kind: 'seen', folder } : context.oneAtATime(() => lookAtFolder(context));
};
