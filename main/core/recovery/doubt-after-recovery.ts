import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { stationLine } from '../../contract/station-lines/station-lines.ts';
import { labelRole } from '../hotfolders/misfit.ts';
import { appendHistory } from '../store/history.ts';
import { refreshProgressOfOrders } from '../store/refresh-progress.ts';
import type { Reader, WriteTransaction } from '../store/store.ts';
import { type RecoveryNote, type RecoveryReport, writeRecoveryNote } from './recovery-note.ts';
import { dayMs } from './rolling-name.ts';

/** A file of work that this database knows nothing of having been handed over. */
interface OpenFile {
  readonly id: number;
  readonly orderId: number;
  readonly itemId: number;
  readonly state: string;
  readonly onDisk: boolean;
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** The files of open items that were not handed over, each with whether it lies on the disk under its final name. */
export const openFiles = async (db: Reader, filesFolder: string): Promise<readonly OpenFile[]> => {
  const rows = await db
    .selectFrom('files')
    .innerJoin('items', 'items.id', 'files.itemId')
    .innerJoin('orders', 'orders.id', 'files.orderId')
    .select(['files.id', 'files.orderId', 'items.id as itemId', 'files.state', 'files.relativePath'])
    .where('orders.open', '=', 1)
    .where('orders.lane', '=', 'own')
    .where('items.handedOverAtMs', 'is', null)
    .where('items.shippedAtMs', 'is', null)
    .where('items.cancelledAtMs', 'is', null)
    .where('items.heldAtMs', 'is', null)
    .where('files.role', '!=', labelRole)
    .where('files.deletedAtMs', 'is', null)
    .execute();
  const files: OpenFile[] = [];
  for (const { relativePath, ...row } of rows) {
    files.push({ ...row, onDisk: await isThere(join(filesFolder, relativePath)) });
  }
  return files;
};

export interface DoubtInput {
  readonly note: RecoveryNote;
  readonly files: readonly OpenFile[];
  readonly unknownFolders: readonly string[];
  readonly takenInAgain: readonly string[];
  readonly missing: readonly string[];
  readonly nowMs: number;
  /** The shortest time after which files of an order that is over may have been deleted. */
  readonly shortestKeepDays: number;
}

const unsent = ['queued', 'sending', 'waiting'] as const;
const unfinishedHandovers = ['intended', 'copying', 'waiting', 'problem'] as const;

/** What may not be sent twice is looked up at the platform, or asks a person. Signals that may be repeated are sent. */
const doubtCommands = async ({ db, touched }: WriteTransaction, nowMs: number): Promise<readonly number[]> => {
  const rows = await db
    .updateTable('outbox')
    .set({
      state: 'maybe',
      leaseOwner: null,
      leaseUntilMs: null,
      nextAtMs: nowMs,
      lookUps: 0,
      lastError: stationLine('doubtSent'),
      lastErrorCode: 'network',
    })
    .where('state', 'in', unsent)
    .where('repeatable', '=', 0)
    .returning(['id', 'orderId'])
    .execute();
  for (const { id } of rows) touched.signals.add(id);
  return rows.map(({ orderId }) => orderId);
};

const doubtHandovers = async (transaction: WriteTransaction, nowMs: number): Promise<readonly number[]> => {
  const { db, touched } = transaction;
  const rows = await db
    .updateTable('handovers')
    .set({
      state: 'maybeSent',
      problem: stationLine('doubtHandedOver'),
      nextAtMs: null,
      leaseOwner: null,
      leaseUntilMs: null,
    })
    .where('state', 'in', unfinishedHandovers)
    .returning(['id', 'orderId', 'itemId', 'fileId', 'hotFolderId'])
    .execute();
  for (const row of rows) {
    touched.handovers.add(row.id);
    touched.hotFolders.add(row.hotFolderId);
  }
  await appendHistory(
    transaction,
    rows.map(({ orderId, itemId, fileId }) => ({
      atMs: nowMs,
      code: 'handover.maybeSent',
      evidence: 'stationDid' as const,
      orderId,
      itemId,
      fileId,
    })),
  );
  return rows.map(({ orderId }) => orderId);
};

/**
 * An item whose file lies on the disk may have been handed over since. What was never fetched cannot have been, unless
 * so much time is missing that it may have been fetched, made, shipped and deleted.
 */
const itemsInDoubt = ({ note, files, shortestKeepDays }: DoubtInput): readonly OpenFile[] => {
  const longGap = note.atMs - note.knownUntilMs >= shortestKeepDays * dayMs;
  const doubtful = files.filter(({ onDisk }) => longGap || onDisk);
  return [...new Map(doubtful.map((file) => [file.itemId, file])).values()];
};

/** For whoever finds the item held. */
export const doubtText = ({ knownUntilMs }: RecoveryNote): string => {
  const until = new Date(knownUntilMs).toISOString().slice(0, 16).replace('T', ' ');
  return `The database was restored to ${until} UTC: look whether this was printed since, then let it go on`;
};

const holdItems = async (transaction: WriteTransaction, input: DoubtInput): Promise<readonly number[]> => {
  const { db } = transaction;
  const { nowMs } = input;
  const held = itemsInDoubt(input);
  const note = doubtText(input.note);
  const itemIds = held.map(({ itemId }) => itemId);
  await db.updateTable('items').set({ heldAtMs: nowMs, heldNote: note }).where('id', 'in', itemIds).execute();
  await appendHistory(
    transaction,
    held.map(({ orderId, itemId }) => ({
      atMs: nowMs,
      code: 'item.held',
      evidence: 'stationDid' as const,
      orderId,
      itemId,
      detail: { note },
    })),
  );
  return held.map(({ orderId }) => orderId);
};

/** Ready, says the database, and not there: it is fetched again. */
const fetchMissing = async ({ db, touched }: WriteTransaction, { files, nowMs }: DoubtInput): Promise<number> => {
  const missing = files.filter(({ state, onDisk }) => state === 'ready' && !onDisk).map(({ id }) => id);
  await db
    .updateTable('files')
    .set({ state: 'queued', nextAtMs: nowMs, receivedBytes: 0, validator: null, readyAtMs: null })
    .where('id', 'in', missing)
    .execute();
  for (const id of missing) touched.files.add(id);
  return missing.length;
};

/** Every list is read from its start again, and every job that is not final is asked for. */
const askPlatforms = async ({ db }: WriteTransaction, nowMs: number): Promise<void> => {
  await db
    .updateTable('sweeps')
    .set({ cursor: null, reconcileAtMs: nowMs, reconcileReason: 'start', nextAtMs: nowMs })
    .execute();
  await db
    .updateTable('jobs')
    .set({ nextAtMs: nowMs, leaseOwner: null, leaseUntilMs: null })
    .where('state', 'in', ['waiting', 'working'])
    .execute();
};

/**
 * After the database came back from an earlier moment: all that may have happened since is put in doubt, and nothing is
 * repeated by itself that must not happen twice. One transaction, before anything of the station runs.
 */
export const doubtAfterRecovery = async (transaction: WriteTransaction, input: DoubtInput): Promise<RecoveryReport> => {
  const { nowMs, note } = input;
  const commands = await doubtCommands(transaction, nowMs);
  const handovers = await doubtHandovers(transaction, nowMs);
  const held = await holdItems(transaction, input);
  const missingFiles = await fetchMissing(transaction, input);
  await askPlatforms(transaction, nowMs);
  await appendHistory(transaction, [
    {
      atMs: nowMs,
      code: 'station.restored',
      evidence: 'stationDid',
      detail: { from: note.from, knownUntil: new Date(note.knownUntilMs).toISOString(), cause: note.cause },
    },
  ]);
  await refreshProgressOfOrders(transaction, [...new Set([...commands, ...handovers, ...held])]);
  const report = {
    takenInAgain: [...input.takenInAgain],
    missing: [...input.missing],
    heldItems: held.length,
    maybeHandovers: handovers.length,
    maybeCommands: commands.length,
    missingFiles,
  };
  await writeRecoveryNote(transaction, { ...note, handled: true, doubtFolders: [...input.unknownFolders], report });
  return report;
};
