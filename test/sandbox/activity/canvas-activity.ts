import { seededRandom } from '../../../main/training/random/seeded-random.ts';
import type { CustomersCanvasSandbox } from '../customerscanvas/sandbox.ts';
import type { Activity, ShopTarget } from './activity.ts';

const LINES = [
  { name: 'Business card', sku: 'BC-85x55', quantity: 250 },
  { name: 'Poster', sku: 'PO-A2', quantity: 12 },
  { name: 'Wedding invitation', sku: 'WI-A6', quantity: 80 },
  { name: 'Label', sku: 'LA-50', quantity: 1000 },
] as const;
const BUYERS = ['Linden Garden Club', 'North Quay Museum', 'Harbour Press', 'Example Buyer'] as const;
const FAILURES = [
  'The font Example Sans is missing',
  'Page 1 has no bleed',
  'The colour profile cannot be read',
] as const;

const FIRST_ORDER = 5101;
const FAILS_EVERY = 3;
const LEAST_BYTES = 300_000;

/** An order of which the shop tells as Shopify does, when it is given; now and then its pipeline fails until it is resumed. */
export function createCanvasActivity(sandbox: CustomersCanvasSandbox, shop?: ShopTarget): Activity {
  const random = seededRandom('canvas activity');
  let count = 0;

  return async () => {
    const orderId = String(FIRST_ORDER + count);
    const fails = count % FAILS_EVERY === FAILS_EVERY - 1;
    count += 1;
    const lines = random.pick([[random.pick(LINES)], LINES.slice(0, 2)]);
    sandbox.place({
      orderId,
      customerName: random.pick(BUYERS),
      projects: lines.map((line, index) => ({
        name: line.name,
        items: [
          {
            ...line,
            files: [{ kind: 'print', exactBytes: LEAST_BYTES + random.below(2_000_000) }, { kind: 'preview' }],
          },
        ],
        ...(fails && index === 0 ? { failsWith: random.pick(FAILURES) } : {}),
      })),
    });
    const ending = fails ? ', and its pipeline will fail' : '';
    if (shop === undefined) return `order ${orderId} has its projects${ending}`;
    const { answer } = await sandbox.postShopifyOrder(orderId, { to: shop.ordersUrl, shopSecret: shop.secret });
    const outcome = answer.kind === 'answered' ? answer.status : answer.message;
    return `Shopify told of order ${orderId}: ${outcome}${ending}`;
  };
}
