import type { ActionKind } from '../../contract/actions.ts';
import type { WriteTransaction } from '../store/store.ts';
import type { ItemTable } from '../store/tables/order-tables.ts';

/** The facts of an item that an action can change. */
export type ItemFacts = Partial<
  Pick<
    ItemTable,
    | 'producedAtMs'
    | 'packedAtMs'
    | 'shippedAtMs'
    | 'cancelledAtMs'
    | 'handedOverAtMs'
    | 'pickedUpAtMs'
    | 'heldAtMs'
    | 'heldNote'
  >
>;

/** What an action changed of one item. */
export interface ChangedItem {
  readonly itemId: number;
  /** Its facts before, as far as the action changed them. */
  readonly before: ItemFacts;
  /** The rows that it queued in the outbox. */
  readonly outboxIds: readonly number[];
}

export interface NewAction {
  readonly kind: ActionKind;
  readonly items: readonly ChangedItem[];
  readonly detail: Readonly<Record<string, string | number>>;
  readonly by: string;
  readonly nowMs: number;
  readonly undoMs: number;
}

/** Writes down what somebody did, so that anybody can undo it for a while. Without such a while nothing is kept. */
export const recordAction = async ({ db, touched }: WriteTransaction, action: NewAction): Promise<void> => {
  const { kind, items, detail, by, nowMs, undoMs } = action;
  if (undoMs <= 0 || items.length === 0) return;
  const { id } = await db
    .insertInto('actions')
    .values({ atMs: nowMs, by, kind, detailJson: JSON.stringify(detail), undoUntilMs: nowMs + undoMs })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('actionItems')
    .values(
      items.map(({ itemId, before, outboxIds }) => ({
        actionId: id,
        itemId,
        beforeJson: JSON.stringify(before),
        outboxIdsJson: JSON.stringify(outboxIds),
      })),
    )
    .execute();
  touched.actions.add(id);
};
