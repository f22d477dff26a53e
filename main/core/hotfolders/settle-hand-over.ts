import { stationLine } from '../../contract/station-lines/station-lines.ts';
import type { WriteTransaction } from '../store/store.ts';
import { nextDelayMs, retryPlans } from '../work/retry-table.ts';
import type { FolderFailure } from './folder-failure.ts';
import type { HandOverOutcome } from './hand-over.ts';
import { changeHandover } from './handover-changes.ts';
import type { LaneChange, LaneContext } from './lane-context.ts';
import type { LaneRow } from './lane-rows.ts';
import { setLaneState } from './lane-state.ts';
import { routeReadyFile } from './route-ready-file.ts';

/** A failure of this machine is tried this often, then it is a problem. */
const triesHere = 5;

const isOfFolder = ({ kind }: FolderFailure): boolean => kind === 'offline' || kind === 'full';

type Settled = Promise<LaneChange | null>;

const settleSent = async (
  { hotFolderId }: LaneContext,
  transaction: WriteTransaction,
  row: LaneRow,
  outcome: Extract<HandOverOutcome, { kind: 'sent' }>,
  nowMs: number,
): Settled => {
  const { fileName, evidence } = outcome;
  await changeHandover(transaction, row, {
    set: { state: 'sent', fileName, sentAtMs: nowMs, renaming: 0, problem: null, nextAtMs: null },
    fileName,
    history: {
      code: 'handover.sent',
      evidence,
      detail: fileName === row.wantedName ? {} : { wantedName: row.wantedName },
    },
    nowMs,
  });
  return setLaneState(transaction, hotFolderId, 'ok', null, nowMs);
};

/** The whole lane waits for one probe. The row waits as it stands when its file may lie there already. */
const settleFolderFailure = async (
  context: LaneContext,
  transaction: WriteTransaction,
  row: LaneRow,
  { kind, message }: FolderFailure,
  waits: boolean,
  nowMs: number,
): Settled => {
  const known = row.problem === message;
  await changeHandover(transaction, row, {
    set: { ...(waits ? { state: 'waiting' } : {}), problem: message, nextAtMs: context.probe.nextTryAtMs },
    fileName: row.wantedName,
    history: known ? null : { code: 'handover.waiting', evidence: 'stationDid', detail: { problem: message } },
    nowMs,
  });
  return setLaneState(transaction, context.hotFolderId, kind === 'full' ? 'full' : 'offline', message, nowMs);
};

const settleProblem = async (
  transaction: WriteTransaction,
  row: LaneRow,
  message: string,
  nowMs: number,
): Promise<null> => {
  await changeHandover(transaction, row, {
    set: { state: 'problem', problem: message, renaming: 0, nextAtMs: null },
    fileName: row.wantedName,
    history: { code: 'handover.problem', evidence: 'stationDid', detail: { problem: message } },
    nowMs,
  });
  return null;
};

/** Another folder may take the file by itself; if none does, a person must see why. */
const settleMisfit = async (
  { deps }: LaneContext,
  transaction: WriteTransaction,
  row: LaneRow,
  message: string,
  nowMs: number,
): Promise<null> => {
  const undone = { state: 'undone', renaming: 0, problem: null, nextAtMs: null } as const;
  await transaction.db.updateTable('handovers').set(undone).where('id', '=', row.id).execute();
  const elsewhere = await routeReadyFile(transaction, row.fileId, {
    nowMs,
    random: deps.random,
    onAwaited: () => undefined,
  });
  if (elsewhere === null) return settleProblem(transaction, row, message, nowMs);
  await changeHandover(transaction, row, {
    set: undone,
    fileName: row.wantedName,
    history: { code: 'handover.undone', evidence: 'stationDid', detail: { problem: message } },
    nowMs,
  });
  return null;
};

const settleFailedHere = async (
  context: LaneContext,
  transaction: WriteTransaction,
  row: LaneRow,
  message: string,
  waits: boolean,
  nowMs: number,
): Promise<null> => {
  const attempts = row.attempts + 1;
  if (waits && attempts >= triesHere) return settleProblem(transaction, row, message, nowMs);
  const nextAtMs = nowMs + nextDelayMs(retryPlans.local, attempts, context.deps.random(), null);
  await changeHandover(transaction, row, {
    set: { ...(waits ? { state: 'waiting' } : {}), attempts, problem: message, nextAtMs },
    fileName: row.wantedName,
    history: { code: 'handover.waiting', evidence: 'stationDid', detail: { problem: message } },
    nowMs,
  });
  return null;
};

const settleIn = async (
  context: LaneContext,
  transaction: WriteTransaction,
  row: LaneRow,
  outcome: HandOverOutcome,
  nowMs: number,
): Settled => {
  switch (outcome.kind) {
    case 'alreadyCalledOff':
      return null;
    case 'sent':
      return settleSent(context, transaction, row, outcome, nowMs);
    case 'folderFailed':
      return settleFolderFailure(context, transaction, row, outcome.failure, row.renaming === 0, nowMs);
    case 'unclear':
      return isOfFolder(outcome.failure)
        ? settleFolderFailure(context, transaction, row, outcome.failure, false, nowMs)
        : settleFailedHere(context, transaction, row, outcome.failure.message, false, nowMs);
    case 'failedHere':
      return settleFailedHere(context, transaction, row, outcome.message, true, nowMs);
    case 'misfit':
      return settleMisfit(context, transaction, row, outcome.message, nowMs);
    case 'problem':
      return settleProblem(transaction, row, outcome.message, nowMs);
    case 'startAgain':
      if (row.attempts >= triesHere) {
        return settleProblem(transaction, row, row.problem ?? 'the hand-over failed again and again', nowMs);
      }
      await changeHandover(transaction, row, {
        set: { state: 'intended', renaming: 0, fileName: row.wantedName, nextAtMs: nowMs },
        fileName: row.wantedName,
        history: null,
        nowMs,
      });
      return null;
    case 'calledOff':
      await changeHandover(transaction, row, {
        set: { state: 'undone', renaming: 0, problem: null, nextAtMs: null },
        fileName: row.wantedName,
        history: { code: 'handover.undone', evidence: 'stationDid' },
        nowMs,
      });
      return null;
    case 'maybeSent':
      await changeHandover(transaction, row, {
        set: { state: 'maybeSent', problem: stationLine('stoppedInHandover'), nextAtMs: null },
        fileName: row.fileName,
        history: { code: 'handover.maybeSent', evidence: 'stationDid' },
        nowMs,
      });
      return null;
  }
};

/** Counts tries of a folder that fails: the next one, of whichever row, goes when its wait is over. */
const noteProbe = ({ probe, deps }: LaneContext, outcome: HandOverOutcome, nowMs: number): void => {
  const folderFailed = 'failure' in outcome && isOfFolder(outcome.failure);
  if (folderFailed) {
    probe.failures += 1;
    probe.nextTryAtMs = nowMs + nextDelayMs(retryPlans.hotFolder, probe.failures, deps.random(), null);
  } else if (outcome.kind === 'sent') {
    probe.failures = 0;
    probe.nextTryAtMs = 0;
  }
};

/** Writes the outcome of a try down: the row, its history, its item, its order and its lane in one transaction. */
export const settleHandOver = async (context: LaneContext, row: LaneRow, outcome: HandOverOutcome): Promise<void> => {
  const nowMs = context.deps.clock.nowMs();
  noteProbe(context, outcome, nowMs);
  const change = await context.deps.store.write((transaction) => settleIn(context, transaction, row, outcome, nowMs));
  if (change !== null) context.deps.onLaneChanged(change);
};
