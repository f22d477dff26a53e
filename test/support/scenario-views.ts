import type { Client } from '../../main/contract/contract.ts';
import type { FileView } from '../../main/contract/files.ts';
import type { ItemView, OrderView } from '../../main/contract/orders.ts';
import { itemId } from '../../main/training/orders/make-order.ts';
import type { CloudprinterOrder } from '../../main/training/orders/order.ts';
import type { Rip } from './scenario-rip.ts';
import { type UntilOptions, until } from './scenario-until.ts';

/** An order of the sandbox as the station shows it. */
export const orderOf = async (client: Client, order: Pick<CloudprinterOrder, 'id'>): Promise<OrderView> =>
  (await client.orders.get({ order: `cp:${order.id}` })).order;

/** The item at a place, from 1. */
export const itemAt = (order: OrderView, position: number): ItemView => {
  const item = order.items[position - 1];
  if (item === undefined) throw new Error(`order ${order.externalId} has no item ${position}`);
  return item;
};

/** Reference of the nth item, from 1, of an order of the sandbox. */
export const itemRefOf = (order: Pick<CloudprinterOrder, 'id'>, position: number): string =>
  `cp:${itemId(order.id, position)}`;

/** All files of an order: those of its items, then its own. */
export const filesOfOrder = (order: OrderView): readonly FileView[] => [
  ...order.items.flatMap((item) => item.files),
  ...order.files,
];

/** Waits until the order is as it should be, and answers it. */
export const untilOrder = (
  client: Client,
  order: Pick<CloudprinterOrder, 'id'>,
  what: string,
  isSo: (order: OrderView) => boolean,
  options?: UntilOptions,
): Promise<OrderView> =>
  until(
    `order ${order.id} ${what}`,
    async () => {
      const view = await orderOf(client, order).catch(() => null);
      return view !== null && isSo(view) ? view : null;
    },
    options,
  );

/** Every hand-over of the station, whatever its state. */
export const everyOrder = async (client: Client): Promise<readonly OrderView[]> => {
  const orders: OrderView[] = [];
  for (;;) {
    const page = await client.orders.listDetailed({ offset: orders.length, limit: 500 });
    orders.push(...page.orders);
    if (orders.length >= page.total || page.orders.length === 0) return orders;
  }
};

/** Answers for a person who asked the RIP about each hand-over that a crash left in doubt. Answers how many. */
export const settleDoubts = async (client: Client, rip: Rip): Promise<number> => {
  const doubtful = (await client.hotFolders.list({})).handovers.filter(({ state }) => state === 'maybeSent');
  for (const { id, fileName } of doubtful) {
    await client.hotFolders.settle({ handover: id, outcome: rip.countOf(fileName) > 0 ? 'sent' : 'notSent' });
  }
  return doubtful.length;
};
