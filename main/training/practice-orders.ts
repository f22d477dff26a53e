import { makeOrder, orderId, reorderOf } from './orders/make-order.ts';
import type { CloudprinterOrder } from './orders/order.ts';
import type { ItemSpec } from './orders/products.ts';

/** An order of the practice platform, and how its files come. */
export interface PracticeOrder {
  readonly order: CloudprinterOrder;
  /** `late`: the first time a file is asked for it is not there yet, as when a customer's upload has not ended. */
  readonly files: 'there' | 'late';
}

const hourMs = 3_600_000;

/** The orders that come in while somebody practises, in that order. Nothing of them is late, whatever the hour. */
export const practiceOrders = (nowMs: number): readonly PracticeOrder[] => {
  const make = (number: number, client: string, dueInHours: number, items: readonly ItemSpec[]): CloudprinterOrder =>
    makeOrder({
      number,
      id: orderId(number),
      orderedAt: new Date(nowMs),
      shipBy: new Date(nowMs + dueInHours * hourMs),
      clientName: `Training: ${client}`,
      clientReference: `TRAINING-${number}`,
      items: items.map((item) => ({ ...item, stamp: 'TRAINING' })),
    });
  const poster = make(1, 'North Quay Museum', 6, [{ product: 'poster', title: 'Lighthouse', copies: 3 }]);
  const book = make(2, 'Fjord Books', 24, [{ product: 'book', title: 'Field notes', copies: 5 }]);
  const flyer = make(3, 'Linden Garden Club', 12, [{ product: 'flyer', title: 'Harvest market', copies: 500 }]);
  const cards = make(4, 'Harbour Press', 30, [
    { product: 'businessCards', title: 'Cards, front office', copies: 200 },
    { product: 'businessCards', title: 'Cards, workshop', copies: 100 },
  ]);
  const again = make(5, 'Fjord Books', 20, [
    { product: 'book', title: 'Field notes', copies: 2, reorder: reorderOf(book) },
  ]);
  return [
    { order: poster, files: 'there' },
    { order: flyer, files: 'late' },
    { order: book, files: 'there' },
    { order: cards, files: 'there' },
    { order: again, files: 'there' },
  ];
};
