import { appendHistory } from '../store/history.ts';
import { refreshProgress } from '../store/refresh-progress.ts';
import type { WriteTransaction } from '../store/store.ts';
import { changeHandover } from './handover-changes.ts';

/** A ready file that is to be handed over. */
export interface FileToHandOver {
  readonly id: number;
  readonly orderId: number;
  readonly itemId: number | null;
  readonly name: string;
  readonly sha256: string;
  readonly receivedBytes: number;
}

export interface Intention {
  readonly file: FileToHandOver;
  readonly hotFolder: { readonly id: string; readonly name: string };
  /** Who released it; null when the station routed it by itself. */
  readonly by: string | null;
  readonly nowMs: number;
  /** When it may go: now, or once its inspection had time. */
  readonly dueMs: number;
  readonly random: () => number;
}

const randomHex = (random: () => number): string =>
  Math.floor(random() * 2 ** 48)
    .toString(16)
    .padStart(12, '0');

/** Hidden, with an extension that no RIP takes, and unlike any other station's name in the same folder. */
const temporaryNameOf = (fileId: number, random: () => number): string => `.platen-${fileId}-${randomHex(random)}.part`;

/** What went wrong with earlier hand-overs of the file is settled by the new one. */
const callOffProblems = async (transaction: WriteTransaction, { file, nowMs }: Intention): Promise<void> => {
  const problems = await transaction.db
    .selectFrom('handovers')
    .innerJoin('hotFolders', 'hotFolders.id', 'handovers.hotFolderId')
    .selectAll('handovers')
    .select('hotFolders.name as hotFolderName')
    .where('fileId', '=', file.id)
    .where('handovers.state', '=', 'problem')
    .execute();
  for (const row of problems) {
    await changeHandover(transaction, row, {
      set: { state: 'undone', nextAtMs: null },
      fileName: row.fileName,
      history: { code: 'handover.undone', evidence: 'stationDid' },
      nowMs,
    });
  }
};

/** Writes down that a file is to be handed over; answers the hand-over's id. */
export const intendHandover = async (transaction: WriteTransaction, intention: Intention): Promise<number> => {
  const { file, hotFolder, by, nowMs, dueMs, random } = intention;
  await callOffProblems(transaction, intention);
  const { id } = await transaction.db
    .insertInto('handovers')
    .values({
      fileId: file.id,
      itemId: file.itemId,
      orderId: file.orderId,
      hotFolderId: hotFolder.id,
      state: 'intended',
      fileName: file.name,
      temporaryName: temporaryNameOf(file.id, random),
      renaming: 0,
      sha256: file.sha256,
      bytes: file.receivedBytes,
      intendedAtMs: nowMs,
      sentAtMs: null,
      pickedUpAtMs: null,
      attempts: 0,
      problem: null,
      createdBy: by ?? 'station',
      nextAtMs: dueMs,
      leaseOwner: null,
      leaseUntilMs: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  transaction.touched.handovers.add(id);
  transaction.touched.hotFolders.add(hotFolder.id);
  await appendHistory(transaction, [
    {
      atMs: nowMs,
      code: 'handover.intended',
      evidence: by === null ? 'stationDid' : 'operatorSaid',
      orderId: file.orderId,
      itemId: file.itemId,
      fileId: file.id,
      detail: { hotFolder: hotFolder.name, fileName: file.name },
      by,
    },
  ]);
  await refreshProgress(transaction, file.orderId);
  return id;
};
