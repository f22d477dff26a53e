import type { Generated } from 'kysely';
import type { Evidence } from '../../../contract/history.ts';

/** The append-only history. */
export interface EventTable {
  id: Generated<number>;
  atMs: number;
  orderId: number | null;
  itemId: number | null;
  fileId: number | null;
  connectionId: string | null;
  code: string;
  detailJson: string;
  evidence: Evidence;
  by: string | null;
}

/** Settings made on the screen, one JSON value a key. */
export interface SettingTable {
  key: string;
  valueJson: string;
}
