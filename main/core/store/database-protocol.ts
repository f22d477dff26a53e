/** What the main thread asks of the database thread. Requests are carried out in order. */
export type DatabaseRequest =
  | { readonly id: number; readonly kind: 'open'; readonly path: string }
  | {
      readonly id: number;
      readonly kind: 'query';
      /** A query on the writer is refused outside a transaction: it would commit by itself. */
      readonly on: 'reader' | 'writer';
      readonly sql: string;
      readonly parameters: readonly unknown[];
    }
  /** Begins, divides and ends transactions of the writer; stops at the first statement that fails. */
  | { readonly id: number; readonly kind: 'control'; readonly statements: readonly string[] }
  | { readonly id: number; readonly kind: 'backup'; readonly path: string }
  | { readonly id: number; readonly kind: 'close' };

export interface QueryAnswer {
  readonly rows: readonly unknown[];
  readonly changes: number;
  readonly lastInsertRowid: number | bigint;
}

/** Why a database cannot be opened: a class that the start-up turns into one clear line. */
export type OpenFailure = 'inUse' | 'newer' | 'damaged' | 'unreadable';

export type DatabaseAnswer =
  | { readonly id: number; readonly kind: 'done'; readonly answer: QueryAnswer | null }
  | {
      readonly id: number;
      readonly kind: 'failed';
      readonly message: string;
      readonly code: string;
      readonly openFailure: OpenFailure | null;
    };
