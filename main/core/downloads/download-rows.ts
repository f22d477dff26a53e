import { type Expression, type SqlBool, sql } from 'kysely';
import type { FileState } from '../../contract/values.ts';
import type { Reader } from '../store/store.ts';
import { failureClasses, isOfChannel } from '../work/failure.ts';

/** A file whose transfer is due, with all that is needed to run it. */
export interface DownloadRow {
  readonly id: number;
  readonly orderId: number;
  readonly itemId: number | null;
  readonly connectionId: string;
  readonly role: string;
  readonly format: string;
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
  /** The job whose result it is; null for a file of an order document. */
  readonly jobId: number | null;
  /** 1: fetched with the connection's credentials. */
  readonly needsToken: 0 | 1;
}

/** The rows of one way to a host, as far as they wait for a transfer. */
export interface DownloadLane {
  readonly connectionId: string;
  readonly sourceHost: string;
  /** When its earliest row is due; 0 when one is due now, or waits for nothing but the channel. */
  readonly dueMs: number;
}

export const channelNameOf = (sourceHost: string): string => `downloads ${sourceHost}`;

/** Problem codes of rows that wait for their channel alone: they are due as soon as it admits any. */
const channelCodes = failureClasses.filter(isOfChannel);

const waitsForChannel: Expression<SqlBool> = sql<SqlBool>`files.state = 'waiting' AND files.problem_code IN (${sql.join(channelCodes)})`;

const isFree = (nowMs: number): Expression<SqlBool> =>
  sql<SqlBool>`(files.lease_until_ms IS NULL OR files.lease_until_ms <= ${nowMs})`;

/** So many rows of a lane are looked at for one that is due before the whole lane is walked through. */
const firstRows = 100;

/**
 * Every way to a host that has rows waiting, without connections that a person paused and the rows being worked on.
 * Asked at every look, so it goes from the first row of a lane straight to the next lane, and stops in a lane at the
 * first row that is due. Only a lane whose first rows all wait for a later time is read to its end.
 */
export const readLanes = async (
  db: Reader,
  held: readonly number[],
  nowMs: number,
): Promise<readonly DownloadLane[]> => {
  const dueMs = sql`CASE WHEN files.next_at_ms <= ${nowMs} OR (${waitsForChannel}) THEN 0 ELSE files.next_at_ms END`;
  const rowsOfLane = sql`FROM files
    WHERE files.connection_id = lanes.connection_id AND files.source_host = lanes.source_host
      AND files.next_at_ms IS NOT NULL AND files.id NOT IN (${sql.join(held)}) AND ${isFree(nowMs)}`;
  const { rows } = await sql<Omit<DownloadLane, 'dueMs'> & { readonly dueMs: number | null }>`
    WITH RECURSIVE lanes (connection_id, source_host) AS (
      SELECT connections.id, (
        SELECT min(files.source_host) FROM files
        WHERE files.next_at_ms IS NOT NULL AND files.connection_id = connections.id
      ) FROM connections WHERE connections.paused_by_person = 0
      UNION ALL
      SELECT lanes.connection_id, (
        SELECT min(files.source_host) FROM files
        WHERE files.next_at_ms IS NOT NULL AND files.connection_id = lanes.connection_id
          AND files.source_host > lanes.source_host
      ) FROM lanes WHERE lanes.source_host IS NOT NULL
    )
    SELECT lanes.connection_id, lanes.source_host, coalesce(
      (SELECT first.due_ms FROM (SELECT ${dueMs} AS due_ms ${rowsOfLane} LIMIT ${firstRows}) AS first
        WHERE first.due_ms = 0 LIMIT 1),
      (SELECT min(${dueMs}) ${rowsOfLane})
    ) AS due_ms
    FROM lanes WHERE lanes.source_host IS NOT NULL`.execute(db);
  return rows.flatMap((lane) => (lane.dueMs === null ? [] : [{ ...lane, dueMs: lane.dueMs }]));
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
