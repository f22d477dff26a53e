import type { KnownJob } from '../platforms/platform.ts';
import type { Reader } from '../store/store.ts';

/** A job whose check is due. */
export interface CheckRow extends KnownJob {
  readonly id: number;
  readonly connectionId: string;
  /** When it was due as it was claimed: another due time since means that it was asked for again. */
  readonly dueMs: number;
}

/** Due jobs of a connection that nobody checks yet, longest due first, then the oldest. The leases are this process's own running rows. */
export const claimChecks = async (
  db: Reader,
  connectionId: string,
  inHand: readonly number[],
  nowMs: number,
  limit: number,
): Promise<readonly CheckRow[]> => {
  const rows = await db
    .selectFrom('jobs')
    .leftJoin('orders', 'orders.id', 'jobs.orderId')
    .select([
      'jobs.id',
      'jobs.connectionId',
      'jobs.externalId',
      'jobs.handle',
      'jobs.state',
      'jobs.knownSinceMs',
      'jobs.createdAtMs',
      'jobs.nextAtMs',
      'orders.externalId as orderExternalId',
    ])
    .where('jobs.connectionId', '=', connectionId)
    .where('jobs.nextAtMs', '<=', nowMs)
    .where('jobs.id', 'not in', inHand)
    .orderBy('jobs.nextAtMs')
    .orderBy((job) => job.fn.coalesce('jobs.createdAtMs', 'jobs.knownSinceMs'))
    .orderBy('jobs.id')
    .limit(limit)
    .execute();
  return rows.flatMap(({ externalId, nextAtMs, ...row }) =>
    externalId === null || nextAtMs === null ? [] : [{ ...row, externalId, dueMs: nextAtMs }],
  );
};

export const nextCheckDueMs = async (
  db: Reader,
  connectionId: string,
  inHand: readonly number[],
): Promise<number | null> => {
  const row = await db
    .selectFrom('jobs')
    .select('nextAtMs')
    .where('connectionId', '=', connectionId)
    .where('nextAtMs', 'is not', null)
    .where('id', 'not in', inHand)
    .orderBy('nextAtMs')
    .limit(1)
    .executeTakeFirst();
  return row?.nextAtMs ?? null;
};
