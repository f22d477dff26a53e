import type { SignalKind } from '../../contract/values.ts';
import type { SendOutcome } from '../platforms/platform.ts';
import { readChannel, writeChannel } from '../store/channels.ts';
import { appendHistory } from '../store/history.ts';
import { refreshProgress } from '../store/refresh-progress.ts';
import type { WriteTransaction } from '../store/store.ts';
import { afterFailure, afterSuccess } from '../work/channel.ts';
import { consequences, type WorkFailure } from '../work/failure.ts';
import { nextDelayMs, retryPlans } from '../work/retry-table.ts';
import { signalsChannel } from './outbox-claim.ts';

/** A signal that has been tried. */
export interface TriedSignal {
  readonly id: number;
  readonly connectionId: string;
  readonly orderId: number;
  readonly itemId: number;
  readonly kind: SignalKind;
  readonly platformName: string;
  readonly mandatory: boolean;
  readonly attempts: number;
  readonly giveUpAtMs: number;
}

export interface SettleTimes {
  readonly startedAtMs: number;
  readonly nowMs: number;
  readonly random: number;
}

const settleAccepted = async (
  transaction: WriteTransaction,
  signal: TriedSignal,
  { nowMs }: SettleTimes,
): Promise<void> => {
  const { db } = transaction;
  await db
    .updateTable('outbox')
    .set({
      state: 'sent',
      sentAtMs: nowMs,
      attempts: signal.attempts + 1,
      nextAtMs: null,
      leaseOwner: null,
      leaseUntilMs: null,
      lastError: null,
      lastErrorCode: null,
    })
    .where('id', '=', signal.id)
    .execute();
  await appendHistory(transaction, [
    {
      atMs: nowMs,
      code: 'signal.accepted',
      evidence: 'platformSaid',
      orderId: signal.orderId,
      itemId: signal.itemId,
      connectionId: signal.connectionId,
      detail: { signal: signal.platformName },
    },
  ]);
  if (signal.kind === 'registered') {
    await db.updateTable('items').set({ registeredAtMs: nowMs }).where('id', '=', signal.itemId).execute();
    await refreshProgress(transaction, signal.orderId);
  } else if (signal.attempts > 0) {
    await refreshProgress(transaction, signal.orderId);
  }
};

const becomesProblem = (failure: WorkFailure, signal: TriedSignal, nowMs: number): boolean =>
  consequences[failure.class] === 'problemRow' || nowMs >= signal.giveUpAtMs;

const settleFailed = async (
  transaction: WriteTransaction,
  signal: TriedSignal,
  failure: WorkFailure,
  { nowMs, random }: SettleTimes,
): Promise<void> => {
  const attempts = signal.attempts + 1;
  const problem = becomesProblem(failure, signal, nowMs);
  const ownRetry = consequences[failure.class] === 'retryRow' || consequences[failure.class] === 'stationWaits';
  // A row that waits for its channel keeps its due time: that is its place in the line.
  const ownDelay = ownRetry ? { nextAtMs: nowMs + nextDelayMs(retryPlans.local, attempts, random, null) } : {};
  await transaction.db
    .updateTable('outbox')
    .set({
      state: problem ? 'problem' : 'waiting',
      attempts,
      leaseOwner: null,
      leaseUntilMs: null,
      lastError: failure.message,
      lastErrorCode: failure.class,
      ...(problem ? { nextAtMs: null } : ownDelay),
    })
    .where('id', '=', signal.id)
    .execute();
  if (!problem) return;
  await appendHistory(transaction, [
    {
      atMs: nowMs,
      code: 'signal.problem',
      evidence: failure.httpStatus === null ? 'stationDid' : 'platformSaid',
      orderId: signal.orderId,
      itemId: signal.itemId,
      connectionId: signal.connectionId,
      detail: { signal: signal.platformName, message: failure.message },
    },
  ]);
  if (signal.mandatory) await refreshProgress(transaction, signal.orderId);
};

/** Commits what came of one try: the row, the attempt, the channel, the history and the item's stage together. */
export const settleSignal = async (
  transaction: WriteTransaction,
  signal: TriedSignal,
  outcome: SendOutcome,
  times: SettleTimes,
): Promise<void> => {
  const { db, touched } = transaction;
  const failed = outcome.kind === 'failed' ? outcome.failure : null;
  await db
    .insertInto('attempts')
    .values({
      outboxId: signal.id,
      fileId: null,
      atMs: times.startedAtMs,
      durationMs: Math.max(0, times.nowMs - times.startedAtMs),
      outcome: failed === null ? 'accepted' : failed.class,
      httpStatus: outcome.kind === 'accepted' ? outcome.httpStatus : outcome.failure.httpStatus,
      excerpt:
        (outcome.kind === 'accepted' ? outcome.excerpt : (outcome.failure.excerpt ?? outcome.failure.message)) ?? null,
    })
    .execute();
  const before = await readChannel(db, signal.connectionId, signalsChannel, times.nowMs);
  const after =
    failed === null
      ? afterSuccess(before, times.nowMs)
      : afterFailure(before, failed, retryPlans.signalsChannel, times.nowMs, times.random);
  await writeChannel(transaction, signal.connectionId, signalsChannel, before, after, times.nowMs);
  if (failed === null) await settleAccepted(transaction, signal, times);
  else await settleFailed(transaction, signal, failed, times);
  touched.signals.add(signal.id);
};
