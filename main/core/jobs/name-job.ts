import type { WriteTransaction } from '../store/store.ts';
import type { JobRow } from './job-rows.ts';

/** Names a job that waits for its name, unless the platform's list was faster and has named it. Answers whether it was named now. */
export const nameJob = async (
  { db }: WriteTransaction,
  { id, connectionId }: Pick<JobRow, 'id' | 'connectionId'>,
  externalId: string,
): Promise<boolean> => {
  const named = await db
    .selectFrom('jobs')
    .select('id')
    .where('connectionId', '=', connectionId)
    .where('externalId', '=', externalId)
    .executeTakeFirst();
  if (named !== undefined) return false;
  const { numUpdatedRows } = await db
    .updateTable('jobs')
    .set({ externalId })
    .where('id', '=', id)
    .where('externalId', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
};
