import { type Expression, type SqlBool, sql } from 'kysely';
import type { Reader } from '../store/store.ts';
import type { DeletionTable } from '../store/tables/order-tables.ts';

export type Deletable = DeletionTable['what'];

export interface DueQuestion {
  readonly what: Deletable;
  /** Orders that were closed at this moment or before. */
  readonly closedUntilMs: number;
  readonly nowMs: number;
  readonly limit: number;
  /** Orders whose files could not be deleted just now. */
  readonly except: readonly number[];
}

/** In the very words of the indexes `orders_files_due` and `orders_personal_due`. */
const notDeletedYet: Readonly<Record<Deletable, Expression<SqlBool>>> = {
  files: sql<SqlBool>`closed_at_ms > ifnull(files_deleted_at_ms, 0)`,
  // Files go first: their names, which may say something of a person, are needed to find them.
  personal: sql<SqlBool>`(closed_at_ms > ifnull(personal_deleted_at_ms, 0) AND closed_at_ms <= files_deleted_at_ms)`,
};

/**
 * True for an order that nothing is open about: no item held, no signal or command that has to go or was not accepted,
 * no hand-over that a person or the station still has to finish, no transfer, no action that can be undone, no job at
 * work, and nothing new from the platform within the limit. The unary plus keeps SQLite to the order's few rows.
 */
const nothingIsOpen = (closedUntilMs: number, nowMs: number): Expression<SqlBool> => sql<SqlBool>`(
  orders.open = 0 AND orders.held = 0
  AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.order_id = orders.id AND outbox.retried_as IS NULL
    AND +outbox.state NOT IN ('sent', 'cancelled'))
  AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.order_id = orders.id AND outbox.undo_until_ms > ${nowMs})
  AND NOT EXISTS (SELECT 1 FROM handovers WHERE handovers.order_id = orders.id
    AND (+handovers.state NOT IN ('sent', 'pickedUp', 'undone') OR handovers.lease_owner IS NOT NULL))
  AND NOT EXISTS (SELECT 1 FROM files WHERE files.order_id = orders.id AND +files.state IN ('fetching', 'verifying'))
  AND NOT EXISTS (SELECT 1 FROM items JOIN action_items ON action_items.item_id = items.id
    JOIN actions ON actions.id = action_items.action_id
    WHERE items.order_id = orders.id AND actions.undone_at_ms IS NULL AND actions.undo_until_ms > ${nowMs})
  AND NOT EXISTS (SELECT 1 FROM jobs WHERE jobs.order_id = orders.id
    AND +jobs.state IN ('requested', 'waiting', 'working'))
  AND NOT EXISTS (SELECT 1 FROM order_revisions WHERE order_revisions.order_id = orders.id
    AND order_revisions.received_at_ms > ${closedUntilMs})
)`;

const due = (db: Reader, { what, closedUntilMs, nowMs }: Pick<DueQuestion, 'what' | 'closedUntilMs' | 'nowMs'>) =>
  db
    .selectFrom('orders')
    .select('id')
    .where(notDeletedYet[what])
    .where('closedAtMs', '<=', closedUntilMs)
    .where(nothingIsOpen(closedUntilMs, nowMs));

/** Orders of which something may be deleted now, those closed longest ago first. */
export const dueOrders = async (db: Reader, question: DueQuestion): Promise<readonly number[]> => {
  const { except, limit } = question;
  const rows = await due(db, question).where('id', 'not in', except).orderBy('closedAtMs').limit(limit).execute();
  return rows.map(({ id }) => id);
};

/** Those of these orders that are still due: what a look found may have changed since. */
export const stillDue = async (
  db: Reader,
  question: Pick<DueQuestion, 'what' | 'closedUntilMs' | 'nowMs'>,
  orderIds: readonly number[],
): Promise<readonly number[]> => {
  const rows = await due(db, question).where('id', 'in', orderIds).orderBy('id').execute();
  return rows.map(({ id }) => id);
};

/** How many orders are past the limit and kept all the same, because something about them is open. */
export const countKeptBeyond = async (db: Reader, closedUntilMs: number, nowMs: number): Promise<number> => {
  const row = await db
    .selectFrom('orders')
    .select((query) => query.fn.countAll<number>().as('count'))
    .where(notDeletedYet.files)
    .where('closedAtMs', '<=', closedUntilMs)
    .where(sql<SqlBool>`NOT ${nothingIsOpen(closedUntilMs, nowMs)}`)
    .executeTakeFirst();
  return row?.count ?? 0;
};
