/** An order as a platform's document says it, in the station's own words. What the document leaves out is empty or null. */
export interface IncomingOrder {
  readonly externalId: string;
  readonly customer: string;
  readonly reference: string;
  readonly platformPriority: string;
  readonly shippingMethod: string;
  readonly consignor: string;
  readonly delivery: IncomingAddress | null;
  readonly shipByMs: number | null;
  readonly items: readonly IncomingItem[];
  /** Files of the order itself, such as a ready shipping label. */
  readonly files: readonly IncomingFile[];
  readonly unknownFields: readonly { readonly path: string; readonly value: string }[];
  /** The document as it came, with its key masked. */
  readonly document: string;
  /** Such as `json 2.2` or `xml 2.1`. */
  readonly documentFormat: string;
  /** SHA-256 (hex) over the document's meaning without the key: an identical repeat has the same. */
  readonly contentHash: string;
}

export interface IncomingAddress {
  readonly company: string;
  readonly name: string;
  readonly lines: readonly string[];
  readonly country: string;
  readonly email: string;
  readonly phone: string;
}

export interface IncomingItem {
  readonly externalId: string;
  readonly title: string;
  readonly product: string;
  readonly description: string;
  readonly copies: number;
  readonly pages: number | null;
  readonly options: readonly IncomingOption[];
  readonly reorder: IncomingReorder | null;
  readonly files: readonly IncomingFile[];
}

export interface IncomingOption {
  readonly code: string;
  readonly description: string;
  readonly count: string;
  readonly type: string;
}

/** What the platform says an item is a remake of. */
export interface IncomingReorder {
  readonly cause: string;
  readonly description: string;
  readonly originalOrder: string;
  readonly originalItem: string;
}

export interface IncomingFile {
  /** `cover`, `bookBlock`, `product`, `shippingLabel`, or the platform's own word. */
  readonly role: string;
  /** Lower-case, such as `pdf`. */
  readonly format: string;
  readonly url: string;
  readonly expectedBytes: number | null;
  /** 32 lower-case hex digits. */
  readonly expectedMd5: string | null;
}
