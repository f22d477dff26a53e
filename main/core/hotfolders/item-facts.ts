import type { HandoverState } from '../../contract/values.ts';
import type { WriteTransaction } from '../store/store.ts';
import { labelRole } from './misfit.ts';

/** What the facts of an item follow from: the hand-overs of one of its print files. */
export interface FileHandovers {
  readonly handovers: readonly { readonly state: HandoverState; readonly sentAtMs: number | null }[];
}

export interface HandoverFacts {
  readonly handedOverAtMs: number | null;
  readonly pickedUpAtMs: number | null;
}

/** Proven to have been in the folder; `maybeSent` counts when it was once seen there. */
const wasSent = ({ state, sentAtMs }: FileHandovers['handovers'][number]): boolean =>
  state === 'sent' || state === 'pickedUp' || (state === 'maybeSent' && sentAtMs !== null);

/**
 * An item is handed over when each of its print files is, and picked up when each was taken and none lies any more. A
 * fact keeps its moment; one that no longer holds, because a file was taken back, is cleared.
 */
export const handoverFacts = (files: readonly FileHandovers[], before: HandoverFacts, nowMs: number): HandoverFacts => {
  const handedOver = files.length > 0 && files.every((file) => file.handovers.some(wasSent));
  const allTaken = handedOver && files.every((file) => file.handovers.some(({ state }) => state === 'pickedUp'));
  const lying = files.some((file) => file.handovers.some(({ state }) => state === 'sent'));
  return {
    handedOverAtMs: handedOver ? (before.handedOverAtMs ?? nowMs) : null,
    pickedUpAtMs: allTaken ? (before.pickedUpAtMs ?? (lying ? null : nowMs)) : null,
  };
};

/** Brings an item's `handedOverAtMs` and `pickedUpAtMs` up to date with its hand-overs. */
export const refreshHandoverFacts = async (
  { db, touched }: WriteTransaction,
  itemId: number,
  nowMs: number,
): Promise<void> => {
  const [item, files, handovers] = await Promise.all([
    db
      .selectFrom('items')
      .select(['orderId', 'handedOverAtMs', 'pickedUpAtMs'])
      .where('id', '=', itemId)
      .executeTakeFirstOrThrow(),
    db.selectFrom('files').select('id').where('itemId', '=', itemId).where('role', '!=', labelRole).execute(),
    db.selectFrom('handovers').select(['fileId', 'state', 'sentAtMs']).where('itemId', '=', itemId).execute(),
  ]);
  const facts = handoverFacts(
    files.map((file) => ({ handovers: handovers.filter((handover) => handover.fileId === file.id) })),
    item,
    nowMs,
  );
  if (facts.handedOverAtMs === item.handedOverAtMs && facts.pickedUpAtMs === item.pickedUpAtMs) return;
  await db.updateTable('items').set(facts).where('id', '=', itemId).execute();
  touched.orders.add(item.orderId);
};
