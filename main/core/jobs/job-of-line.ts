import type { JobSighting } from '../domain/job-sighting.ts';
import type { WriteTransaction } from '../store/store.ts';

/**
 * Of several jobs of one order that were made from the same template, the one whose line the sighting names: two lines
 * may differ in nothing but what is filled in. The first, when it names no line that the order has.
 */
export const jobOfItsLine = async <Candidate extends { readonly id: number; readonly orderId: number | null }>(
  { db }: WriteTransaction,
  candidates: readonly Candidate[],
  { work }: JobSighting,
): Promise<Candidate | undefined> => {
  const [first] = candidates;
  if (first === undefined || first.orderId === null || work === null) return first;
  const items = await db
    .selectFrom('items')
    .select('jobId')
    .where('orderId', '=', first.orderId)
    .where(
      'externalId',
      'in',
      work.items.map(({ externalId }) => externalId),
    )
    .execute();
  return items.length === 0 ? first : candidates.find(({ id }) => items.some(({ jobId }) => jobId === id));
};
