import type { OrderView } from '../../../main/contract/orders.ts';
import { type PagesState, pictureKey } from '../../stores/pages-store.ts';
import { hasPages } from '../pages/page-file.ts';
import { printedItems } from './printed-items.ts';

/** Six centimetres, sharp in print. */
export const ticketPicturePx = 700;

/** How many pictures of an order's tickets are not drawn yet. */
export const undrawnPictures = (order: OrderView, { pictures }: PagesState): number =>
  printedItems(order)
    .flatMap(({ files }) => files)
    .filter(hasPages)
    .map((file) => pictures[pictureKey(file, ticketPicturePx)]?.kind)
    .filter((kind) => kind !== 'ready' && kind !== 'failed').length;
