import { costsOf, documentDate, weightOf } from './document-values.ts';
import type { DeliveryAddress, OrderItem } from './order.ts';
import type { DocumentFile, PublishedOrder } from './publish.ts';

/** The document as an object. Version 2.1 has no costs and no customs values; numbers are strings where the examples have strings. */
export function jsonOrder(
  published: PublishedOrder,
  version: '2.2' | '2.1',
  orderKey: string,
): Readonly<Record<string, unknown>> {
  const { order } = published;
  const costs = costsOf(order);
  const ordered = documentDate(order.orderedAt);
  const current = version === '2.2';
  return {
    order: {
      apikey: orderKey,
      id: order.id,
      date: ordered,
      priority: order.priority,
      shipping_date: documentDate(order.shipBy),
      creator: { id: 1, name: 'Cloudprinter.com', version, date: ordered },
      client: { id: order.client.id, name: order.client.name, date: ordered, reference: order.client.reference },
      ...(current ? { costs } : {}),
      shipping: {
        method: order.shippingMethod,
        consignor: order.consignor,
        invoice: { shipments: 1, currency: costs.currency, total: costs.shipping },
        ...(current
          ? { proforma_invoice: { currency: costs.currency, total: costs.items, weight: weightOf(order) } }
          : {}),
      },
      addresses: [jsonAddress(order.address)],
      files: order.files.flatMap((file) => published.documentFiles.get(file.path) ?? []),
      items: order.items.map((item) => jsonItem(item, published.documentFiles)),
      ...order.unknownKeys,
    },
  };
}

function jsonAddress(address: DeliveryAddress): Readonly<Record<string, string>> {
  const { customerIdentification, ...fields } = address;
  // The documented key is spelled with a space.
  return { type: 'delivery', ...fields, 'customer identification': customerIdentification };
}

function jsonItem(
  item: OrderItem,
  documentFiles: ReadonlyMap<string, DocumentFile>,
): Readonly<Record<string, unknown>> {
  return {
    id: item.id,
    count: String(item.copies),
    title: item.title,
    product: item.product,
    desc: item.description,
    pages: String(item.pageCount),
    files: item.files.flatMap((file) => documentFiles.get(file.path) ?? []),
    options: item.options,
    ...(item.reorder === undefined
      ? {}
      : {
          reorder_cause: item.reorder.cause,
          reorder_desc: item.reorder.description,
          reorder_order_id: item.reorder.orderId,
          reorder_item_id: item.reorder.itemId,
        }),
  };
}
