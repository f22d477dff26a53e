import { z } from 'zod';
import { moment, rowId } from './values.ts';

/**
 * What proves a state: the platform said so, a hash matched, a file left the folder, the RIP put it into one of its own
 * folders, an operator or the station said so.
 */
export const evidence = z.enum([
  'platformSaid',
  'hashMatched',
  'leftTheFolder',
  'foundInFolder',
  'writtenToFolder',
  'ripSaid',
  'operatorSaid',
  'stationDid',
]);
export type Evidence = z.infer<typeof evidence>;

/** One line of the append-only history. `code` is a key of the catalogue, `detail` its values. */
export const historyEntry = z.object({
  id: rowId,
  at: moment,
  code: z.string(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  evidence: evidence,
  by: z.string().nullable(),
  itemId: rowId.nullable(),
  fileId: rowId.nullable(),
});
export type HistoryEntry = z.infer<typeof historyEntry>;
