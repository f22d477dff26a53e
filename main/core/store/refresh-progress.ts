import { sql } from 'kysely';
import { stationLine } from '../../contract/station-lines/station-lines.ts';
import { isFinal, orderStageOf, type StageFacts, stageOf } from '../domain/stage.ts';
import type { WriteTransaction } from './store.ts';
import type { ItemTable, OrderTable } from './tables/order-tables.ts';

/** What is wrong with one item, worst first. */
interface ItemProblem {
  /** Null: it is the order's own, such as a label. */
  readonly itemId: number | null;
  readonly text: string;
  readonly code: string;
}

const problemsOf = async (
  { db }: WriteTransaction,
  orderIds: readonly number[],
): Promise<ReadonlyMap<number, readonly ItemProblem[]>> => {
  const [files, signals, handovers, jobs] = await Promise.all([
    db
      .selectFrom('files')
      .select(['orderId', 'itemId', 'role', 'problem', 'problemCode'])
      .where('orderId', 'in', orderIds)
      // The unary plus keeps SQLite to the order's few rows: all the problems of the station may be many more.
      .where(sql`+state`, '=', 'problem')
      .orderBy('id')
      .execute(),
    db
      .selectFrom('outbox')
      .select(['orderId', 'itemId', 'platformName', 'lastError', 'state'])
      .where('orderId', 'in', orderIds)
      .where(sql`+state`, 'in', ['problem', 'maybe'])
      .where('mandatory', '=', 1)
      .orderBy('id')
      .execute(),
    db
      .selectFrom('handovers')
      .select(['orderId', 'itemId', 'fileName', 'problem', 'state'])
      .where('orderId', 'in', orderIds)
      .where(sql`+state`, 'in', ['problem', 'maybeSent'])
      .orderBy('id')
      .execute(),
    db
      .selectFrom('jobs')
      .leftJoin('items', 'items.jobId', 'jobs.id')
      .select(['jobs.orderId', 'items.id as itemId', 'jobs.problem', 'jobs.problemCode'])
      .where('jobs.orderId', 'in', orderIds)
      .where('jobs.problem', 'is not', null)
      .where('jobs.replacedBy', 'is', null)
      .orderBy('jobs.id')
      .execute(),
  ]);
  const problems = [
    ...files.map((file) => ({
      orderId: file.orderId,
      itemId: file.itemId,
      text: stationLine('about', { what: file.role, cause: file.problem ?? 'problem' }),
      code: file.problemCode ?? 'file',
    })),
    ...signals.map((signal) => ({
      orderId: signal.orderId,
      itemId: signal.itemId,
      text: stationLine('about', {
        what: signal.platformName,
        cause: signal.lastError ?? stationLine('notTaken'),
      }),
      code: 'signal',
    })),
    ...jobs.flatMap((job) =>
      job.orderId === null
        ? []
        : [{ orderId: job.orderId, itemId: job.itemId, text: job.problem ?? '', code: job.problemCode ?? 'job' }],
    ),
    ...handovers.map((handover) => ({
      orderId: handover.orderId,
      itemId: handover.itemId,
      text:
        handover.state === 'maybeSent'
          ? stationLine('handoverMaybe', { file: handover.fileName })
          : stationLine('about', {
              what: handover.fileName,
              cause: handover.problem ?? stationLine('handoverFailed'),
            }),
      code: handover.state === 'maybeSent' ? 'maybeSent' : 'handover',
    })),
  ];
  return Map.groupBy(problems, (problem) => problem.orderId);
};

type Progress<Row, Columns extends keyof Row> = Pick<Row, Columns>;
type ItemProgress = Progress<ItemTable, 'stage' | 'problem' | 'problemCode'>;
type OrderProgress = Progress<OrderTable, 'stage' | 'problem' | 'problemCount' | 'held' | 'open' | 'closedAtMs'>;

const itemProgress = (facts: StageFacts, itemId: number, problems: readonly ItemProblem[]): ItemProgress => {
  const stage = stageOf(facts);
  const problem = isFinal(stage) ? undefined : problems.find((one) => one.itemId === itemId);
  return { stage, problem: problem?.text ?? null, problemCode: problem?.code ?? null };
};

/** When the last of the items was shipped or cancelled. */
const closedAtMs = (items: readonly StageFacts[]): number =>
  Math.max(0, ...items.flatMap(({ shippedAtMs, cancelledAtMs }) => [shippedAtMs ?? 0, cancelledAtMs ?? 0]));

const orderProgress = (
  items: readonly (StageFacts & { readonly id: number; readonly heldAtMs: number | null })[],
  problems: readonly ItemProblem[],
): OrderProgress => {
  const stage = orderStageOf(items.map(stageOf));
  const finalItems = new Set<number | null>(items.filter((item) => isFinal(stageOf(item))).map((item) => item.id));
  const open = isFinal(stage) ? [] : problems.filter((problem) => !finalItems.has(problem.itemId));
  return {
    stage,
    problem: open[0]?.text ?? null,
    problemCount: open.length,
    held: items.some((item) => item.heldAtMs !== null) ? 1 : 0,
    open: isFinal(stage) ? 0 : 1,
    closedAtMs: isFinal(stage) ? closedAtMs(items) : null,
  };
};

/** Rows whose stored progress is no longer right, together with those that become the same. */
const changesOf = <Derived extends object>(
  rows: readonly { readonly id: number; readonly before: Derived; readonly after: Derived }[],
): readonly { readonly values: Derived; readonly ids: readonly number[] }[] => {
  const changed = rows
    .map((row) => ({ ...row, key: JSON.stringify(row.after) }))
    .filter((row) => JSON.stringify(row.before) !== row.key);
  return [...Map.groupBy(changed, (row) => row.key).values()].flatMap((same) =>
    same[0] === undefined ? [] : [{ values: same[0].after, ids: same.map((row) => row.id) }],
  );
};

/**
 * Derives the stages and problems of the items of these orders, and of the orders, from their facts, in the
 * transaction that changed a fact. Call it last. The list then needs no join to say how far an order is.
 */
export const refreshProgressOfOrders = async (
  transaction: WriteTransaction,
  orderIds: readonly number[],
): Promise<void> => {
  if (orderIds.length === 0) return;
  const { db, touched } = transaction;
  const [allItems, problemsByOrder, orders] = await Promise.all([
    db.selectFrom('items').selectAll().where('orderId', 'in', orderIds).execute(),
    problemsOf(transaction, orderIds),
    db
      .selectFrom('orders')
      .select(['id', 'stage', 'problem', 'problemCount', 'held', 'open', 'closedAtMs'])
      .where('id', 'in', orderIds)
      .execute(),
  ]);
  const itemsByOrder = Map.groupBy(allItems, (item) => item.orderId);
  const itemChanges = changesOf<ItemProgress>(
    allItems.map((item) => ({
      id: item.id,
      before: { stage: item.stage, problem: item.problem, problemCode: item.problemCode },
      after: itemProgress(item, item.id, problemsByOrder.get(item.orderId) ?? []),
    })),
  );
  const orderChanges = changesOf<OrderProgress>(
    orders.map(({ id, ...before }) => ({
      id,
      before,
      after: orderProgress(itemsByOrder.get(id) ?? [], problemsByOrder.get(id) ?? []),
    })),
  );
  for (const id of orderIds) touched.orders.add(id);
  await Promise.all([
    ...itemChanges.map(({ values, ids }) => db.updateTable('items').set(values).where('id', 'in', ids).execute()),
    ...orderChanges.map(({ values, ids }) => db.updateTable('orders').set(values).where('id', 'in', ids).execute()),
  ]);
};

/** The same for one order. */
export const refreshProgress = (transaction: WriteTransaction, orderId: number): Promise<void> =>
  refreshProgressOfOrders(transaction, [orderId]);
