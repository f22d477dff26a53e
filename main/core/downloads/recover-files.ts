import type { WriteTransaction } from '../store/store.ts';

/**
 * Puts back what a killed process had in its hands. Part files are kept: the next try goes on from them. Where no MD5
 * will tell, a part file that a crash may have left damaged is not trusted, and the file is fetched from its start.
 */
export const recoverFiles = async ({ db, touched }: WriteTransaction, nowMs: number): Promise<number> => {
  await db
    .updateTable('files')
    .set({ validator: null, receivedBytes: 0 })
    .where('expectedMd5', 'is', null)
    .where('validator', 'is not', null)
    .execute();
  const rows = await db
    .updateTable('files')
    .set({ state: 'queued', nextAtMs: nowMs, leaseOwner: null, leaseUntilMs: null })
    .where('state', 'in', ['fetching', 'verifying'])
    .returning('id')
    .execute();
  for (const { id } of rows) touched.files.add(id);
  return rows.length;
};
