import { isFinal, orderStageOf, stageOf } from '../domain/stage.ts';
import type { WriteTransaction } from './store.ts';

/** What is wrong with one item, worst first. */
interface ItemProblem {
  readonly itemId: number;
  readonly text: string;
  readonly code: string;
}

const problemsOf = async ({ db }: WriteTransaction, orderId: number): Promise<readonly ItemProblem[]> => {
  const [files, signals, handovers] = await Promise.all([
    db
      .selectFrom('files')
      .select(['itemId', 'role', 'problem', 'problemCode'])
      .where('orderId', '=', orderId)
      .where('state', '=', 'problem')
      .orderBy('id')
      .execute(),
    db
      .selectFrom('outbox')
      .select(['itemId', 'platformName', 'lastError', 'state'])
      .where('orderId', '=', orderId)
      .where('state', 'in', ['problem', 'maybe'])
      .where('mandatory', '=', 1)
      .orderBy('id')
      .execute(),
    db
      .selectFrom('handovers')
      .select(['itemId', 'fileName', 'problem', 'state'])
      .where('orderId', '=', orderId)
      .where('state', 'in', ['problem', 'maybeSent'])
      .orderBy('id')
      .execute(),
  ]);
  return [
    ...files.map((file) => ({
      itemId: file.itemId ?? 0,
      text: `${file.role}: ${file.problem ?? 'problem'}`,
      code: file.problemCode ?? 'file',
    })),
    ...signals.map((signal) => ({
      itemId: signal.itemId,
      text: `${signal.platformName}: ${signal.lastError ?? 'not accepted'}`,
      code: 'signal',
    })),
    ...handovers.map((handover) => ({
      itemId: handover.itemId ?? 0,
      text:
        handover.state === 'maybeSent'
          ? `${handover.fileName} may be in the hot folder: a person must look`
          : `${handover.fileName}: ${handover.problem ?? 'hand-over failed'}`,
      code: handover.state === 'maybeSent' ? 'maybeSent' : 'handover',
    })),
  ];
};

/**
 * Derives the stages and problems of an order's items, and of the order, from their facts, in the transaction that
 * changed a fact. Call it last. The list then needs no join to say how far an order is.
 */
export const refreshProgress = async (transaction: WriteTransaction, orderId: number): Promise<void> => {
  const { db, touched } = transaction;
  const [items, problems] = await Promise.all([
    db.selectFrom('items').selectAll().where('orderId', '=', orderId).execute(),
    problemsOf(transaction, orderId),
  ]);
  for (const item of items) {
    const stage = stageOf(item);
    const problem = isFinal(stage) ? undefined : problems.find((one) => one.itemId === item.id);
    const text = problem?.text ?? null;
    if (stage === item.stage && text === item.problem) continue;
    await db
      .updateTable('items')
      .set({ stage, problem: text, problemCode: problem?.code ?? null })
      .where('id', '=', item.id)
      .execute();
  }
  const stages = items.map(stageOf);
  const stage = orderStageOf(stages);
  const finalItems = new Set(items.filter((item) => isFinal(stageOf(item))).map((item) => item.id));
  const open = isFinal(stage) ? [] : problems.filter((problem) => !finalItems.has(problem.itemId));
  await db
    .updateTable('orders')
    .set({
      stage,
      problem: open[0]?.text ?? null,
      problemCount: open.length,
      held: items.some((item) => item.heldAtMs !== null) ? 1 : 0,
      open: isFinal(stage) ? 0 : 1,
    })
    .where('id', '=', orderId)
    .execute();
  touched.orders.add(orderId);
};
