import { readChannel, writeChannel } from '../store/channels.ts';
import type { WriteTransaction } from '../store/store.ts';
import { afterFailure, afterSuccess, isKnownOf } from '../work/channel.ts';
import type { WorkFailure } from '../work/failure.ts';
import { retryPlans } from '../work/retry-table.ts';
import { jobsChannel } from './job-channel.ts';

export interface JobsAnswer {
  readonly connectionId: string;
  /** Null: the platform answered as it should. */
  readonly failure: WorkFailure | null;
  readonly startedAtMs: number;
  readonly nowMs: number;
  readonly random: () => number;
}

/** What an answer to a list or a check makes of the channel that both share. */
export const settleJobsChannel = async (
  transaction: WriteTransaction,
  { connectionId, failure, startedAtMs, nowMs, random }: JobsAnswer,
): Promise<void> => {
  const before = await readChannel(transaction.db, connectionId, jobsChannel, nowMs);
  if (failure !== null && isKnownOf(before, failure, startedAtMs)) return;
  const after =
    failure === null
      ? afterSuccess(before, nowMs)
      : afterFailure(before, failure, retryPlans.jobsChannel, nowMs, random());
  await writeChannel(transaction, connectionId, jobsChannel, before, after, nowMs);
};
