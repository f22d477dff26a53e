import type { JobSighting } from '../domain/job-sighting.ts';
import type { WriteTransaction } from '../store/store.ts';
import { jobOfItsLine } from './job-of-line.ts';
import { insertJob, type JobRow, jobColumns } from './job-rows.ts';

/** A new render takes the place of an old job: its items are the same. Answers the new job. */
export const replaceJob = async (
  transaction: WriteTransaction,
  oldId: number,
  externalId: string,
  nowMs: number,
): Promise<JobRow> => {
  const { db } = transaction;
  const old = await db
    .selectFrom('jobs')
    .select(['connectionId', 'orderId', 'externalId', 'matchKey'])
    .where('id', '=', oldId)
    .executeTakeFirstOrThrow();
  const { connectionId, orderId, matchKey } = old;
  const known = await db
    .selectFrom('jobs')
    .select(jobColumns)
    .where('connectionId', '=', connectionId)
    .where('externalId', '=', externalId)
    .executeTakeFirst();
  const made = known ?? (await insertJob(transaction, { connectionId, externalId, nowMs, orderId, matchKey }));
  if (made.id === oldId) return made;
  await db.updateTable('items').set({ jobId: made.id }).where('jobId', '=', oldId).execute();
  await replaceWithoutItems(transaction, oldId, made.id);
  return made;
};

/** A job all of whose items another one makes now is of no concern any more, nor is what was wrong with it. */
export const replaceWithoutItems = async (
  { db, touched }: WriteTransaction,
  oldId: number,
  newId: number,
): Promise<void> => {
  const { numUpdatedRows } = await db
    .updateTable('jobs')
    .set({ replacedBy: newId, problem: null, problemCode: null, nextAtMs: null })
    .where('id', '=', oldId)
    .where((is) => is.not(is.exists(is.selectFrom('items').select('items.id').where('items.jobId', '=', oldId))))
    .executeTakeFirst();
  if (numUpdatedRows > 0n) touched.jobs.add(oldId);
};

/**
 * The job that an unknown one was rendered in place of, when that can be told: it bears the same handle, or a command
 * of ours that asked for it is on its way or was lost.
 */
export const jobReplacedBy = async (
  transaction: WriteTransaction,
  connectionId: string,
  sighting: JobSighting,
): Promise<number | null> => {
  if (sighting.matchKey === null) return null;
  const candidates = await transaction.db
    .selectFrom('jobs')
    .select((query) => [
      'id',
      'orderId',
      'handle',
      query
        .selectFrom('outbox')
        .select('outbox.id')
        .whereRef('outbox.jobId', '=', 'jobs.id')
        .where('outbox.kind', '=', 'renderAgain')
        .where('outbox.state', 'in', ['sending', 'maybe'])
        .limit(1)
        .as('openCommand'),
    ])
    .where('connectionId', '=', connectionId)
    .where('matchKey', '=', sighting.matchKey)
    .where('externalId', 'is not', null)
    .where('replacedBy', 'is', null)
    .orderBy('id', 'desc')
    .execute();
  const sameOrderThere = candidates.find(({ handle }) => handle === sighting.handle);
  const asked = candidates.filter(({ openCommand }) => openCommand !== null);
  return (sameOrderThere ?? (await jobOfItsLine(transaction, asked, sighting)))?.id ?? null;
};
