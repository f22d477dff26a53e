import { makeOrder, reorderOf } from '../../../main/training/orders/make-order.ts';
import type { CloudprinterOrder } from '../../../main/training/orders/order.ts';
import type { ItemSpec } from '../../../main/training/orders/products.ts';
import { seededRandom } from '../../../main/training/random/seeded-random.ts';

const CLIENTS = ['Fjord Books', 'Harbour Press', 'North Quay Museum', 'Linden Garden Club'] as const;
const ADDRESSES = [
  { name: 'Ann Example', street1: 'Testgade 1', zip: '2100', city: 'Kobenhavn', country: 'DK' },
  { name: 'Reading Room', street1: 'Musterweg 12', zip: '20095', city: 'Hamburg', country: 'DE' },
  { name: 'Front Desk', street1: 'Proefstraat 8', zip: '3511 AA', city: 'Utrecht', country: 'NL' },
  { name: 'Gallery Shop', street1: '3 rue du Modele', zip: '69001', city: 'Lyon', country: 'FR' },
] as const;
const METHODS = ['ups_international_standard', 'fedex_national_2_day'] as const;
const CAUSES = [
  ['reorder_shipping_item_damaged', 'The parcel was wet, the first copies are wavy.'],
  ['reorder_shipping_item_not_received', 'Nothing arrived in three weeks.'],
  ['reorder_print_quality', 'Grey streaks on pages 3 to 6.'],
] as const;
const REORDER_EVERY = 5;

/** A plausible order; the number decides everything but the date. Each fifth one makes an earlier order's first item again. */
export function randomOrder(number: number, orderedAt: Date): CloudprinterOrder {
  const random = seededRandom(`order/${number}`);
  const clientName = random.pick(CLIENTS);
  const shared = {
    number,
    orderedAt,
    clientName,
    shippingMethod: random.pick(METHODS),
    address: random.pick(ADDRESSES),
    priority: random.pick(['1', '2', '2', '3']),
  };
  if (number > 1 && number % REORDER_EVERY === 0) {
    const originalNumber = Math.max(1, number - 1 - random.below(3));
    const original = randomOrder(originalNumber, orderedAt);
    const [cause, description] = random.pick(CAUSES);
    const again = itemChoice(`order/${originalNumber}/item/1`);
    return makeOrder({
      ...shared,
      clientName: original.client.name,
      items: [{ ...again, copies: 1, reorder: reorderOf(original, 1, cause, description) }],
    });
  }
  const itemCount = random.pick([1, 1, 1, 2, 3]);
  const items = Array.from({ length: itemCount }, (_, index) => itemChoice(`order/${number}/item/${index + 1}`));
  return makeOrder({ ...shared, items, shippingLabel: random.next() < 0.3 });
}

function itemChoice(seed: string): ItemSpec {
  const random = seededRandom(seed);
  const item: ItemSpec = random.pick([
    { product: 'book', title: 'Field notes', copies: 1 + random.below(5), pageCount: 16 + 4 * random.below(6) },
    { product: 'softcover', title: 'Tide tables', copies: 5 + random.below(40), pageCount: 24 + 4 * random.below(8) },
    { product: 'photoBook', title: 'A year in the garden', copies: 1 },
    { product: 'poster', title: 'Lighthouse', copies: 1 + random.below(10) },
    { product: 'businessCards', title: 'Cards, front office', copies: 100 * (1 + random.below(5)) },
    { product: 'flyer', title: 'Harvest market', copies: 250 * (1 + random.below(4)) },
  ]);
  // As large as real ones are, so that their transfer takes a moment.
  return { ...item, exactBytes: 400_000 + random.below(4_000_000) };
}
