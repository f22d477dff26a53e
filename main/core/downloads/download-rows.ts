import { type Expression, type SqlBool, sql } from 'kysely';
import type { FileState } from '../../contract/values.ts';
import type { Reader } from '../store/store.ts';
import type { FailureClass } from '../work/failure.ts';

/** A file whose transfer is due, with all that is needed to run it. */
export interface DownloadRow {
  readonly id: number;
  readonly orderId: number;
  readonly itemId: number | null;
  readonly connectionId: string;
  readonly role: string;
  readonly sourceUrl: string;
  readonly sourceHost: string;
  readonly expectedBytes: number | null;
  readonly expectedMd5: string | null;
  readonly relativePath: string;
  readonly receivedBytes: number;
  readonly validator: string | null;
  readonly state: FileState;
  readonly attempts: number;
  readonly mismatches: number;
  readonly problemCode: string | null;
  readonly priority: number;
}

/** The rows of one way to a host, as far as they wait for a transfer. */
export interface DownloadLane {
  readonly connectionId: string;
  readonly sourceHost: string;
  /** When its earliest row is due; 0 when one waits for nothing but the channel. */
  readonly dueMs: number;
}

export const channelNameOf = (sourceHost: string): string => `downloads ${sourceHost}`;

/** Problem codes of rows that wait for their channel alone: they are due as soon as it admits any. */
const channelCodes: readonly FailureClass[] = [
  'network',
  'timeout',
  'rateLimited',
  'serverError',
  'refused',
  'paymentRequired',
];

const waitsForChannel: Expression<SqlBool> = sql<SqlBool>`files.state = 'waiting' AND files.problem_code IN (${sql.join(channelCodes)})`;

const isFree = (nowMs: number): Expression<SqlBool> =>
  sql<SqlBool>`(files.lease_until_ms IS NULL OR files.lease_until_ms <= ${nowMs})`;

/** Every way to a host that has rows waiting, without connections that a person paused and the rows being worked on. */
export const readLanes = async (
  db: Reader,
  held: readonly number[],
  nowMs: number,
): Promise<readonly DownloadLane[]> => {
  // Asked first, so that the long line of a paused connection is not walked through at every look.
  const working = await db.selectFrom('connections').select('id').where('pausedByPerson', '=', 0).execute();
  if (working.length === 0) return [];
  return db
    .selectFrom('files')
    .where('files.nextAtMs', 'is not', null)
    .where(
      'files.connectionId',
      'in',
      working.map((connection) => connection.id),
    )
    .where('files.id', 'not in', held)
    .where(isFree(nowMs))
    .select([
      'files.connectionId',
      'files.sourceHost',
      sql<number>`min(CASE WHEN ${waitsForChannel} THEN 0 ELSE files.next_at_ms END)`.as('dueMs'),
    ])
    .groupBy(['files.connectionId', 'files.sourceHost'])
    .execute();
};

/**
 * The best due rows of a lane: reorders first, then the oldest. A probe goes with a file that has not failed yet, so
 * that one bad file cannot keep a channel closed by always being the probe.
 */
export const readDueRows = async (
  db: Reader,
  lane: DownloadLane,
  held: readonly number[],
  nowMs: number,
  limit: number,
  probe: boolean,
): Promise<readonly (DownloadRow & { readonly calledOff: boolean })[]> => {
  const due = db
    .selectFrom('files')
    .innerJoin('orders', 'orders.id', 'files.orderId')
    .leftJoin('items', 'items.id', 'files.itemId')
    .selectAll('files')
    .select(['items.cancelledAtMs', 'orders.stage as orderStage'])
    .where('files.connectionId', '=', lane.connectionId)
    .where('files.sourceHost', '=', lane.sourceHost)
    .where('files.nextAtMs', 'is not', null)
    .where('files.id', 'not in', held)
    .where(isFree(nowMs))
    .where((is) => is.or([is('files.nextAtMs', '<=', nowMs), waitsForChannel]));
  const ordered = probe ? due.orderBy(sql`files.state = 'waiting'`).orderBy('files.attempts') : due;
  const rows = await ordered.orderBy('files.priority', 'desc').orderBy('files.id').limit(limit).execute();
  return rows.map((row) => ({ ...row, calledOff: row.cancelledAtMs !== null || row.orderStage === 'cancelled' }));
};
