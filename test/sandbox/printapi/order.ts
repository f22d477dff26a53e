/** Print API's own words; an order or file may one day have another. */
export type OrderStatus = 'Created' | 'Processing' | 'Shipped' | 'Cancelled' | (string & {});
export type PaymentStatus = 'Open' | 'Successful' | 'Cancelled' | 'Failed' | (string & {});
export type FileStatus = 'DownloadPending' | 'DownloadFailed' | 'Accepted' | 'AwaitingUpload' | (string & {});
export type FileRole = 'content' | 'cover';

export interface FileToPlace {
  /** Where the shop offers it. Without it the shop uploads it, and it waits for that. */
  readonly downloadUrl?: string;
  /** Default `DownloadPending`, or `AwaitingUpload` without a URL. */
  readonly status?: FileStatus;
}

/** An order as somebody's shop placed it. */
export interface OrderToPlace {
  /** Default the next of `PA-10001`, `PA-10002`, … */
  readonly id?: string;
  /** Default now. */
  readonly placedAtMs?: number;
  /** Default `Created`. */
  readonly status?: OrderStatus;
  readonly items: readonly {
    readonly productId: string;
    readonly quantity: number;
    readonly pageCount?: number;
    readonly metadata?: string;
    readonly files?: { readonly [role in FileRole]?: FileToPlace };
  }[];
  /** Default none: paid by periodic invoice. `notSetUp`: the payment screen was not asked for yet. */
  readonly payment?: PaymentStatus | 'notSetUp';
  readonly email?: string;
  readonly username?: string;
  readonly express?: boolean;
  readonly metadata?: string;
  /** Default a made-up one in the Netherlands. */
  readonly address?: Address;
}

export interface Address {
  readonly name: string;
  readonly line1: string;
  readonly line2?: string;
  readonly postCode: string;
  readonly city: string;
  readonly state?: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
}

export interface OrderItem {
  /** `00001`, `00002`, … */
  readonly id: string;
  readonly productId: string;
  readonly quantity: number;
  readonly pageCount: number | undefined;
  readonly metadata: string | undefined;
  readonly files: ReadonlyMap<FileRole, OrderFile>;
}

export interface OrderFile {
  readonly status: FileStatus;
  readonly downloadUrl: string | undefined;
}

/** An order as Print API holds it. */
export interface PrintApiOrder {
  readonly id: string;
  /** As it is written in answers. */
  readonly dateTime: string;
  readonly status: OrderStatus;
  readonly trackingUrl: string | undefined;
  readonly payment: PaymentStatus | 'notSetUp' | undefined;
  readonly items: readonly OrderItem[];
  readonly email: string | undefined;
  readonly username: string | undefined;
  readonly express: boolean;
  readonly metadata: string | undefined;
  readonly address: Address;
}
