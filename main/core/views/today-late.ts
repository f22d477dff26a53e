import type { LateOrder, LateReason } from '../../contract/today.ts';
import type { Stage } from '../../contract/values.ts';
import { reachedAtMs } from '../domain/stage.ts';
import { toMoment } from '../ports/clock.ts';
import type { Reader } from '../store/store.ts';
import { orderRowsById } from './order-rows.ts';
import { firstOpenByShipBy } from './today-ship-by.ts';

const mostLate = 10;

/** What is wrong says more than who holds it, and that more than where it stands. */
const reasonOf = (
  problem: string | null,
  heldNote: string | null,
  stands: { readonly stage: Stage; readonly sinceMs: number },
): LateReason => {
  if (problem !== null) return { kind: 'problem', text: problem };
  if (heldNote !== null) return { kind: 'held', note: heldNote };
  return { kind: 'stage', stage: stands.stage, since: toMoment(stands.sinceMs) };
};

/** The open orders whose ship-by has passed for the longest, each with why. */
export const readLateOrders = async (db: Reader, nowMs: number): Promise<LateOrder[]> => {
  const ids = (await firstOpenByShipBy(db, { fromMs: 0, beforeMs: nowMs }, mostLate)).map(({ id }) => id);
  if (ids.length === 0) return [];
  const [orders, items] = await Promise.all([
    orderRowsById(db, ids),
    db.selectFrom('items').selectAll().where('orderId', 'in', ids).orderBy('number').execute(),
  ]);
  return orders.map((order) => {
    const { stage } = order;
    const own = items.filter(({ orderId }) => orderId === order.id);
    const heldNote = own.find(({ heldAtMs }) => heldAtMs !== null)?.heldNote ?? null;
    // The order came to where it stands with the last of the items that stand there.
    const reached = own.filter((item) => item.stage === stage).map((item) => reachedAtMs(item, stage) ?? 0);
    const sinceMs = Math.max(Date.parse(order.receivedAt), ...reached);
    return { order, reason: reasonOf(order.problem, heldNote, { stage, sinceMs }) };
  });
};
