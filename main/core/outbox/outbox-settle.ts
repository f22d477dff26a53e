import type { SendOutcome } from '../platforms/platform.ts';
import { readChannel, writeChannel } from '../store/channels.ts';
import { appendHistory, type NewHistoryEntry } from '../store/history.ts';
import { insertRows } from '../store/insert-rows.ts';
import { refreshProgressOfOrders } from '../store/refresh-progress.ts';
import type { WriteTransaction } from '../store/store.ts';
import { afterFailure, afterSuccess, isKnownOf } from '../work/channel.ts';
import { consequences, type WorkFailure } from '../work/failure.ts';
import { nextDelayMs, retryPlans } from '../work/retry-table.ts';
import { type ClaimedSignal, signalsChannel } from './outbox-claim.ts';

/** A signal that has been tried. */
export interface TriedSignal {
  readonly signal: ClaimedSignal;
  readonly outcome: SendOutcome;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
}

interface FailedSignal {
  readonly signal: ClaimedSignal;
  readonly failure: WorkFailure;
}

const recordAttempts = (transaction: WriteTransaction, tried: readonly TriedSignal[]): Promise<unknown> =>
  insertRows(
    transaction,
    'attempts',
    tried.map(({ signal, outcome, startedAtMs, endedAtMs }) => ({
      outboxId: signal.id,
      fileId: null,
      atMs: startedAtMs,
      durationMs: Math.max(0, endedAtMs - startedAtMs),
      outcome: outcome.kind === 'accepted' ? 'accepted' : outcome.failure.class,
      httpStatus: outcome.kind === 'accepted' ? outcome.httpStatus : outcome.failure.httpStatus,
      excerpt: outcome.kind === 'accepted' ? outcome.excerpt : (outcome.failure.excerpt ?? outcome.failure.message),
    })),
  );

/** What the outcomes, one after another, make of the channel of each connection. */
const settleChannels = async (
  transaction: WriteTransaction,
  tried: readonly TriedSignal[],
  nowMs: number,
  random: () => number,
): Promise<void> => {
  for (const [connectionId, ofConnection] of Map.groupBy(tried, ({ signal }) => signal.connectionId)) {
    const before = await readChannel(transaction.db, connectionId, signalsChannel, nowMs);
    const after = ofConnection.reduce((channel, { outcome, startedAtMs }) => {
      if (outcome.kind === 'accepted') return afterSuccess(channel, nowMs);
      if (isKnownOf(channel, outcome.failure, startedAtMs)) return channel;
      return afterFailure(channel, outcome.failure, retryPlans.signalsChannel, nowMs, random());
    }, before);
    await writeChannel(transaction, connectionId, signalsChannel, before, after, nowMs);
  }
};

const settleAccepted = async (
  { db }: WriteTransaction,
  signals: readonly ClaimedSignal[],
  nowMs: number,
): Promise<void> => {
  if (signals.length === 0) return;
  const sent = db
    .updateTable('outbox')
    .set((column) => ({
      state: 'sent' as const,
      sentAtMs: nowMs,
      attempts: column('attempts', '+', 1),
      nextAtMs: null,
      leaseOwner: null,
      leaseUntilMs: null,
      lastError: null,
      lastErrorCode: null,
    }))
    .where(
      'id',
      'in',
      signals.map((signal) => signal.id),
    )
    .execute();
  const registered = signals.filter((signal) => signal.kind === 'registered').map((signal) => signal.itemId);
  const items =
    registered.length > 0 &&
    db.updateTable('items').set({ registeredAtMs: nowMs }).where('id', 'in', registered).execute();
  await Promise.all([sent, items]);
};

const isProblem = ({ signal, failure }: FailedSignal, nowMs: number): boolean =>
  consequences[failure.class] === 'problemRow' || nowMs >= signal.giveUpAtMs;

const settleFailed = async (
  { db }: WriteTransaction,
  failed: FailedSignal,
  nowMs: number,
  random: () => number,
): Promise<void> => {
  const { signal, failure } = failed;
  const attempts = signal.attempts + 1;
  const problem = isProblem(failed, nowMs);
  const ownRetry = consequences[failure.class] === 'retryRow' || consequences[failure.class] === 'stationWaits';
  // A row that waits for its channel keeps its due time: that is its place in the line.
  const ownDelay = ownRetry ? { nextAtMs: nowMs + nextDelayMs(retryPlans.local, attempts, random(), null) } : {};
  await db
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
};

const historyOf = ({ signal, outcome }: TriedSignal, nowMs: number): NewHistoryEntry[] => {
  const about = {
    atMs: nowMs,
    orderId: signal.orderId,
    itemId: signal.itemId,
    connectionId: signal.connectionId,
  };
  if (outcome.kind === 'accepted') {
    return [{ ...about, code: 'signal.accepted', evidence: 'platformSaid', detail: { signal: signal.platformName } }];
  }
  const { failure } = outcome;
  if (!isProblem({ signal, failure }, nowMs)) return [];
  return [
    {
      ...about,
      code: 'signal.problem',
      evidence: failure.httpStatus === null ? 'stationDid' : 'platformSaid',
      detail: { signal: signal.platformName, message: failure.message },
    },
  ];
};

/** Whether it can change what is derived for its order: only a registration is a fact, only a problem is shown. */
const movesOrder = ({ signal, outcome }: TriedSignal, nowMs: number): boolean =>
  outcome.kind === 'accepted'
    ? signal.kind === 'registered'
    : signal.mandatory && isProblem({ signal, failure: outcome.failure }, nowMs);

/** Commits what came of some tries: the rows, the attempts, the channel, the history and the items' stages together. */
export const settleSignals = async (
  transaction: WriteTransaction,
  tried: readonly TriedSignal[],
  nowMs: number,
  random: () => number,
): Promise<void> => {
  const accepted = tried.filter(({ outcome }) => outcome.kind === 'accepted').map(({ signal }) => signal);
  const failed = tried.flatMap(({ signal, outcome }) =>
    outcome.kind === 'failed' ? [{ signal, failure: outcome.failure }] : [],
  );
  for (const { signal } of tried) transaction.touched.signals.add(signal.id);
  // Independent of each other: they cross to the database together.
  await Promise.all([
    recordAttempts(transaction, tried),
    settleChannels(transaction, tried, nowMs, random),
    settleAccepted(transaction, accepted, nowMs),
    ...failed.map((one) => settleFailed(transaction, one, nowMs, random)),
    appendHistory(
      transaction,
      tried.flatMap((one) => historyOf(one, nowMs)),
    ),
  ]);
  const moved = tried.filter((one) => movesOrder(one, nowMs)).map(({ signal }) => signal.orderId);
  await refreshProgressOfOrders(transaction, [...new Set(moved)]);
};
