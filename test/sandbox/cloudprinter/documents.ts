import { jsonOrder } from '../../../main/training/orders/json-document.ts';
import type { PublishedOrder } from '../../../main/training/orders/publish.ts';
import { xmlOrder } from './xml-document.ts';

/** The document formats of the Cloudprinter order API for production sites. */
export const ORDER_FORMATS = ['json-2.2', 'json-2.1', 'xml-2.1'] as const;
export type OrderFormat = (typeof ORDER_FORMATS)[number];

export interface OrderDocument {
  readonly body: string;
  readonly contentType: string;
}

/** The order as the platform would post it, with the key of the production interface inside. */
export function writeDocument(published: PublishedOrder, format: OrderFormat, orderKey: string): OrderDocument {
  switch (format) {
    case 'json-2.2':
      return { body: JSON.stringify(jsonOrder(published, '2.2', orderKey)), contentType: 'application/json' };
    case 'json-2.1':
      return { body: JSON.stringify(jsonOrder(published, '2.1', orderKey)), contentType: 'application/json' };
    case 'xml-2.1':
      return { body: xmlOrder(published, orderKey), contentType: 'application/xml' };
  }
}
