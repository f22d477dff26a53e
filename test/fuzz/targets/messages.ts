import fc from 'fast-check';
import { createCustomersCanvas } from '../../../main/core/platforms/customerscanvas/platform.ts';
import type { ShopOrders } from '../../../main/core/platforms/platform.ts';
import { createPrintApi } from '../../../main/core/platforms/printapi/platform.ts';
import { createPrintess } from '../../../main/core/platforms/printess/platform.ts';
import { settingsSchema } from '../../../main/core/platforms/printess/settings.ts';
import { type FuzzTarget, insist, openFuzz } from '../fuzz-target.ts';
import { anyBytes, mutatedBytes } from '../mutate/bytes.ts';
import { mutatedJson } from '../mutate/json.ts';
import { nastyText } from '../mutate/nasty-texts.ts';

const printess = createPrintess();
const canvas = createCustomersCanvas();
const printApi = createPrintApi();
const settings = settingsSchema.parse({ baseUrl: 'https://printess.example', origin: 'Floor' });

const printessOrder = {
  order: 'SO-1041',
  lines: [
    {
      line: '1',
      template: 'Card',
      copies: 250,
      title: 'Postcard',
      product: 'CARD-A6',
      outputType: 'pdf',
      outputSettings: { dpi: 300 },
      mergeTemplates: [{ templateName: 'Back', documentName: 'back' }],
      vdp: { form: { name: 'Ada' } },
      orderMetaData: { sku: 'A6' },
      failureRepeats: 1,
    },
    { saveToken: 'st:TOKEN', copies: '3', orderMetaData: '{"a":1}' },
  ],
};
const flatOrder = { order: 77, template: 'Card', copies: 1 };
const canvasOrders = { orders: ['1041', 1042, { id: '1043' }, { order: '1044' }, { orderId: 1045 }] };

/** A callback as Printess posts it (`callbackUrl` of /production/produce). */
const printessCallback = {
  jobId: 'job-1',
  orderId: 'order-1',
  templateName: 'Card',
  externalOrderId: 'SO-1041',
  isFinalStatus: true,
  isSuccess: true,
  errorDetails: null,
  meta: '{"a":1}',
  result: {
    s: { t: 0, p: 1, c: 2, o: 0, d: 3 },
    r: { front: 'https://files.example/front.pdf', back: 'https://files.example/back.pdf' },
    d: { front: 'front.pdf', back: 'back.pdf' },
    p: [{ d: 'front', u: 'https://files.example/front-1.png', i: 0 }],
    zip: null,
    oi: { hasInvalidGlyph: false, pageCounts: { front: 1 } },
    meta: null,
  },
};

const shopifyOrder = {
  id: 820982911946154500,
  admin_graphql_api_id: 'gid://shopify/Order/820982911946154508',
  name: '#1041',
  created_at: '2026-03-02T09:15:00+01:00',
  line_items: [{ id: 866550311766439000, title: 'Card', quantity: 1, properties: [{ name: '_stateId', value: 'a' }] }],
};

const asBytes = (text: string): Buffer => Buffer.from(text);

/** What the shop's backend or Shopify posts to `/orders`. */
const shopBodies: fc.Arbitrary<Buffer> = fc.oneof(
  {
    weight: 8,
    arbitrary: mutatedJson(printessOrder, [printessOrder, flatOrder], flatOrder, canvasOrders, shopifyOrder).map(
      asBytes,
    ),
  },
  {
    weight: 1,
    arbitrary: mutatedBytes([asBytes(JSON.stringify(printessOrder)), asBytes(JSON.stringify(shopifyOrder))]),
  },
  { weight: 1, arbitrary: anyBytes },
);

/** What Printess posts to a job's secret address. */
const callbackBodies: fc.Arbitrary<Buffer> = fc.oneof(
  { weight: 8, arbitrary: mutatedJson(printessCallback).map(asBytes) },
  { weight: 1, arbitrary: mutatedBytes([asBytes(JSON.stringify(printessCallback))]) },
  { weight: 1, arbitrary: anyBytes },
);

/** What Print API, or anybody, posts as its webhook. */
const webhookBodies: fc.Arbitrary<Buffer> = fc.oneof(
  nastyText.map((id) => asBytes(`orderId=${encodeURIComponent(id.toWellFormed())}`)),
  nastyText.map((id) => asBytes(`orderId=${id}&orderId=${id}`)),
  mutatedBytes([asBytes('orderId=3NVZ-7QKD-9P2L')], ['&', '=', '%', '%zz', '%00', 'orderId=', '+', ';']),
  anyBytes,
);

const insistOrders = (read: ReturnType<ShopOrders<unknown>['read']>): void => {
  const line = read.kind === 'invalid' ? read.message : 'fine';
  insist(line.trim() !== '' && !line.includes('\n'), 'no clear line');
  for (const { externalId, lines } of read.kind === 'read' ? read.orders : []) {
    insist(externalId !== '' && externalId.length <= 100, 'an order that cannot be named');
    insist(new Set(lines.map((each) => each.externalId)).size === lines.length, 'two lines of one name');
    insist(
      lines.every(({ copies }) => Number.isSafeInteger(copies) && copies > 0),
      'copies that are no number',
    );
  }
};

/** What the shop's backend, Shopify, Printess and Print API tell the station, as their readers see it. */
export const messages: FuzzTarget = {
  name: 'callbacks, webhooks, shop orders',
  runsInTests: 250,
  open: async () =>
    openFuzz(fc.tuple(shopBodies, callbackBodies, webhookBodies), ([orders, callback, webhook]) => {
      insistOrders(printess.shopOrders?.read(orders, settings) ?? { kind: 'invalid', message: '' });
      insistOrders(
        canvas.shopOrders?.read(orders, canvas.settingsSchema.parse(canvasSettings)) ?? {
          kind: 'invalid',
          message: '',
        },
      );
      const sighting = printess.jobs?.readCallback?.(callback, settings) ?? null;
      insist(sighting === null || sighting.externalId !== '', 'a job that cannot be named');
      insist(sighting?.createdAtMs == null || Number.isSafeInteger(sighting.createdAtMs), 'a date that is none');
      const id = printApi.jobs?.readWebhook?.(webhook, 'application/x-www-form-urlencoded') ?? null;
      insist(id === null || (id.length > 0 && id.length <= 100), 'an order that cannot be named');
    }),
};

const canvasSettings = {
  apiUrl: 'https://api.customerscanvashub.com',
  tokenUrl: 'https://customerscanvashub.com/connect/token',
  clientId: 'client',
  storefrontId: 42,
};
