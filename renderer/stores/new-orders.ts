import type { OrderRow } from '../../main/contract/orders.ts';
import type { StationLink } from '../client/station-link.ts';

/** Work that has come in: one order with what it is, or how many. */
export type NewWork =
  | { readonly kind: 'order'; readonly id: number; readonly externalId: string; readonly products: readonly string[] }
  | { readonly kind: 'orders'; readonly count: number };

export interface NewOrdersDeps {
  readonly link: StationLink;
  readonly now: () => number;
  /** Whether anybody would be told now; else nothing is asked for. */
  readonly isWanted: () => boolean;
  readonly tell: (work: NewWork) => void;
}

/** Orders that come in within this time are told of together. */
export const gatherMs = 10_000;

type NewOrder = Pick<OrderRow, 'id' | 'externalId'>;

/** Tells of orders that came in since the page knows its station. What is only followed here is no work. */
export const watchNewOrders = ({ link, now, isWanted, tell }: NewOrdersDeps): void => {
  const since = now();
  let newestId = 0;
  let gathered: NewOrder[] = [];

  /** What it is: its products, and nothing about a customer, for a notification can be read by anybody. */
  const productsOf = async (order: NewOrder): Promise<readonly string[]> => {
    const answer = await link.client?.orders.get({ order: order.id }).catch(() => null);
    return [...new Set(answer?.order.items.map(({ product }) => product))];
  };

  const tellAll = async (): Promise<void> => {
    const orders = gathered;
    gathered = [];
    const [first] = orders;
    if (first === undefined || !isWanted()) return;
    if (orders.length > 1) return tell({ kind: 'orders', count: orders.length });
    tell({ kind: 'order', id: first.id, externalId: first.externalId, products: await productsOf(first) });
  };

  link.onClient((client) => {
    client.orders.onChanged(({ orders }) => {
      const fresh = orders.filter(
        ({ id, lane, receivedAt }) => id > newestId && lane !== 'outsourced' && Date.parse(receivedAt) >= since,
      );
      if (fresh.length === 0) return;
      newestId = Math.max(...fresh.map(({ id }) => id));
      if (gathered.length === 0) setTimeout(() => void tellAll(), gatherMs);
      gathered.push(...fresh);
    });
  });
};
