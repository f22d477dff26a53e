import { ContractError } from '../../contract/failure.ts';
import type { Reader } from './store.ts';

const splitReference = (reference: string): readonly [string, string] => {
  const colon = reference.indexOf(':');
  return [reference.slice(0, colon), reference.slice(colon + 1)];
};

/** The id of an order given by id or as `connection:externalId`. Throws a ContractError `notFound`. */
export const resolveOrder = async (db: Reader, reference: number | string): Promise<number> => {
  const query = db.selectFrom('orders').select('id');
  const row = await (typeof reference === 'number'
    ? query.where('id', '=', reference)
    : query
        .where('connectionId', '=', splitReference(reference)[0])
        .where('externalId', '=', splitReference(reference)[1])
  ).executeTakeFirst();
  if (row === undefined) throw new ContractError('notFound', `there is no order ${reference}`);
  return row.id;
};

/** The ids of an item, its order and its connection, by id or as `connection:externalId`. Throws a ContractError. */
export const resolveItem = async (
  db: Reader,
  reference: number | string,
): Promise<{ readonly id: number; readonly orderId: number; readonly connectionId: string }> => {
  const query = db.selectFrom('items').select(['id', 'orderId', 'connectionId']);
  const rows = await (typeof reference === 'number'
    ? query.where('id', '=', reference)
    : query
        .where('connectionId', '=', splitReference(reference)[0])
        .where('externalId', '=', splitReference(reference)[1])
  )
    .limit(2)
    .execute();
  const [row, second] = rows;
  if (row === undefined) throw new ContractError('notFound', `there is no item ${reference}`);
  if (second !== undefined) {
    throw new ContractError('conflict', `${reference} is the name of several items: use the item's own number`);
  }
  return row;
};
