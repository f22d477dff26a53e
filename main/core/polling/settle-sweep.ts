import type { LiveConnection } from '../connections/connection-directory.ts';
import type { SweepEnd, SweepQuestion } from '../platforms/platform.ts';
import { appendHistory } from '../store/history.ts';
import type { WriteTransaction } from '../store/store.ts';
import { failure } from '../work/failure.ts';
import { settleJobsChannel } from './settle-jobs-channel.ts';
import type { SweepRow } from './sweep-rows.ts';

/** What a sweep found that was not known. */
export interface SweepNews {
  readonly missing: number;
  readonly ended: number;
  /** Jobs that the list told of, each once. */
  readonly seen: number;
}

export interface SweepToSettle {
  readonly connection: LiveConnection;
  readonly row: SweepRow;
  readonly question: SweepQuestion;
  readonly end: SweepEnd;
  readonly news: SweepNews;
  readonly startedAtMs: number;
  readonly nowMs: number;
  readonly random: () => number;
}

const reconcileEveryMs = 3_600_000;
/** A list that is refused is tried again this much later: the token may be another by then. */
const refusedListEveryMs = 3_600_000;
/** The hourly comparisons are of interest for a while, then only the newest are. */
const keepReconciliations = 200;

/** There is no row that could be at fault: a list that cannot be read is the channel's problem. */
const asChannelFailure = (found: Extract<SweepEnd, { kind: 'failed' }>['failure']) =>
  found.class === 'rejected' || found.class === 'gone' || found.class === 'mismatch'
    ? failure('serverError', found.message, found)
    : found;

/** How many jobs of the connection are here that the platform lists: those that it just told of. */
const recordReconciliation = async (
  transaction: WriteTransaction,
  { connection, row, news, nowMs }: SweepToSettle,
  there: number,
): Promise<void> => {
  const { db } = transaction;
  const { missing, ended, seen } = news;
  const { reconcileReason: reason } = row;
  await db
    .insertInto('reconciliations')
    .values({ connectionId: connection.id, atMs: nowMs, reason, there, here: seen, missing, ended })
    .execute();
  await db
    .deleteFrom('reconciliations')
    .where('connectionId', '=', connection.id)
    .where('id', 'not in', (query) =>
      query
        .selectFrom('reconciliations')
        .select('id')
        .where('connectionId', '=', connection.id)
        .orderBy('id', 'desc')
        .limit(keepReconciliations),
    )
    .execute();
  await appendHistory(transaction, [
    {
      atMs: nowMs,
      code: 'connection.reconciled',
      evidence: 'stationDid',
      connectionId: connection.id,
      detail: { reason, there, here: seen, missing, ended },
    },
  ]);
};

/** Commits how a sweep ended: where the next one goes on, when it is due, the channel, and the comparison. */
export const settleSweep = async (transaction: WriteTransaction, sweep: SweepToSettle): Promise<void> => {
  const { db, touched } = transaction;
  const { connection, row, question, end, startedAtMs, nowMs } = sweep;
  const pollMs = connection.common.pollSeconds * 1000;
  await settleJobsChannel(transaction, {
    connectionId: connection.id,
    failure: end.kind === 'failed' ? asChannelFailure(end.failure) : null,
    startedAtMs,
    nowMs,
    random: sweep.random,
  });
  touched.connections.add(connection.id);
  const update = db.updateTable('sweeps').where('connectionId', '=', connection.id);
  switch (end.kind) {
    case 'covered': {
      const everything = question.reach === 'everything';
      if (everything && end.there !== null) await recordReconciliation(transaction, sweep, end.there);
      const asked = await db
        .selectFrom('sweeps')
        .select('reconcileAtMs')
        .where('connectionId', '=', connection.id)
        .executeTakeFirst();
      // Asked for while this sweep was under way: it may have read its first pages before.
      const askedMeanwhile = asked !== undefined && asked.reconcileAtMs !== row.reconcileAtMs;
      const settled = everything && !askedMeanwhile;
      const reconcileAtMs = settled ? nowMs + reconcileEveryMs : (asked?.reconcileAtMs ?? nowMs);
      await update
        .set({
          cursor: end.cursor,
          lastSweptAtMs: nowMs,
          listRefused: null,
          // A list that is asked rarely is compared every hour all the same.
          nextAtMs: Math.max(nowMs, Math.min(startedAtMs + pollMs, reconcileAtMs)),
          ...(settled ? { reconcileAtMs, reconcileReason: 'hourly' } : {}),
        })
        .execute();
      return;
    }
    case 'listRefused':
      await update.set({ listRefused: end.message, nextAtMs: nowMs + refusedListEveryMs }).execute();
      return;
    case 'failed':
      // The channel says when the next try may go.
      await update.set({ nextAtMs: nowMs }).execute();
  }
};
