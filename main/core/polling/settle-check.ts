import { stationLine } from '../../contract/station-lines/station-lines.ts';
import { applySightings, type SightingNews } from '../jobs/apply-sightings.ts';
import { checkJob, requireJob } from '../jobs/job-commands.ts';
import type { JobContext } from '../jobs/job-context.ts';
import type { CheckOutcome } from '../platforms/platform.ts';
import { appendHistory } from '../store/history.ts';
import { refreshProgress } from '../store/refresh-progress.ts';
import type { WriteTransaction } from '../store/store.ts';
import { consequences, type WorkFailure } from '../work/failure.ts';
import type { CheckRow } from './check-rows.ts';
import { settleJobsChannel } from './settle-jobs-channel.ts';

export interface CheckToSettle {
  readonly context: JobContext;
  readonly row: CheckRow;
  readonly outcome: CheckOutcome;
  readonly startedAtMs: number;
  readonly random: () => number;
}

/** A check that the platform refuses for this one job is tried again this much later. */
const refusedCheckAfterMs = 10 * 60_000;

/** What only this job is at fault for waits by itself; a row that waits for its channel keeps its place. */
const settleFailed = async (
  { db, touched }: WriteTransaction,
  { context, row }: CheckToSettle,
  found: WorkFailure,
): Promise<void> => {
  const consequence = consequences[found.class];
  const ofRow = consequence === 'problemRow' || consequence === 'retryRow' || consequence === 'stationWaits';
  const waits = ofRow ? { nextAtMs: context.nowMs + refusedCheckAfterMs } : {};
  await db
    .updateTable('jobs')
    .set({ lastCheckedAtMs: context.nowMs, ...waits })
    .where('id', '=', row.id)
    .execute();
  touched.jobs.add(row.id);
};

/** A job that its own check does not name is over: gone at the platform, or only a question that is answered now. */
const settleUnnamed = async (transaction: WriteTransaction, { context, row }: CheckToSettle): Promise<void> => {
  const { db, touched } = transaction;
  const job = await db
    .selectFrom('jobs')
    .leftJoin('items', 'items.jobId', 'jobs.id')
    .select(['jobs.orderId', 'jobs.state', 'items.id as itemId', 'items.printReadyAtMs'])
    .where('jobs.id', '=', row.id)
    .executeTakeFirst();
  touched.jobs.add(row.id);
  if (job?.itemId == null) {
    await db.deleteFrom('jobs').where('id', '=', row.id).execute();
  } else {
    const problem = stationLine('jobUnknown', { platform: context.connection.platform.name });
    const needed = job.printReadyAtMs === null;
    await db
      .updateTable('jobs')
      .set({
        state: 'gone',
        statusText: '',
        problem: needed ? problem : null,
        problemCode: needed ? 'gone' : null,
        lastCheckedAtMs: context.nowMs,
        nextAtMs: null,
      })
      .where('id', '=', row.id)
      .execute();
    await appendHistory(transaction, [
      {
        atMs: context.nowMs,
        code: 'job.gone',
        evidence: 'platformSaid',
        orderId: job.orderId,
        connectionId: row.connectionId,
        detail: { job: row.externalId, status: '', problem },
      },
    ]);
  }
  if (job?.orderId != null) await refreshProgress(transaction, job.orderId);
};

/** Whether somebody asked for the job while its check was under way: that one may have been asked too early. */
const wasAskedAgain = async ({ db }: WriteTransaction, row: CheckRow): Promise<boolean> => {
  const now = await db.selectFrom('jobs').select('nextAtMs').where('id', '=', row.id).executeTakeFirst();
  return now?.nextAtMs != null && now.nextAtMs !== row.dueMs;
};

const checkOnceMore = async (transaction: WriteTransaction, { context, row }: CheckToSettle): Promise<void> => {
  await checkJob(transaction, context, await requireJob(transaction, row.id));
};

/** Commits what a check told: the job, its order, its files and the channel together. */
export const settleCheck = async (transaction: WriteTransaction, check: CheckToSettle): Promise<SightingNews> => {
  const { context, row, outcome } = check;
  await settleJobsChannel(transaction, {
    connectionId: row.connectionId,
    failure: outcome.kind === 'failed' ? outcome.failure : null,
    startedAtMs: check.startedAtMs,
    nowMs: context.nowMs,
    random: check.random,
  });
  if (outcome.kind === 'failed') {
    await settleFailed(transaction, check, outcome.failure);
    return { missing: 0, ended: 0, files: false };
  }
  const askedAgain = await wasAskedAgain(transaction, row);
  const own = outcome.sightings.filter(({ externalId }) => externalId === row.externalId);
  const others = outcome.sightings.filter(({ externalId }) => externalId !== row.externalId);
  const ofOwn = await applySightings(transaction, context, own);
  // Of other jobs the answer tells as a list does: nobody has asked for their results.
  const ofOthers = await applySightings(transaction, { ...context, heardBy: 'list' }, others);
  if (own.length === 0) await settleUnnamed(transaction, check);
  else if (askedAgain) await checkOnceMore(transaction, check);
  return {
    missing: ofOwn.missing + ofOthers.missing,
    ended: ofOwn.ended + ofOthers.ended,
    files: ofOwn.files || ofOthers.files,
  };
};
