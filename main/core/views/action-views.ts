import { z } from 'zod';
import { type ActionView, actionKind } from '../../contract/actions.ts';
import { toMoment } from '../ports/clock.ts';
import type { Reader } from '../store/store.ts';
import { readStored } from '../store/stored-json.ts';

const storedDetail = z.record(z.string(), z.union([z.string(), z.number()])).catch({});

/** What can be undone now, newest first. */
export const undoableActions = async (db: Reader, nowMs: number): Promise<ActionView[]> => {
  const rows = await db
    .selectFrom('actions')
    .innerJoin('actionItems', 'actionItems.actionId', 'actions.id')
    .innerJoin('items', 'items.id', 'actionItems.itemId')
    .innerJoin('orders', 'orders.id', 'items.orderId')
    .select([
      'actions.id',
      'actions.atMs',
      'actions.by',
      'actions.kind',
      'actions.detailJson',
      'actions.undoUntilMs',
      'items.id as itemId',
      'items.number',
      'items.title',
      'items.product',
      'orders.id as orderId',
      'orders.externalId as orderExternalId',
    ])
    .where('actions.undoUntilMs', '>', nowMs)
    .where('actions.undoneAtMs', 'is', null)
    .orderBy('actions.id', 'desc')
    .orderBy('items.orderId')
    .orderBy('items.number')
    .execute();
  return [...Map.groupBy(rows, (row) => row.id).values()].flatMap((ofAction) => {
    const [first] = ofAction;
    const kind = actionKind.safeParse(first?.kind).data;
    if (first === undefined || kind === undefined) return [];
    return [
      {
        id: first.id,
        at: toMoment(first.atMs),
        by: first.by,
        kind,
        orderId: first.orderId,
        orderExternalId: first.orderExternalId,
        orderCount: new Set(ofAction.map(({ orderId }) => orderId)).size,
        items: ofAction.map(({ itemId, number, title, product }) => ({ id: itemId, number, title: title || product })),
        detail: readStored(storedDetail, first.detailJson),
        undoUntil: toMoment(first.undoUntilMs),
      },
    ];
  });
};
