import { stationLine } from '../../../contract/station-lines/station-lines.ts';
import type { Question } from './api.ts';
import { sinceText } from './local-time.ts';
import { orderListSchema, orderSchema, statusListSchema } from './schema.ts';

const megabyte = 1024 * 1024;

/** Seen to work; a larger page is documented nowhere. */
const pageSize = 50;

/** Null for an id that would make another path of it: no order has such a one. */
export const orderQuestion = (id: string): Question<(typeof orderSchema)['_output']> | null =>
  /^\.*$/.test(id)
    ? null
    : {
        path: `orders/${encodeURIComponent(id.toWellFormed())}`,
        scope: 'orders:track',
        schema: orderSchema,
        expected: stationLine('anOrder'),
        longestAnswerBytes: 2 * megabyte,
      };

export const pageQuestion = (offset: number, limit = pageSize): Question<(typeof orderListSchema)['_output']> => ({
  path: `orders?offset=${offset}&limit=${limit}`,
  scope: 'orders:browse',
  schema: orderListSchema,
  expected: stationLine('orderList'),
  longestAnswerBytes: 2 * megabyte,
});

/** All changes since then come in one answer, which has no pages. */
export const changesQuestion = (
  sinceMs: number,
  nowMs: number,
  timeZone: string,
): Question<(typeof statusListSchema)['_output']> => ({
  path: `sync/statuses?since=${encodeURIComponent(sinceText(sinceMs, nowMs, timeZone))}`,
  scope: 'orders:track',
  schema: statusListSchema,
  expected: stationLine('statusUpdateList'),
  longestAnswerBytes: 32 * megabyte,
});
