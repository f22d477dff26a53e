import type { ItemView } from '../../../main/contract/orders.ts';

/** What an item is called: not every platform gives a title. */
export const itemName = ({ title, product, externalId }: ItemView): string => title || product || externalId;
