import type { OrderEvidence } from './evidence.ts';
import type { Loss } from './loss.ts';

const nameOf = ({ connection, order }: { readonly connection: string; readonly order: string }): string =>
  `${connection}:${order}`;

/** Every order is here exactly once and whole, and none that nobody sent. */
export const auditOrders = ({ there, here, earlier, followed }: OrderEvidence): readonly Loss[] => {
  const loss = (where: string, what: string): Loss => ({ kind: 'order', where, what });
  const losses: Loss[] = [];
  const known = new Map(there.map((order) => [nameOf(order), order]));
  const found = Map.groupBy(here, nameOf);
  for (const [name, { must, items }] of known) {
    const rows = found.get(name) ?? [];
    if (rows.length === 0 && must) losses.push(loss(name, 'it is not here'));
    if (rows.length > 1) losses.push(loss(name, `it is here ${rows.length} times`));
    const [row] = rows;
    if (row !== undefined && items !== null && row.items !== items) {
      losses.push(loss(name, `it has ${row.items} items here and ${items} there`));
    }
  }
  for (const name of found.keys()) if (!known.has(name)) losses.push(loss(name, 'nobody sent it'));
  if (earlier.left !== earlier.filled) {
    losses.push(loss('earlier orders', `${earlier.left} of ${earlier.filled} are left`));
  }
  for (const order of followed) {
    if (order.here === order.there) continue;
    losses.push(loss(nameOf(order), `it is ${order.there} there and ${order.here ?? 'unknown'} here`));
  }
  return losses;
};
