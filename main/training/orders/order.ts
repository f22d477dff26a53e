import type { FileContent } from '../files/file-content.ts';
import type { PdfContentSpec } from '../pdf/pdf-content.ts';

/** The type of a file in an order document (Cloudprinter order API, "type"). */
export type FileRole = 'cover' | 'book' | 'product' | 'shipping_label';

export interface OrderFile {
  readonly role: FileRole;
  /** Path of its URL at the sandbox, with a slash at the start. */
  readonly path: string;
  readonly source:
    | { readonly kind: 'pdf'; readonly pdf: PdfContentSpec }
    | { readonly kind: 'content'; readonly content: FileContent };
  readonly announced?: AnnouncedFile;
}

/** Values that the document gives instead of the true ones. */
export interface AnnouncedFile {
  readonly md5sum?: string;
  readonly size?: string;
  readonly url?: string;
  readonly format?: string;
}

export interface OrderOption {
  readonly option: string;
  readonly desc: string;
  readonly count: string;
  /** Such as `type_main_paper`. */
  readonly type: string;
}

/** Why an item is made again: the four reorder fields of the document. */
export interface ReorderOf {
  /** Such as `reorder_shipping_item_damaged`. */
  readonly cause: string;
  readonly description: string;
  readonly orderId: string;
  readonly itemId: string;
}

export interface OrderItem {
  readonly id: string;
  readonly copies: number;
  readonly title: string;
  readonly product: string;
  readonly description: string;
  readonly pageCount: number;
  readonly files: readonly OrderFile[];
  readonly options: readonly OrderOption[];
  readonly reorder: ReorderOf | undefined;
}

export interface DeliveryAddress {
  readonly company: string;
  readonly name: string;
  readonly street1: string;
  readonly street2: string;
  readonly zip: string;
  readonly city: string;
  /** Two letters. */
  readonly country: string;
  readonly state: string;
  readonly email: string;
  readonly phone: string;
  readonly customerIdentification: string;
}

/** An order as Cloudprinter holds it, before it is written in one of the document formats. */
export interface CloudprinterOrder {
  /** 12 digits that end in 0000, such as 900000010000; its items end in 0001, 0002 and so on. */
  readonly id: string;
  readonly orderedAt: Date;
  readonly shipBy: Date;
  readonly priority: string;
  readonly client: { readonly id: number; readonly name: string; readonly reference: string };
  readonly shippingMethod: string;
  readonly consignor: string;
  readonly address: DeliveryAddress;
  readonly files: readonly OrderFile[];
  readonly items: readonly OrderItem[];
  /** Keys of the order object that nobody documented, as they may appear one day. JSON formats only. */
  readonly unknownKeys: Readonly<Record<string, unknown>>;
}

/** Every file of the order: those of its items first. */
export function filesOf(order: CloudprinterOrder): readonly OrderFile[] {
  return [...order.items.flatMap((item) => item.files), ...order.files];
}
