import { type Expression, type SqlBool, sql } from 'kysely';
import { z } from 'zod';
import type { OrderRow, orderFilter } from '../../contract/orders.ts';
import { toMoment, toMomentOrNull } from '../ports/clock.ts';
import type { Reader } from '../store/store.ts';
import { readStored } from '../store/stored-json.ts';

export type OrderFilter = z.output<typeof orderFilter>;

/** Reorders first, then ship-by (none comes last), then the oldest. The indexes of the same form serve it. */
const urgency = [sql`reorder DESC`, sql`ifnull(ship_by_ms, 9223372036854775807)`, sql`orders.id`] as const;

const likePattern = (search: string): string => `%${search.replace(/[\\%_]/gu, (sign) => `\\${sign}`)}%`;

const matchesSearch = (search: string): Expression<SqlBool> =>
  sql<SqlBool>`orders.id IN (SELECT order_id FROM order_words WHERE words LIKE ${likePattern(search)} ESCAPE '\\')`;

/** Literals, not parameters: only so SQLite knows beforehand that the partial indexes hold all that is asked for. */
export const isOpen = sql<SqlBool>`orders.open = 1`;
export const hasProblem = sql<SqlBool>`orders.problem_count > 0`;
const isHeld = sql<SqlBool>`orders.held = 1`;
/** Says nothing to the indexes: where another condition leaves few orders, its index is the one to read. */
const isOpenOfFew = sql<SqlBool>`+orders.open = 1`;

/** From a moment on, and before another; whole milliseconds since 1970. */
interface Span {
  readonly fromMs: number;
  readonly beforeMs: number;
}

const span = (from: string | undefined, before: string | undefined): Span => ({
  fromMs: from === undefined ? 0 : Date.parse(from),
  beforeMs: before === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(before),
});

/** Said as the indexes of the urgency say it, so that only the orders in the span are read. */
const isDueBetween = ({ fromMs, beforeMs }: Span): Expression<SqlBool> =>
  sql<SqlBool>`(orders.reorder IN (0, 1) AND ifnull(orders.ship_by_ms, 9223372036854775807) >= ${fromMs}
    AND ifnull(orders.ship_by_ms, 9223372036854775807) < ${beforeMs})`;

/** An order is shipped when its last item is. */
const wasShippedBetween = ({ fromMs, beforeMs }: Span): Expression<SqlBool> =>
  sql<SqlBool>`(orders.stage = 'shipped'
    AND orders.id IN (SELECT order_id FROM items WHERE shipped_at_ms >= ${fromMs} AND shipped_at_ms < ${beforeMs})
    AND NOT EXISTS (SELECT 1 FROM items AS later WHERE later.order_id = orders.id AND later.shipped_at_ms >= ${beforeMs}))`;

const filtered = (db: Reader, filter: OrderFilter) => {
  let query = db.selectFrom('orders');
  if (filter.stages !== undefined) query = query.where('orders.stage', 'in', filter.stages);
  if (filter.connections !== undefined) query = query.where('orders.connectionId', 'in', filter.connections);
  if (filter.lanes !== undefined) query = query.where('orders.lane', 'in', filter.lanes);
  if (filter.problemsOnly) query = query.where(hasProblem);
  if (filter.openOnly) query = query.where(filter.problemsOnly || filter.held === true ? isOpenOfFew : isOpen);
  if (filter.dueFrom !== undefined || filter.dueBefore !== undefined)
    query = query.where(isDueBetween(span(filter.dueFrom, filter.dueBefore)));
  if (filter.held !== undefined) query = query.where(filter.held ? isHeld : sql<SqlBool>`orders.held = 0`);
  if (filter.shippedFrom !== undefined || filter.shippedBefore !== undefined)
    query = query.where(wasShippedBetween(span(filter.shippedFrom, filter.shippedBefore)));
  if (filter.search !== undefined && filter.search.trim() !== '')
    query = query.where(matchesSearch(filter.search.trim()));
  return query;
};

/** How many orders match. */
export const countOrders = async (db: Reader, filter: OrderFilter): Promise<number> => {
  const { total } = await filtered(db, filter)
    .select((query) => query.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return total;
};

/** The ids of a page of orders in urgency order, and how many match in all. */
export const pageOfOrders = async (
  db: Reader,
  filter: OrderFilter,
  offset: number,
  limit: number,
): Promise<{ readonly ids: number[]; readonly total: number; readonly problemCount: number }> => {
  const [total, { problemCount }, page] = await Promise.all([
    countOrders(db, filter),
    db
      .selectFrom('orders')
      .select((query) => query.fn.countAll<number>().as('problemCount'))
      .where(hasProblem)
      .executeTakeFirstOrThrow(),
    filtered(db, filter)
      .select('orders.id')
      .orderBy(urgency[0])
      .orderBy(urgency[1])
      .orderBy(urgency[2])
      .offset(offset)
      .limit(limit)
      .execute(),
  ]);
  return { ids: page.map((row) => row.id), total, problemCount };
};

const mostPlaces = 200_000;
const storedIds = z.array(z.number());

/** The ids of the matching orders in urgency order, of very many only the first, and how many match in all. */
export const placesOfOrders = async (
  db: Reader,
  filter: OrderFilter,
): Promise<{ readonly ids: number[]; readonly total: number }> => {
  const inOrder = filtered(db, filter)
    .select('orders.id')
    .orderBy(urgency[0])
    .orderBy(urgency[1])
    .orderBy(urgency[2])
    .limit(mostPlaces);
  const { idsJson } = await db
    .selectFrom(inOrder.as('places'))
    // As one text: 100,000 rows would be copied one by one between the threads.
    .select(sql<string>`json_group_array(id)`.as('idsJson'))
    .executeTakeFirstOrThrow();
  const ids = readStored(storedIds, idsJson);
  return { ids, total: ids.length < mostPlaces ? ids.length : await countOrders(db, filter) };
};

/** The rows of these orders, in the order of `ids`. Three queries, whatever their number. */
export const orderRowsById = async (db: Reader, ids: readonly number[]): Promise<OrderRow[]> => {
  if (ids.length === 0) return [];
  const [orders, items, files] = await Promise.all([
    db
      .selectFrom('orders')
      .innerJoin('connections', 'connections.id', 'orders.connectionId')
      .selectAll('orders')
      .select('connections.platform')
      .where('orders.id', 'in', ids)
      .execute(),
    db
      .selectFrom('items')
      .select((query) => [
        'orderId',
        query.fn.countAll<number>().as('itemCount'),
        query.fn.sum<number>('copies').as('copies'),
      ])
      .where('orderId', 'in', ids)
      .groupBy('orderId')
      .execute(),
    db
      .selectFrom('files')
      .select((query) => [
        'orderId',
        query.fn.countAll<number>().as('filesTotal'),
        sql<number>`sum(state = 'ready')`.as('filesReady'),
        query.fn.sum<number>('receivedBytes').as('bytesReceived'),
        sql<number>`sum(ifnull(expected_bytes, 0))`.as('bytesExpected'),
      ])
      .where('orderId', 'in', ids)
      .groupBy('orderId')
      .execute(),
  ]);
  const orderById = new Map(orders.map((row) => [row.id, row]));
  const itemsByOrder = new Map(items.map((row) => [row.orderId, row]));
  const filesByOrder = new Map(files.map((row) => [row.orderId, row]));
  return ids.flatMap((id) => {
    const order = orderById.get(id);
    if (order === undefined) return [];
    const itemSums = itemsByOrder.get(id);
    const fileSums = filesByOrder.get(id);
    return [
      {
        id,
        connection: order.connectionId,
        platform: order.platform,
        lane: order.lane,
        externalId: order.externalId,
        customer: order.customer,
        reference: order.reference,
        titles: order.titles,
        stage: order.stage,
        problem: order.problem,
        problemCount: order.problemCount,
        held: order.held === 1,
        reorder: order.reorder === 1,
        itemCount: itemSums?.itemCount ?? 0,
        copies: itemSums?.copies ?? 0,
        filesReady: fileSums?.filesReady ?? 0,
        filesTotal: fileSums?.filesTotal ?? 0,
        bytesReceived: fileSums?.bytesReceived ?? 0,
        bytesExpected: fileSums?.bytesExpected ?? 0,
        receivedAt: toMoment(order.receivedAtMs),
        shipBy: toMomentOrNull(order.shipByMs),
      },
    ];
  });
};
