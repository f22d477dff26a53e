import { z } from 'zod';
import type { HistoryEntry } from '../../contract/history.ts';
import { toMoment } from '../ports/clock.ts';
import type { Reader } from '../store/store.ts';
import { readStored } from '../store/stored-json.ts';

const storedDetail = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).catch({});

/** The history of an order, oldest first. */
export const historyOfOrder = async (db: Reader, orderId: number): Promise<HistoryEntry[]> => {
  const rows = await db.selectFrom('events').selectAll().where('orderId', '=', orderId).orderBy('id').execute();
  return rows.map((row) => ({
    id: row.id,
    at: toMoment(row.atMs),
    code: row.code,
    detail: readStored(storedDetail, row.detailJson),
    evidence: row.evidence,
    by: row.by,
    itemId: row.itemId,
    fileId: row.fileId,
  }));
};
