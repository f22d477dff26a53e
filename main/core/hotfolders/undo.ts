import { ContractError } from '../../contract/failure.ts';
import { stationLine } from '../../contract/station-lines/station-lines.ts';
import { folderFailure, isInUse } from './folder-failure.ts';
import { equalIdentity } from './folder-identity.ts';
import type { HandOverOutcome } from './hand-over.ts';
import { changeHandover } from './handover-changes.ts';
import { findHotFolder } from './hot-folder-records.ts';
import type { LaneContext } from './lane-context.ts';
import { type LaneRow, laneRow, undoLease } from './lane-rows.ts';
import { lookAtFolder } from './look-at-folder.ts';

const conflict = (message: string): ContractError => new ContractError('conflict', message);
const taken = (): ContractError => conflict(stationLine('takenByRip'));
const notOurs = (): ContractError => conflict(stationLine('notOurFile'));

/** While an operation of the file system is out, this much later the lane looks at what became of it. */
const lookAgainAfterMs = 2_000;

/** Calls off what has not happened yet. A copy that runs finds out before its last step. */
const callOff = ({ deps, hotFolderId }: LaneContext, id: number, by: string): Promise<void> =>
  deps.store.write(async (transaction) => {
    const row = await laneRow(transaction.db, hotFolderId, id);
    const open =
      row !== null &&
      (['intended', 'waiting', 'problem'].includes(row.state) || (row.state === 'copying' && row.renaming === 0));
    if (!open) throw new ContractError('conflict', stationLine('handingOverNow'), true);
    await changeHandover(transaction, row, {
      set: { state: 'undone', problem: null, nextAtMs: null },
      fileName: row.fileName,
      history: { code: 'handover.undone', evidence: 'operatorSaid', by },
      nowMs: deps.clock.nowMs(),
    });
  });

/** Writes down that a file is being taken back, before it is: otherwise its absence would look like a pick-up. */
const mark = ({ deps, hotFolderId }: LaneContext, id: number, by: string): Promise<LaneRow> =>
  deps.store.write(async ({ db, touched }) => {
    const row = await laneRow(db, hotFolderId, id);
    if (row === null || row.state !== 'sent') throw taken();
    if (row.leaseOwner !== null) throw conflict(stationLine('takingBackNow'));
    await db
      .updateTable('handovers')
      .set({ leaseOwner: undoLease(by) })
      .where('id', '=', id)
      .execute();
    touched.handovers.add(id);
    return row;
  });

const unmark = ({ deps }: LaneContext, id: number): Promise<void> =>
  deps.store.write(async ({ db, touched }) => {
    await db
      .updateTable('handovers')
      .set({ leaseOwner: null, nextAtMs: null, problem: null })
      .where('id', '=', id)
      .execute();
    touched.handovers.add(id);
  });

/** The file is out of the RIP's sight: written down first, deleted then. A crash in between leaves a name that is swept. */
const settleTakenBack = async (context: LaneContext, row: LaneRow, folder: string, by: string): Promise<void> => {
  const { store, clock } = context.deps;
  await store.write((transaction) =>
    changeHandover(transaction, row, {
      set: { state: 'undone', leaseOwner: null, problem: null, nextAtMs: null },
      fileName: row.fileName,
      history: { code: 'handover.undone', evidence: 'operatorSaid', by },
      nowMs: clock.nowMs(),
    }),
  );
  await context.disk.run('remove', { folder, temporaryName: row.temporaryName });
};

/** Where the file is looked for: the folder it was put in, or none when that is not there. */
const folderOf = async (context: LaneContext): Promise<string> => {
  const folder = await findHotFolder(context.deps.store.read, context.hotFolderId);
  if (folder === null) throw new ContractError('notFound', 'there is no such hot folder');
  const { path } = folder.settings;
  const found = await context.disk.run('identify', { folder: path });
  if (found.kind === 'failed') throw new ContractError('unavailable', folderFailure(found.code).message, true);
  if (!equalIdentity(folder.stored.identity, found.value)) {
    const look = await lookAtFolder(context);
    if (look.kind === 'failed') throw new ContractError('unavailable', look.failure.message, true);
  }
  return path;
};

const takeBack = async (context: LaneContext, id: number, by: string): Promise<void> => {
  const folder = await folderOf(context);
  const row = await mark(context, id, by);
  const { temporaryName, fileName, sha256 } = row;
  const result = await context.disk.run('takeBack', { folder, temporaryName, fileName, sha256 });
  if (result.kind === 'done' && result.value === 'taken') return settleTakenBack(context, row, folder, by);
  if (result.kind === 'failed' && !isInUse(result.code)) {
    // It may have been renamed or not: the lane finds out, and finishes the undo if it was.
    await context.deps.store.write(async ({ db }) => {
      const nextAtMs = context.deps.clock.nowMs() + lookAgainAfterMs;
      await db.updateTable('handovers').set({ nextAtMs }).where('id', '=', id).execute();
    });
    throw new ContractError('unavailable', folderFailure(result.code).message, true);
  }
  await unmark(context, id);
  if (result.kind === 'failed') throw conflict(stationLine('takenNow'));
  if (result.value === 'other') throw notOurs();
  await lookAtFolder(context);
  throw taken();
};

/** Takes a file back while it lies in the folder, or calls off what has not happened yet. Rejects with a ContractError. */
export const undo = async (context: LaneContext, id: number, by: string): Promise<void> => {
  const row = await laneRow(context.deps.store.read, context.hotFolderId, id);
  if (row === null) throw new ContractError('notFound', `there is no hand-over ${id}`);
  switch (row.state) {
    case 'pickedUp':
      throw taken();
    case 'undone':
      throw conflict(stationLine('takenBackAlready'));
    case 'maybeSent':
      throw conflict(stationLine('answerFirst'));
    case 'sent':
      if (context.disk.stuck()) throw new ContractError('unavailable', stationLine('folderSilent'), true);
      return context.oneAtATime(() => takeBack(context, id, by));
    case 'intended':
    case 'waiting':
    case 'copying':
    case 'problem':
      return callOff(context, id, by);
  }
};

/** Finishes an undo that a crash or a lost share left open; answers the failure when the folder fails again. */
export const finishUndo = async (
  context: LaneContext,
  row: LaneRow,
  folder: string,
  by: string,
): Promise<HandOverOutcome | null> => {
  // Asked the other way round: the temporary name is the one whose content counts now.
  const found = await context.disk.run('inspect', {
    folder,
    temporaryName: row.fileName,
    fileName: row.temporaryName,
    sha256: row.sha256,
  });
  if (found.kind === 'failed') return { kind: 'unclear', failure: folderFailure(found.code) };
  if (found.value.final === 'same') {
    await settleTakenBack(context, row, folder, by);
    return null;
  }
  if (found.value.final === 'other') {
    const { temporaryName, fileName } = row;
    const back = await context.disk.run('publish', { folder, temporaryName, fileName });
    if (back.kind === 'failed') return { kind: 'unclear', failure: folderFailure(back.code) };
  }
  // It still lies there, or the RIP was faster: the next look says which.
  await unmark(context, row.id);
  return null;
};
