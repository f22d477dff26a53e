import type { Updateable } from 'kysely';
import type { Evidence } from '../../contract/history.ts';
import { appendHistory } from '../store/history.ts';
import { refreshProgress } from '../store/refresh-progress.ts';
import type { WriteTransaction } from '../store/store.ts';
import type { HandoverTable } from '../store/tables/hot-folder-tables.ts';
import { refreshHandoverFacts } from './item-facts.ts';

/** The hand-over that changes. */
export interface ChangedHandover {
  readonly id: number;
  readonly fileId: number;
  readonly itemId: number | null;
  readonly orderId: number;
  readonly hotFolderId: string;
  readonly hotFolderName: string;
}

export type HandoverCode =
  | 'handover.sent'
  | 'handover.pickedUp'
  | 'handover.accepted'
  | 'handover.failed'
  | 'handover.maybeSent'
  | 'handover.undone'
  | 'handover.problem'
  | 'handover.waiting'
  | 'handover.overdue'
  | 'handover.settled';

export interface HandoverChange {
  readonly set: Updateable<HandoverTable>;
  /** The name that the file has, or was to have, in the folder. */
  readonly fileName: string;
  readonly history: {
    readonly code: HandoverCode;
    readonly evidence: Evidence;
    readonly by?: string;
    readonly detail?: Readonly<Record<string, string | number>>;
  } | null;
  readonly nowMs: number;
}

/** Changes a hand-over with its history, and derives the facts of its item and the progress of its order anew. */
export const changeHandover = async (
  transaction: WriteTransaction,
  handover: ChangedHandover,
  { set, fileName, history, nowMs }: HandoverChange,
): Promise<void> => {
  const { db, touched } = transaction;
  await db.updateTable('handovers').set(set).where('id', '=', handover.id).execute();
  touched.handovers.add(handover.id);
  touched.hotFolders.add(handover.hotFolderId);
  if (history !== null) {
    await appendHistory(transaction, [
      {
        atMs: nowMs,
        code: history.code,
        evidence: history.evidence,
        orderId: handover.orderId,
        itemId: handover.itemId,
        fileId: handover.fileId,
        detail: { hotFolder: handover.hotFolderName, fileName, ...history.detail },
        by: history.by ?? null,
      },
    ]);
  }
  if (handover.itemId !== null) await refreshHandoverFacts(transaction, handover.itemId, nowMs);
  await refreshProgress(transaction, handover.orderId);
};
