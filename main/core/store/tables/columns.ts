/** Booleans are 0 or 1, moments whole milliseconds since 1970 UTC, `*Json` columns JSON text read back through zod. */
export type Flag = 0 | 1;

/** Columns of every table whose rows a durable loop claims (see `work/`). */
export interface Claimable {
  /** When the row is due; null: nothing to do. */
  nextAtMs: number | null;
  leaseOwner: string | null;
  leaseUntilMs: number | null;
}
