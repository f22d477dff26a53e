import type { Evidence } from '../../contract/history.ts';
import type { WriteTransaction } from './store.ts';

/** One line of history to write. `code` is a key of the catalogue, `detail` its values: never a key, an address or a URL. */
export interface NewHistoryEntry {
  readonly atMs: number;
  readonly code: string;
  readonly evidence: Evidence;
  readonly orderId?: number | null;
  readonly itemId?: number | null;
  readonly fileId?: number | null;
  readonly connectionId?: string | null;
  readonly detail?: Readonly<Record<string, string | number | boolean | null>>;
  readonly by?: string | null;
}

/** Appends to the history, all in one statement. */
export const appendHistory = async (
  { db, touched }: WriteTransaction,
  entries: readonly NewHistoryEntry[],
): Promise<void> => {
  if (entries.length === 0) return;
  await db
    .insertInto('events')
    .values(
      entries.map((entry) => ({
        atMs: entry.atMs,
        code: entry.code,
        evidence: entry.evidence,
        orderId: entry.orderId ?? null,
        itemId: entry.itemId ?? null,
        fileId: entry.fileId ?? null,
        connectionId: entry.connectionId ?? null,
        detailJson: JSON.stringify(entry.detail ?? {}),
        by: entry.by ?? null,
      })),
    )
    .execute();
  for (const entry of entries) {
    if (entry.orderId != null) touched.orders.add(entry.orderId);
  }
};
