import { stationLine } from '../../contract/station-lines/station-lines.ts';
import { doubtCommands } from '../outbox/doubt-commands.ts';
import { appendHistory } from '../store/history.ts';
import { refreshProgressOfOrders } from '../store/refresh-progress.ts';
import type { WriteTransaction } from '../store/store.ts';
import { holdInDoubt } from './hold-in-doubt.ts';
import type { OpenFile } from './open-files.ts';
import { type RecoveryNote, type RecoveryReport, writeRecoveryNote } from './recovery-note.ts';
import { dayMs } from './rolling-name.ts';

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

const doubtHandovers = async (
  transaction: WriteTransaction,
  nowMs: number,
): Promise<readonly { readonly orderId: number }[]> => {
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
  return rows;
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
  // Signals that may be repeated are sent.
  const commands = await doubtCommands(transaction, { states: unsent, cause: stationLine('doubtSent'), nowMs });
  const handovers = await doubtHandovers(transaction, nowMs);
  const held = itemsInDoubt(input);
  await holdInDoubt(transaction, held, note, nowMs);
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
  const changed = [...commands, ...handovers, ...held].map(({ orderId }) => orderId);
  await refreshProgressOfOrders(transaction, [...new Set(changed)]);
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
