import { createHash } from 'node:crypto';
import type { IncomingFile, IncomingItem, IncomingOrder } from '../../main/core/domain/incoming-order.ts';

export const sampleFile = (changes: Partial<IncomingFile> = {}): IncomingFile => ({
  role: 'product',
  format: 'pdf',
  url: 'https://files.example.com/artwork.pdf',
  expectedBytes: 1234,
  expectedMd5: '0123456789abcdef0123456789abcdef',
  ...changes,
});

export const sampleItem = (externalId: string, changes: Partial<IncomingItem> = {}): IncomingItem => ({
  externalId,
  title: `Title of ${externalId}`,
  product: 'textbook_pb_a5_p_bw',
  description: 'Textbook',
  copies: 2,
  pages: 48,
  options: [{ code: 'paper_90', description: 'Paper', count: '1', type: 'type_book_paper' }],
  reorder: null,
  files: [sampleFile()],
  ...changes,
});

/** An order of `itemCount` items with one file each. */
export const sampleOrder = (
  externalId: string,
  itemCount = 1,
  changes: Partial<IncomingOrder> = {},
): IncomingOrder => ({
  externalId,
  customer: 'Fjord Books',
  reference: `ref-${externalId}`,
  platformPriority: 'normal',
  shippingMethod: 'standard',
  consignor: 'Fjord Books',
  delivery: { company: '', name: 'Reader', lines: ['Road 1'], country: 'DK', email: '', phone: '' },
  shipByMs: null,
  items: Array.from({ length: itemCount }, (_, index) => sampleItem(`${externalId}-${index + 1}`)),
  files: [],
  unknownFields: [],
  document: `{"id":"${externalId}"}`,
  documentFormat: 'json 2.2',
  contentHash: createHash('sha256').update(externalId).digest('hex'),
  ...changes,
});
