import { stationLine } from '../../contract/station-lines/station-lines.ts';
import type { WriteTransaction } from '../store/store.ts';
import type { IdentityRelation } from './folder-identity.ts';
import { changeHandover } from './handover-changes.ts';
import { addNotes } from './handover-notes.ts';
import type { OverdueFile } from './lane-context.ts';
import type { LaneRow } from './lane-rows.ts';

/** What a look at the folder proves of the files that lay in it. */
export interface LyingLook {
  readonly relation: IdentityRelation;
  /** When the folder was looked at before; null after a start. */
  readonly lastLookAtMs: number | null;
  /** A file that left longer ago than this may have left at any time since. */
  readonly watchGapMs: number;
  readonly alarmAfterMs: number;
  readonly nowMs: number;
}

/** A file is gone. From the folder it was in, the RIP took it; from one that was replaced, nobody can tell. */
export const noteGone = async (transaction: WriteTransaction, row: LaneRow, look: LyingLook): Promise<void> => {
  const { relation, lastLookAtMs, watchGapMs, nowMs } = look;
  const taken = relation === 'same';
  if (taken) {
    await transaction.db
      .updateTable('hotFolders')
      .set({ lastPickUpAtMs: nowMs })
      .where('id', '=', row.hotFolderId)
      .execute();
  }
  const unwatched = nowMs - Math.max(lastLookAtMs ?? 0, row.sentAtMs ?? 0) > watchGapMs;
  await changeHandover(transaction, row, {
    set: taken
      ? {
          state: 'pickedUp',
          pickedUpAtMs: nowMs,
          problem: null,
          outcomeDetail: addNotes(row.outcomeDetail, { unwatched }),
        }
      : { state: 'maybeSent', problem: stationLine('folderReplaced') },
    fileName: row.fileName,
    history: taken
      ? { code: 'handover.pickedUp', evidence: 'leftTheFolder' }
      : { code: 'handover.maybeSent', evidence: 'stationDid' },
    nowMs,
  });
};

/** Raises the alarm for a file that was seen to lie too long, once: its problem line stays until it leaves. */
export const noteOverdue = async (
  transaction: WriteTransaction,
  row: LaneRow,
  { alarmAfterMs, nowMs }: LyingLook,
): Promise<OverdueFile | null> => {
  if (row.problem !== null || row.sentAtMs === null || nowMs < row.sentAtMs + alarmAfterMs) return null;
  const seconds = Math.round(alarmAfterMs / 1000);
  await changeHandover(transaction, row, {
    set: { problem: stationLine('notPickedUp', { seconds }) },
    fileName: row.fileName,
    history: { code: 'handover.overdue', evidence: 'foundInFolder', detail: { seconds } },
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
