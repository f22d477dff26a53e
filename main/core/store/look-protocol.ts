/** What is asked of the thread that looks at database files. */
export type LookRequest =
  | { readonly kind: 'look'; readonly path: string; readonly thorough: boolean }
  /** Makes a finished copy a file that stands alone, without a write-ahead log beside it, and looks at it. */
  | { readonly kind: 'seal'; readonly path: string }
  /** Reads what a check of the station compares with the disk and the time. */
  | { readonly kind: 'audit'; readonly path: string; readonly nowMs: number }
  /** Reads what can be read of the orders of a damaged database, after this id. */
  | { readonly kind: 'salvage'; readonly path: string; readonly afterOrderId: number };

/** What a database file is. */
export type DatabaseLook =
  | {
      readonly kind: 'good';
      readonly schema: number;
      readonly orders: number;
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

/** A file as the database knows it. */
export interface AuditedFile {
  readonly id: number;
  readonly relativePath: string;
  readonly state: string;
  readonly bytes: number;
  readonly sha256: string | null;
  /** 1: its order has work left. */
  readonly open: number;
  readonly deletedAtMs: number | null;
}

export interface DatabaseAudit {
  /** Rows that point to a row that is not there, by table. */
  readonly brokenReferences: readonly { readonly table: string; readonly rows: number }[];
  /** Rows whose lease ran out long ago. */
  readonly stuckLeases: readonly { readonly table: string; readonly rows: number }[];
  /** Mandatory signals that should have been accepted by now. */
  readonly overdueSignals: readonly {
    readonly id: number;
    readonly name: string;
    readonly order: string;
    readonly state: string;
    readonly deadlineAtMs: number;
  }[];
  /** Null in a database of an older Platen that has not run since. */
  readonly filesFolder: string | null;
  readonly keepDaysAfterShipped: number | null;
  readonly files: readonly AuditedFile[];
}

export type LookAnswer =
  | { readonly kind: 'look'; readonly look: DatabaseLook }
  | { readonly kind: 'audit'; readonly audit: DatabaseAudit | null }
  | { readonly kind: 'salvage'; readonly orders: readonly SalvagedOrder[] };
