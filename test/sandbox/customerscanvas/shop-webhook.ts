import { createHmac } from 'node:crypto';

/** The shop's own message to the station, and what became of it. */
export interface WebhookEntry {
  readonly kind: 'webhook';
  readonly order: string;
  readonly form: 'json' | 'shopify';
  readonly to: string;
  readonly answer:
    | { readonly kind: 'answered'; readonly status: number; readonly body: string }
    | { readonly kind: 'failed'; readonly message: string };
}

/** A message ready to be posted, so that a test can spoil it first. */
export interface Webhook {
  readonly order: string;
  readonly form: WebhookEntry['form'];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const ANSWER_TIMEOUT_MS = 30_000;

/** Plain JSON from a shop's own backend. `body` replaces `{"order": …}`. */
export function jsonWebhook(order: string, token: string, body: unknown = { order }): Webhook {
  return {
    order,
    form: 'json',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  };
}

/**
 * Shopify's `orders/create`: the order's id is a number, and `X-Shopify-Hmac-Sha256` the base64 HMAC-SHA256 of the raw
 * body with the shop's secret.
 */
export function shopifyWebhook(order: string, shopSecret: string, createdAt: Date): Webhook {
  const body = shopifyBody(order, createdAt);
  return {
    order,
    form: 'shopify',
    headers: {
      'content-type': 'application/json',
      'x-shopify-topic': 'orders/create',
      'x-shopify-shop-domain': 'example-shop.myshopify.com',
      'x-shopify-api-version': '2026-01',
      'x-shopify-webhook-id': 'b54557e4-bdd9-4b37-8a5f-bf7d70bcd043',
      'x-shopify-hmac-sha256': createHmac('sha256', shopSecret).update(body).digest('base64'),
    },
    body,
  };
}

/** As the shop writes it: the id is a bare number, and may be larger than JavaScript counts exactly. */
function shopifyBody(order: string, createdAt: Date): string {
  const number = Number(order.slice(-4)) || 1001;
  const document = {
    id: 0,
    admin_graphql_api_id: `gid://shopify/Order/${order}`,
    created_at: createdAt.toISOString(),
    currency: 'EUR',
    email: 'buyer@example.com',
    financial_status: 'paid',
    fulfillment_status: null,
    name: `#${number}`,
    note: null,
    number: number - 1000,
    order_number: number,
    test: false,
    total_price: '49.00',
    customer: { id: 115310627314723950, email: 'buyer@example.com', first_name: 'Example', last_name: 'Buyer' },
    line_items: [
      {
        id: 866550311766439000,
        name: 'Business card - 350g matt',
        price: '49.00',
        quantity: 1,
        sku: 'BC-85x55',
        title: 'Business card',
        properties: [{ name: '_customerscanvas', value: 'state-1' }],
      },
    ],
    shipping_lines: [{ id: 271878346596884000, title: 'Standard', price: '4.90' }],
  };
  return JSON.stringify(document).replace('"id":0,', `"id":${order},`);
}

/** Posts it once. A refusal or a dead connection is a value. */
export async function postWebhook(webhook: Webhook, to: string, stopped: AbortSignal): Promise<WebhookEntry> {
  const entry = { kind: 'webhook', order: webhook.order, form: webhook.form, to } as const;
  try {
    const response = await fetch(to, {
      method: 'POST',
      headers: webhook.headers,
      body: webhook.body,
      redirect: 'manual',
      signal: AbortSignal.any([stopped, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]),
    });
    return { ...entry, answer: { kind: 'answered', status: response.status, body: await response.text() } };
  } catch (error) {
    // The cause of a failed fetch (such as "connect ECONNREFUSED") stands inside the error.
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return { ...entry, answer: { kind: 'failed', message: cause instanceof Error ? cause.message : String(cause) } };
  }
}
