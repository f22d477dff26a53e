/** What is asked of the thread that looks at database files. */
export type LookRequest =
  | { readonly kind: 'look'; readonly path: string; readonly thorough: boolean }
  /** Makes a finished copy a file that stands alone, without a write-ahead log beside it, and looks at it. */
  | { readonly kind: 'seal'; readonly path: string }
  /** Reads what can be read of the orders of a damaged database, after this id. */
  | { readonly kind: 'salvage'; readonly path: string; readonly afterOrderId: number };

/** What a database file is. */
export type DatabaseLook =
  | {
      readonly kind: 'good';
      readonly schema: number;
      readonly orders: number;
      readonly highestOrderId: number;
      /** When the station that wrote it was last known to run; null in one that never ran. */
      readonly lastAliveAtMs: number | null;
    }
  | { readonly kind: 'missing' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'damaged'; readonly reason: string }
  /** A database of another program, or a Platen's that never came to life. */
  | { readonly kind: 'foreign' }
  | { readonly kind: 'newer'; readonly schema: number };

/** An order that was read from a damaged database. */
export interface SalvagedOrder {
  readonly connectionId: string;
  readonly externalId: string;
  readonly receivedAtMs: number;
  /** Empty when it was deleted, or cannot be read. */
  readonly document: string;
}

export type LookAnswer =
  | { readonly kind: 'look'; readonly look: DatabaseLook }
  | { readonly kind: 'salvage'; readonly orders: readonly SalvagedOrder[] };
