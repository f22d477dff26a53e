import type {
  IncomingAddress,
  IncomingFile,
  IncomingItem,
  IncomingOrder,
  IncomingReorder,
} from '../../domain/incoming-order.ts';
import { wallTimeMs } from '../wall-time.ts';
import { copiesOf, deliveryAddress } from './required-content.ts';
import type { WireAddress, WireFile, WireItem, WireOrder } from './schema.ts';

/** What Cloudprinter calls a file, and what it is here; other words stay as they are. */
const roles: ReadonlyMap<string, string> = new Map([
  ['cover', 'cover'],
  ['book', 'bookBlock'],
  ['product', 'product'],
  ['shipping_label', 'shippingLabel'],
]);

/** Null for what is no whole number, or none that can be exact. */
export const wholeNumber = (text: string): number | null => (/^\d{1,15}$/.test(text) ? Number(text) : null);

/** 32 lower-case hex digits; null for anything else. */
export const md5Of = (text: string): string | null => (/^[0-9a-f]{32}$/i.test(text) ? text.toLowerCase() : null);

const toFile = (file: WireFile): IncomingFile => ({
  role: roles.get(file.type.toLowerCase()) ?? (file.type || 'unknown'),
  format: file.format.toLowerCase(),
  url: file.url,
  expectedBytes: wholeNumber(file.size),
  expectedMd5: md5Of(file.md5sum),
});

/** An element without content says nothing of a file. */
const toFiles = (files: readonly WireFile[]): readonly IncomingFile[] =>
  files.filter(({ type, url }) => type !== '' || url !== '').map(toFile);

const toReorder = (item: WireItem): IncomingReorder | null => {
  const reorder: IncomingReorder = {
    cause: item.reorder_cause,
    description: item.reorder_desc,
    originalOrder: item.reorder_order_id,
    originalItem: item.reorder_item_id,
  };
  return Object.values(reorder).every((value) => value === '') ? null : reorder;
};

const toItem = (item: WireItem): IncomingItem => ({
  externalId: item.id,
  title: item.title,
  product: item.product,
  description: item.desc,
  copies: copiesOf(item.count) ?? 0,
  pages: wholeNumber(item.pages),
  options: item.options
    .filter(({ option, desc, type }) => option !== '' || desc !== '' || type !== '')
    .map(({ option, desc, count, type }) => ({ code: option, description: desc, count, type })),
  reorder: toReorder(item),
  files: toFiles(item.files),
});

const toAddress = (address: WireAddress): IncomingAddress => ({
  company: address.company,
  name: address.name,
  lines: [address.street1, address.street2, `${address.zip} ${address.city}`.trim(), address.state].filter(
    (line) => line !== '',
  ),
  country: address.country,
  email: address.email,
  phone: address.phone,
});

/** What comes from the document as a whole rather than from its fields. */
export type DocumentFacts = Pick<IncomingOrder, 'document' | 'documentFormat' | 'contentHash' | 'unknownFields'>;

/** The order in the station's words. It must have what `missingFrom` asks for. */
export const toIncomingOrder = (order: WireOrder, facts: DocumentFacts, timeZone: string): IncomingOrder => {
  const delivery = deliveryAddress(order);
  return {
    externalId: order.id,
    customer: order.client.name,
    reference: order.client.reference,
    platformPriority: order.priority,
    shippingMethod: order.shipping.method,
    consignor: order.shipping.consignor,
    delivery: delivery === null ? null : toAddress(delivery),
    shipByMs: wallTimeMs(order.shipping_date, timeZone),
    items: order.items.map(toItem),
    files: toFiles(order.files),
    ...facts,
  };
};
