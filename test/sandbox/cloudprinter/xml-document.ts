import { costsOf, documentDate } from '../../../main/training/orders/document-values.ts';
import type { OrderFile, OrderItem } from '../../../main/training/orders/order.ts';
import type { DocumentFile, PublishedOrder } from '../../../main/training/orders/publish.ts';

/**
 * The order as XML 2.1: `address`, `item`, `file` and `option` are repeated without a wrapper around them, there is no
 * shipping date. What an item holds after its id is not published; the names are those of the JSON.
 */
export function xmlOrder(published: PublishedOrder, orderKey: string): string {
  const { order, documentFiles } = published;
  const ordered = documentDate(order.orderedAt);
  const costs = costsOf(order);
  const { address, client } = order;
  const document = element('order', [
    element('apikey', orderKey),
    element('id', order.id),
    element('date', ordered),
    element('priority', order.priority),
    fields('creator', { id: '1', name: 'Cloudprinter.com', version: '2.1', date: ordered }),
    fields('client', { id: String(client.id), name: client.name, date: ordered, reference: client.reference }),
    fields('address', {
      company: address.company,
      type: 'delivery',
      name: address.name,
      street1: address.street1,
      street2: address.street2,
      city: address.city,
      zip: address.zip,
      country: address.country,
      state: address.state,
      email: address.email,
      phone: address.phone,
      customer_identification: address.customerIdentification,
    }),
    element('shipping', [
      element('method', order.shippingMethod),
      element('consignor', order.consignor),
      fields('invoice', { shipments: '1', currency: costs.currency, total: costs.shipping }),
    ]),
    ...order.items.map((item) => itemElement(item, documentFiles)),
    ...order.files.map((file) => fileElement(file, documentFiles)),
  ]);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${document}\n`;
}

function itemElement(item: OrderItem, documentFiles: ReadonlyMap<string, DocumentFile>): string {
  const { reorder } = item;
  return element('item', [
    element('id', item.id),
    element('count', String(item.copies)),
    element('title', item.title),
    element('product', item.product),
    element('desc', item.description),
    element('pages', String(item.pageCount)),
    ...item.files.map((file) => fileElement(file, documentFiles)),
    ...item.options.map(({ option, desc, count, type }) => fields('option', { option, desc, count, type })),
    ...(reorder === undefined
      ? []
      : [
          element('reorder_cause', reorder.cause),
          element('reorder_desc', reorder.description),
          element('reorder_order_id', reorder.orderId),
          element('reorder_item_id', reorder.itemId),
        ]),
  ]);
}

function fileElement(file: OrderFile, documentFiles: ReadonlyMap<string, DocumentFile>): string {
  const document = documentFiles.get(file.path);
  if (document === undefined) return '';
  const { type, format, url, md5sum, size } = document;
  return fields('file', { type, format, url, md5sum, size });
}

function fields(name: string, values: Readonly<Record<string, string>>): string {
  return element(
    name,
    Object.entries(values).map(([field, value]) => element(field, value)),
  );
}

/** A text is escaped; elements are passed in a list. */
function element(name: string, content: string | readonly string[]): string {
  const inner = typeof content === 'string' ? escaped(content) : content.join('');
  return inner === '' ? `<${name}/>` : `<${name}>${inner}</${name}>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}
