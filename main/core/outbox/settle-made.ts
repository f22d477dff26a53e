import { appendHistory } from '../store/history.ts';
import type { WriteTransaction } from '../store/store.ts';

/**
 * A produce command whose job has become known by its callback or by the list was carried out, although its own answer
 * was lost: nothing is looked up any more, and no person is asked who might have it made twice.
 */
export const settleMade = async (
  transaction: WriteTransaction,
  jobIds: readonly number[],
  nowMs: number,
): Promise<void> => {
  if (jobIds.length === 0) return;
  const { db, touched } = transaction;
  const sent = await db
    .updateTable('outbox')
    .set({
      state: 'sent',
      sentAtMs: nowMs,
      nextAtMs: null,
      leaseOwner: null,
      leaseUntilMs: null,
      lastError: null,
      lastErrorCode: null,
    })
    .where('jobId', 'in', (query) =>
      query
        .selectFrom('jobs')
        .select('jobs.id')
        .where('jobs.id', 'in', jobIds)
        .where('jobs.externalId', 'is not', null),
    )
    .where('kind', '=', 'produce')
    .where('state', '=', 'maybe')
    .returning(['id', 'orderId', 'itemId', 'connectionId', 'platformName'])
    .execute();
  for (const { id } of sent) touched.signals.add(id);
  await appendHistory(
    transaction,
    sent.map(({ orderId, itemId, connectionId, platformName }) => ({
      atMs: nowMs,
      code: 'signal.found',
      evidence: 'platformSaid',
      orderId,
      itemId,
      connectionId,
      detail: { signal: platformName },
    })),
  );
};
