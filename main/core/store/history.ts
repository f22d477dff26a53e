import type { Evidence } from '../../contract/history.ts';
import { insertRows } from './insert-rows.ts';
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
  transaction: WriteTransaction,
  entries: readonly NewHistoryEntry[],
): Promise<void> => {
  for (const entry of entries) {
    if (entry.orderId != null) transaction.touched.orders.add(entry.orderId);
  }
  await insertRows(
    transaction,
    'events',
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
  );
};
