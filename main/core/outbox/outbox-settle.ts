import type { JobSighting } from '../domain/job-sighting.ts';
import type { LookUpOutcome, SendOutcome } from '../platforms/platform.ts';
import { readChannel, writeChannel } from '../store/channels.ts';
import { appendHistory, type NewHistoryEntry } from '../store/history.ts';
import { insertRows } from '../store/insert-rows.ts';
import { refreshProgressOfOrders } from '../store/refresh-progress.ts';
import type { WriteTransaction } from '../store/store.ts';
import { afterFailure, afterSuccess, type Channel, isKnownOf } from '../work/channel.ts';
import { consequences, type WorkFailure } from '../work/failure.ts';
import { lookUpDelaysMs, nextDelayMs, retryPlans } from '../work/retry-table.ts';
import { channelOf, commandsChannel } from './outbox-channels.ts';
import type { ClaimedSignal } from './outbox-claim.ts';
import { settleMade } from './settle-made.ts';

/** A signal that has been tried, or a `maybe` that has been looked up. */
export interface TriedSignal {
  readonly signal: ClaimedSignal;
  readonly outcome: SendOutcome | LookUpOutcome;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
}

/** What the platform said of jobs in its answers, to be applied in the same transaction. */
export interface AnsweredJob {
  readonly connectionId: string;
  /** The station's row of the job that the command was about, or that it was to make. */
  readonly jobId: number | null;
  readonly kind: ClaimedSignal['kind'];
  readonly sighting: JobSighting | null;
}

export interface SettleDeps {
  readonly nowMs: number;
  readonly random: () => number;
  applyAnswers(transaction: WriteTransaction, answers: readonly AnsweredJob[]): Promise<void>;
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
      ...attemptOf(outcome),
    })),
  );

const attemptOf = (outcome: TriedSignal['outcome']) => {
  switch (outcome.kind) {
    case 'accepted':
      return { outcome: 'accepted', httpStatus: outcome.httpStatus, excerpt: outcome.excerpt };
    case 'found':
    case 'notFound':
      return { outcome: outcome.kind, httpStatus: null, excerpt: outcome.detail };
    case 'failed':
    case 'maybe': {
      const { class: failureClass, httpStatus, excerpt, message } = outcome.failure;
      return { outcome: outcome.kind === 'maybe' ? 'maybe' : failureClass, httpStatus, excerpt: excerpt ?? message };
    }
  }
};

const failureOf = ({ outcome }: TriedSignal): WorkFailure | null => ('failure' in outcome ? outcome.failure : null);

/** After a lost answer the look-up is the next probe: it comes soon, and changes nothing at the platform. */
const probedByLookUp = (channel: Channel, { retryAfterMs }: WorkFailure, nowMs: number): Channel => {
  const [firstLookUpMs = 0] = lookUpDelaysMs;
  if (channel.state !== 'waiting' || channel.nextTryAtMs === null || retryAfterMs !== null) return channel;
  return { ...channel, nextTryAtMs: Math.min(channel.nextTryAtMs, nowMs + firstLookUpMs) };
};

/** What the outcomes, one after another, make of each channel. */
const settleChannels = async (
  transaction: WriteTransaction,
  tried: readonly TriedSignal[],
  { nowMs, random }: SettleDeps,
): Promise<void> => {
  const byChannel = Map.groupBy(tried, ({ signal }) => `${signal.connectionId} ${channelOf(signal.kind)}`);
  for (const ofChannel of byChannel.values()) {
    const [first] = ofChannel;
    if (first === undefined) continue;
    const { connectionId, kind } = first.signal;
    const name = channelOf(kind);
    const before = await readChannel(transaction.db, connectionId, name, nowMs);
    const after = ofChannel.reduce((channel, one) => {
      const failed = failureOf(one);
      if (failed === null) return afterSuccess(channel, nowMs);
      if (isKnownOf(channel, failed, one.startedAtMs)) return channel;
      const fallen = afterFailure(channel, failed, retryPlans.signalsChannel, nowMs, random());
      // Each probe would park another order: only a person knows when the account is topped up.
      const unpaid = name === commandsChannel && failed.class === 'paymentRequired';
      if (unpaid) return { ...fallen, nextTryAtMs: null };
      return one.outcome.kind === 'maybe' ? probedByLookUp(fallen, failed, nowMs) : fallen;
    }, before);
    await writeChannel(transaction, connectionId, name, before, after, nowMs);
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

/** Unpaid, it is the command's own problem beside the channel's: who asked for it sees the platform's words on it. */
const isUnpaidCommand = ({ signal, failure }: FailedSignal): boolean =>
  failure.class === 'paymentRequired' && channelOf(signal.kind) === commandsChannel;

const isProblem = (failed: FailedSignal, nowMs: number): boolean =>
  consequences[failed.failure.class] === 'problemRow' || isUnpaidCommand(failed) || nowMs >= failed.signal.giveUpAtMs;

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

/** Nobody knows whether it was carried out: the platform is asked a few times, then a person. */
const settleMaybe = async (
  { db }: WriteTransaction,
  { signal, outcome }: TriedSignal,
  nowMs: number,
): Promise<void> => {
  const lookUps = outcome.kind === 'notFound' ? signal.lookUps + 1 : signal.lookUps;
  const delayMs = lookUpDelaysMs[lookUps];
  await db
    .updateTable('outbox')
    .set({
      state: 'maybe',
      attempts: outcome.kind === 'maybe' ? signal.attempts + 1 : signal.attempts,
      lookUps,
      leaseOwner: null,
      leaseUntilMs: null,
      nextAtMs: delayMs === undefined ? null : nowMs + delayMs,
      ...('failure' in outcome ? { lastError: outcome.failure.message, lastErrorCode: outcome.failure.class } : {}),
      ...(outcome.kind === 'notFound' ? { lastError: outcome.detail } : {}),
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
  const detail = { signal: signal.platformName };
  if (outcome.kind === 'accepted') return [{ ...about, code: 'signal.accepted', evidence: 'platformSaid', detail }];
  if (outcome.kind === 'found') return [{ ...about, code: 'signal.found', evidence: 'platformSaid', detail }];
  if (outcome.kind === 'maybe') {
    const { message } = outcome.failure;
    return [{ ...about, code: 'signal.maybe', evidence: 'stationDid', detail: { ...detail, message } }];
  }
  if (outcome.kind === 'notFound' || signal.was === 'maybe') return [];
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

/** Whether it can change what is derived for its order: a registration, a command's end, or a problem. */
const movesOrder = ({ signal, outcome }: TriedSignal, nowMs: number): boolean => {
  if (outcome.kind === 'accepted') return signal.kind === 'registered';
  if (outcome.kind !== 'failed') return true;
  return signal.mandatory && isProblem({ signal, failure: outcome.failure }, nowMs);
};

/** Without the look-ups that came too late: a callback or the list has told meanwhile what became of their command. */
const stillOpen = async ({ db }: WriteTransaction, tried: readonly TriedSignal[]): Promise<readonly TriedSignal[]> => {
  const lookedUp = tried.flatMap(({ signal }) => (signal.was === 'maybe' ? [signal.id] : []));
  if (lookedUp.length === 0) return tried;
  const open = await db
    .selectFrom('outbox')
    .select('id')
    .where('id', 'in', lookedUp)
    .where('state', '=', 'maybe')
    .execute();
  return tried.filter(({ signal }) => signal.was !== 'maybe' || open.some(({ id }) => id === signal.id));
};

/** Commits what came of some tries: the rows, the attempts, the channels, the jobs, the history and the stages together. */
export const settleSignals = async (
  transaction: WriteTransaction,
  all: readonly TriedSignal[],
  deps: SettleDeps,
): Promise<void> => {
  const { nowMs, random } = deps;
  const tried = await stillOpen(transaction, all);
  if (tried.length === 0) return;
  const isSent = ({ outcome }: TriedSignal): boolean => outcome.kind === 'accepted' || outcome.kind === 'found';
  const isOpen = ({ signal, outcome }: TriedSignal): boolean =>
    outcome.kind === 'maybe' || outcome.kind === 'notFound' || (outcome.kind === 'failed' && signal.was === 'maybe');
  const sent = tried.filter(isSent);
  const failed = tried.flatMap(({ signal, outcome }) =>
    outcome.kind === 'failed' && signal.was !== 'maybe' ? [{ signal, failure: outcome.failure }] : [],
  );
  for (const { signal } of tried) transaction.touched.signals.add(signal.id);
  // Independent of each other: they cross to the database together.
  await Promise.all([
    recordAttempts(transaction, tried),
    settleChannels(transaction, tried, deps),
    settleAccepted(
      transaction,
      sent.map(({ signal }) => signal),
      nowMs,
    ),
    ...failed.map((one) => settleFailed(transaction, one, nowMs, random)),
    ...tried.filter(isOpen).map((one) => settleMaybe(transaction, one, nowMs)),
    appendHistory(
      transaction,
      tried.flatMap((one) => historyOf(one, nowMs)),
    ),
  ]);
  const answers = sent.flatMap(({ signal, outcome }): AnsweredJob[] =>
    channelOf(signal.kind) === commandsChannel
      ? [
          {
            connectionId: signal.connectionId,
            jobId: signal.jobId,
            kind: signal.kind,
            sighting: ('sighting' in outcome ? outcome.sighting : null) ?? null,
          },
        ]
      : [],
  );
  if (answers.length > 0) await deps.applyAnswers(transaction, answers);
  // The callback may have been faster than the loss of the answer was noticed.
  const lost = tried.flatMap(({ signal, outcome }) => (outcome.kind === 'maybe' ? (signal.jobId ?? []) : []));
  await settleMade(transaction, lost, nowMs);
  const moved = tried.filter((one) => movesOrder(one, nowMs)).map(({ signal }) => signal.orderId);
  await refreshProgressOfOrders(transaction, [...new Set(moved)]);
};
