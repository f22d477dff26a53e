import type { Selectable } from 'kysely';
import type { WriteTransaction } from '../store/store.ts';
import type { JobTable } from '../store/tables/job-tables.ts';

export const jobColumns = [
  'id',
  'connectionId',
  'externalId',
  'handle',
  'orderId',
  'state',
  'statusText',
  'problem',
  'problemCode',
  'sightingHash',
  'outlineHash',
  'knownSinceMs',
  'createdAtMs',
  'lastCheckedAtMs',
  'lastCommandAtMs',
  'nextAtMs',
] as const;

/** A job as the code that changes it needs it. */
export type JobRow = Pick<Selectable<JobTable>, (typeof jobColumns)[number]>;

export interface NewJob {
  readonly connectionId: string;
  readonly externalId: string | null;
  readonly nowMs: number;
  readonly orderId?: number | null;
  readonly matchKey?: string | null;
  readonly nonce?: string | null;
  /** When the platform is asked for it; null: not before something is heard of it. */
  readonly nextAtMs?: number | null;
}

/** Stores a job of which nothing is known but that it is there. */
export const insertJob = async ({ db, touched }: WriteTransaction, job: NewJob): Promise<JobRow> => {
  const row = await db
    .insertInto('jobs')
    .values({
      connectionId: job.connectionId,
      externalId: job.externalId,
      handle: job.externalId ?? '',
      orderId: job.orderId ?? null,
      state: job.externalId === null ? 'requested' : 'waiting',
      statusText: '',
      beliefsJson: '[]',
      warningsJson: '[]',
      matchKey: job.matchKey ?? null,
      nonce: job.nonce ?? null,
      sightingHash: '',
      outlineHash: '',
      knownSinceMs: job.nowMs,
      nextAtMs: job.nextAtMs ?? null,
    })
    .returning(jobColumns)
    .executeTakeFirstOrThrow();
  touched.jobs.add(row.id);
  return row;
};
