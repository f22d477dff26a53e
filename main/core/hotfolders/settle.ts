import { ContractError } from '../../contract/failure.ts';
import { changeHandover, type HandoverChange } from './handover-changes.ts';
import { findHotFolder } from './hot-folder-records.ts';
import type { LaneContext } from './lane-context.ts';
import { type LaneRow, laneRow } from './lane-rows.ts';

export type SettleOutcome = 'sent' | 'notSent';

type WhereItIs = 'lies' | 'gone' | 'unknown';

const whereIs = async (context: LaneContext, row: LaneRow): Promise<WhereItIs> => {
  const folder = await findHotFolder(context.deps.store.read, context.hotFolderId);
  if (folder === null || context.disk.stuck()) return 'unknown';
  const { temporaryName, fileName, sha256 } = row;
  const found = await context.disk.run('inspect', { folder: folder.settings.path, temporaryName, fileName, sha256 });
  if (found.kind === 'failed') return 'unknown';
  return found.value.final === 'same' ? 'lies' : 'gone';
};

/** It arrived. It lies there, or the RIP has it; in a folder that cannot be looked at the next look says which. */
const arrived = (row: LaneRow, where: WhereItIs, nowMs: number): HandoverChange['set'] => ({
  sentAtMs: row.sentAtMs ?? nowMs,
  ...(where === 'gone' ? { state: 'pickedUp', pickedUpAtMs: nowMs } : { state: 'sent' }),
});

const notArrived = (row: LaneRow, nowMs: number): HandoverChange['set'] => ({
  state: 'intended',
  fileName: row.wantedName,
  sentAtMs: null,
  nextAtMs: nowMs,
});

/** A person answers what nobody can know after a crash. Rejects with a ContractError. */
export const settle = (context: LaneContext, id: number, outcome: SettleOutcome, by: string): Promise<void> =>
  context.oneAtATime(async () => {
    const { store, clock } = context.deps;
    const asked = await laneRow(store.read, context.hotFolderId, id);
    if (asked === null) throw new ContractError('notFound', `there is no hand-over ${id}`);
    const where = await whereIs(context, asked);
    if (outcome === 'notSent' && where === 'lies') {
      throw new ContractError('conflict', 'the file lies in the hot folder: it was handed over');
    }
    await store.write(async (transaction) => {
      const row = await laneRow(transaction.db, context.hotFolderId, id);
      if (row?.state !== 'maybeSent') throw new ContractError('conflict', 'there is nothing to answer any more');
      const nowMs = clock.nowMs();
      const set = outcome === 'sent' ? arrived(row, where, nowMs) : notArrived(row, nowMs);
      await changeHandover(transaction, row, {
        set: { ...set, renaming: 0, problem: null },
        fileName: row.fileName,
        history: { code: 'handover.settled', evidence: 'operatorSaid', by, detail: { outcome } },
        nowMs,
      });
    });
  });
