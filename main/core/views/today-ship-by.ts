import { sql } from 'kysely';
import type { Reader } from '../store/store.ts';
import { isOpen } from './order-rows.ts';

interface DueOrder {
  readonly id: number;
  readonly shipByMs: number;
}

/** As the indexes of the urgency say it: those without a ship-by come last. */
const shipBy = sql<number>`ifnull(ship_by_ms, 9223372036854775807)`;

/** The first of the open orders that have to be shipped in this span, the earliest first. */
export const firstOpenByShipBy = async (
  db: Reader,
  { fromMs, beforeMs }: { readonly fromMs: number; readonly beforeMs: number },
  limit: number,
): Promise<readonly DueOrder[]> => {
  // The index has reorders first: each half is read from where the span begins in it.
  const halves = await Promise.all(
    ([0, 1] as const).map((reorder) =>
      db
        .selectFrom('orders')
        .select(['id', shipBy.as('shipByMs')])
        .where(isOpen)
        .where('reorder', '=', reorder)
        .where(shipBy, '>=', fromMs)
        .where(shipBy, '<', beforeMs)
        .orderBy(shipBy)
        .orderBy('id')
        .limit(limit)
        .execute(),
    ),
  );
  return halves
    .flat()
    .toSorted((one, other) => one.shipByMs - other.shipByMs || one.id - other.id)
    .slice(0, limit);
};
