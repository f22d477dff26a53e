import type { OrderItem, PrintApiOrder } from './order.ts';

export type ApiVersion = 'v1' | 'v2';

const VAT_RATE = 0.21;
const PRICE_EUROS = 10;

/** The answer to `GET /orders/{id}`. `baseUrl` ends in the version and a slash. */
export function orderJson(order: PrintApiOrder, version: ApiVersion, baseUrl: string): unknown {
  return {
    id: order.id,
    dateTime: order.dateTime,
    status: order.status,
    trackingUrl: order.trackingUrl,
    email: order.email,
    username: order.username,
    productionSpeed: order.express ? 'Express' : 'Standard',
    checkout: checkoutJson(order, version, baseUrl),
    items: order.items.map((item) => itemJson(order, item, version, baseUrl)),
    // The old version has the address at the root of the order and no shipping method.
    ...(version === 'v1'
      ? { shippingAddress: order.address }
      : { shipping: { method: { name: 'Pakket', isTrackable: true }, address: order.address } }),
    invoice: invoiceJson(order),
    invoicingState: 'Included',
    metadata: order.metadata,
  };
}

/** The answer to `GET /orders/{id}/status`; the payment is told only after its screen was set up. */
export function statusJson(order: PrintApiOrder): unknown {
  return {
    id: order.id,
    order: order.status,
    payment: order.payment === 'notSetUp' ? undefined : order.payment,
  };
}

/** A line of `GET /orders`. */
export function summaryJson(order: PrintApiOrder, baseUrl: string): unknown {
  const { id, dateTime, status, email, username } = order;
  return { id, dateTime, status, email, username, url: `${baseUrl}orders/${encodeURIComponent(id)}` };
}

function itemJson(order: PrintApiOrder, item: OrderItem, version: ApiVersion, baseUrl: string): unknown {
  const files = [...item.files].map(([role, file]) => {
    const uploadUrl = `${baseUrl}files/${encodeURIComponent(`${order.id}-${item.id}-${role}`)}`;
    const place = file.downloadUrl === undefined ? { uploadUrl } : { downloadUrl: file.downloadUrl };
    return [role, { status: file.status, ...place }];
  });
  return {
    id: item.id,
    productId: item.productId,
    pageCount: item.pageCount,
    quantity: item.quantity,
    files: Object.fromEntries(files),
    options: version === 'v1' ? [{ id: 'material', value: 'standard', name: 'Standard' }] : [],
    metadata: item.metadata,
  };
}

function checkoutJson(order: PrintApiOrder, version: ApiVersion, baseUrl: string): unknown {
  if (order.payment === undefined) return undefined;
  const checkout = { amount: totalEuros(order), setupUrl: `${baseUrl}checkout/${encodeURIComponent(order.id)}` };
  if (order.payment === 'notSetUp') return checkout;
  const paymentUrl = `${baseUrl}pay/${encodeURIComponent(order.id)}`;
  const billing = version === 'v1' ? { billingAddress: order.address } : {};
  return { status: order.payment, ...checkout, paymentUrl, ...billing };
}

function invoiceJson(order: PrintApiOrder): unknown {
  const line = (cost: number) => ({
    cost,
    taxes: [{ rate: VAT_RATE, amount: Math.round(cost * VAT_RATE * 100) / 100, calculatedOver: cost }],
  });
  const production = totalEuros(order);
  return {
    production: line(production),
    shipping: line(5),
    handling: line(0.5),
    discount: { cost: 0, taxes: [] },
    total: line(production + 5.5),
  };
}

const totalEuros = (order: PrintApiOrder) => order.items.reduce((sum, item) => sum + item.quantity * PRICE_EUROS, 0);
