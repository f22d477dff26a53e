import { seededRandom } from '../../../main/training/random/seeded-random.ts';
import type { DocumentSpec } from '../printess/job.ts';
import type { PrintessSandbox } from '../printess/sandbox.ts';
import type { Activity, ShopTarget } from './activity.ts';

interface Design {
  readonly template: string;
  readonly title: string;
  readonly copies: number;
  readonly documents: readonly DocumentSpec[];
}

const DESIGNS: readonly [Design, ...Design[]] = [
  {
    template: 'st:FIELD-NOTES',
    title: 'Field notes',
    copies: 25,
    documents: [
      { name: 'cover', pageCount: 1 },
      { name: 'inside', pageCount: 24 },
    ],
  },
  { template: 'st:CARD', title: 'Business card', copies: 250, documents: [{ name: 'card', pageCount: 2 }] },
  { template: 'st:POSTER', title: 'Lighthouse', copies: 3, documents: [{ name: 'poster', pageCount: 1 }] },
  { template: 'st:MENU', title: 'Menu', copies: 40, documents: [{ name: 'menu', pageCount: 8 }] },
];

const BUYERS = [
  { CustomerFirstName: 'Ann', CustomerLastName: 'Example', ShippingCity: 'Hamburg', ShippingCountry: 'DE' },
  { CustomerCompany: 'Gallery Shop', ShippingCity: 'Lyon', ShippingCountry: 'FR' },
  { CustomerCompany: 'Reading Room', ShippingCity: 'Utrecht', ShippingCountry: 'NL' },
] as const;

const FIRST_PLUGIN_ORDER = 1101;
const FIRST_BACKEND_ORDER = 2101;
const FAILS_EVERY = 4;
const ANSWER_TIMEOUT_MS = 10_000;

/** A plugin's order and one of the shop's backend in turn; without a backend only the plugin's. Now and then one fails. */
export function createPrintessActivity(sandbox: PrintessSandbox, backend?: ShopTarget): Activity {
  for (const { template, documents } of DESIGNS) sandbox.setDocuments(template, documents);
  const random = seededRandom('printess activity');
  let ofPlugin = 0;
  let ofBackend = 0;

  function orderOfPlugin(): string {
    const externalOrderId = String(FIRST_PLUGIN_ORDER + ofPlugin);
    const buyer = random.pick(BUYERS);
    const fails = ofPlugin % FAILS_EVERY === 1;
    ofPlugin += 1;
    if (fails) {
      const fault = { kind: 'fail', message: 'The image on page 1 cannot be read' } as const;
      sandbox.jobKnobs.set({ match: { order: externalOrderId }, times: 1, fault });
    }
    const designs = fails ? [random.pick(DESIGNS)] : random.pick([[random.pick(DESIGNS)], DESIGNS.slice(0, 2)]);
    const lines = designs.map(({ template, title, copies }, index) => ({
      templateName: template,
      copies,
      metaData: JSON.stringify({ ...buyer, orderNumber: `#${externalOrderId}`, lineItemId: index + 1, title }),
    }));
    sandbox.startOrder({ origin: 'WC shop', externalOrderId, lines });
    return `the plugin of a shop started order ${externalOrderId}${fails ? ', which will fail' : ''}`;
  }

  async function orderOfBackend({ ordersUrl, secret }: ShopTarget): Promise<string> {
    const order = `SO-${FIRST_BACKEND_ORDER + ofBackend}`;
    ofBackend += 1;
    const { template, title, copies } = random.pick(DESIGNS);
    const answer = await fetch(ordersUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
      body: JSON.stringify({ order, template, title, copies }),
      signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
    }).then(
      ({ status }) => String(status),
      () => 'no answer',
    );
    return `the shop’s backend had order ${order} produced: ${answer}`;
  }

  return async () => (backend !== undefined && ofPlugin > ofBackend ? orderOfBackend(backend) : orderOfPlugin());
}
