import type { LiveConnection } from '../connections/connection-directory.ts';
import type { JobSighting } from '../domain/job-sighting.ts';
import type { AnsweredJob } from '../outbox/outbox-settle.ts';
import type { WriteTransaction } from '../store/store.ts';
import { applySightings } from './apply-sightings.ts';
import { checkJob, requireJob } from './job-commands.ts';
import type { JobContext } from './job-context.ts';
import { replaceJob } from './replace-job.ts';

export interface ApplyAnswersDeps {
  find(connectionId: string): LiveConnection | null;
  contextOf(connection: LiveConnection): JobContext;
}

/** The job that a produce command made is the one that was waiting for its answer. */
const nameRequested = async ({ db }: WriteTransaction, jobId: number, { externalId }: JobSighting): Promise<void> => {
  const taken = await db
    .selectFrom('jobs as other')
    .innerJoin('jobs', (join) => join.on('jobs.id', '=', jobId))
    .select('other.id')
    .whereRef('other.connectionId', '=', 'jobs.connectionId')
    .where('other.externalId', '=', externalId)
    .executeTakeFirst();
  // The list or a callback was faster and has named it already.
  if (taken !== undefined) return;
  await db.updateTable('jobs').set({ externalId }).where('id', '=', jobId).where('externalId', 'is', null).execute();
};

/** Applies what the platform answered to commands, in the transaction that settles them. */
export const applyAnswers = async (
  transaction: WriteTransaction,
  answers: readonly AnsweredJob[],
  deps: ApplyAnswersDeps,
): Promise<void> => {
  for (const { connectionId, jobId, kind, sighting } of answers) {
    const connection = deps.find(connectionId);
    if (connection === null || jobId === null) continue;
    const context = { ...deps.contextOf(connection), heardBy: 'answer' as const };
    await transaction.db.updateTable('jobs').set({ lastCommandAtMs: context.nowMs }).where('id', '=', jobId).execute();
    if (sighting !== null) {
      if (kind === 'produce') await nameRequested(transaction, jobId, sighting);
      if (kind === 'renderAgain') await replaceJob(transaction, jobId, sighting.externalId, context.nowMs);
      await applySightings(transaction, context, [sighting]);
    }
    if (kind !== 'produce' && kind !== 'renderAgain')
      await checkJob(transaction, context, await requireJob(transaction, jobId));
  }
};
