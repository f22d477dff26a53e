import type { LiveConnection } from '../connections/connection-directory.ts';
import type { AnsweredJob } from '../outbox/outbox-settle.ts';
import type { WriteTransaction } from '../store/store.ts';
import { applySightings } from './apply-sightings.ts';
import { checkJob, requireJob } from './job-commands.ts';
import type { JobContext } from './job-context.ts';
import { nameJob } from './name-job.ts';
import { replaceJob } from './replace-job.ts';

export interface ApplyAnswersDeps {
  find(connectionId: string): LiveConnection | null;
  contextOf(connection: LiveConnection): JobContext;
}

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
      // The job that a produce command made is the one that was waiting for its answer.
      if (kind === 'produce') await nameJob(transaction, { id: jobId, connectionId }, sighting.externalId);
      if (kind === 'renderAgain') await replaceJob(transaction, jobId, sighting.externalId, context.nowMs);
      await applySightings(transaction, context, [sighting]);
    }
    if (kind !== 'produce' && kind !== 'renderAgain')
      await checkJob(transaction, context, await requireJob(transaction, jobId));
  }
};
