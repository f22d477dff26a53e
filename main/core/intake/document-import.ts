import type { IncomingOrder } from '../domain/incoming-order.ts';
import type { OrderDocuments } from '../platforms/platform.ts';
import type { AcceptedOrder } from './accept-order.ts';

export type ImportedDocument =
  /** One line that says what is wrong with the document. */
  | { readonly kind: 'refused'; readonly message: string }
  | ({ readonly kind: 'imported'; readonly externalId: string } & AcceptedOrder);

/**
 * Takes an order document that a person chose, by the same way as a posted one but without its key check. Rejects only
 * when the order cannot be stored.
 */
export const importDocument = async (
  documents: OrderDocuments<unknown>,
  settings: unknown,
  document: string,
  accept: (order: IncomingOrder) => Promise<AcceptedOrder>,
): Promise<ImportedDocument> => {
  const read = documents.read(Buffer.from(document, 'utf8'), '', settings);
  if (read.kind === 'unreadable') return { kind: 'refused', message: read.message };
  const { content } = read;
  if (content.kind === 'invalid') return { kind: 'refused', message: content.message };
  return { kind: 'imported', externalId: content.order.externalId, ...(await accept(content.order)) };
};
