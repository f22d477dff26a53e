import type { ItemView, OrderView } from '../../../main/contract/orders.ts';

/** What is made of an order: a cancelled item gets no ticket and is in no parcel. */
export const printedItems = ({ items }: Pick<OrderView, 'items'>): readonly ItemView[] =>
  items.filter(({ stage }) => stage !== 'cancelled');
