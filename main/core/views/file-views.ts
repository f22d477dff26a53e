import { join } from 'node:path';
import { sql } from 'kysely';
import type { FileView } from '../../contract/files.ts';
import { type InspectionView, inspectionReport } from '../../contract/inspection.ts';
import { type FileState, fileStates } from '../../contract/values.ts';
import { toMoment, toMomentOrNull } from '../ports/clock.ts';
import type { Reader } from '../store/store.ts';
import { readStored } from '../store/stored-json.ts';

const rows = (db: Reader) =>
  db
    .selectFrom('files')
    .innerJoin('orders', 'orders.id', 'files.orderId')
    .leftJoin('items', 'items.id', 'files.itemId')
    // What was read from an earlier content says nothing of this one.
    .leftJoin('inspections', (join) =>
      join.onRef('inspections.fileId', '=', 'files.id').onRef('inspections.sha256', '=', 'files.sha256'),
    )
    .selectAll('files')
    .select([
      'orders.externalId as orderExternalId',
      'items.externalId as itemExternalId',
      'inspections.state as inspectionState',
      'inspections.atMs as inspectedAtMs',
      'inspections.reportJson',
    ]);

type Row = Awaited<ReturnType<ReturnType<typeof rows>['execute']>>[number];

/** A report of another version of this program may have another form. */
const storedReport = inspectionReport.nullable().catch(null);

const inspectionOf = (row: Row): InspectionView | null => {
  if (row.state !== 'ready' || row.inspectionState === null || row.inspectedAtMs === null) return null;
  const report = readStored(storedReport, row.reportJson ?? 'null');
  return report === null ? null : { ...report, state: row.inspectionState, at: toMoment(row.inspectedAtMs) };
};

const toView = (row: Row, filesFolder: string): FileView => ({
  id: row.id,
  orderId: row.orderId,
  orderExternalId: row.orderExternalId,
  itemId: row.itemId,
  itemExternalId: row.itemExternalId,
  connection: row.connectionId,
  role: row.role,
  format: row.format,
  name: row.name,
  state: row.state,
  path: row.state === 'ready' && row.deletedAtMs === null ? join(filesFolder, row.relativePath) : null,
  bytes: row.receivedBytes,
  expectedBytes: row.expectedBytes,
  md5: row.md5,
  expectedMd5: row.expectedMd5,
  sha256: row.sha256,
  verification: row.verification,
  attempts: row.attempts,
  nextAttemptAt: toMomentOrNull(row.nextAtMs),
  readyAt: toMomentOrNull(row.readyAtMs),
  deletedAt: toMomentOrNull(row.deletedAtMs),
  problem: row.problem,
  problemCode: row.problemCode,
  inspection: inspectionOf(row),
});

export const filesById = async (db: Reader, ids: readonly number[], filesFolder: string): Promise<FileView[]> =>
  ids.length === 0
    ? []
    : (await rows(db).where('files.id', 'in', ids).orderBy('files.id').execute()).map((row) =>
        toView(row, filesFolder),
      );

export const filesOfOrders = async (
  db: Reader,
  orderIds: readonly number[],
  filesFolder: string,
): Promise<FileView[]> =>
  orderIds.length === 0
    ? []
    : (await rows(db).where('files.orderId', 'in', orderIds).orderBy('files.id').execute()).map((row) =>
        toView(row, filesFolder),
      );

export interface FilePage {
  readonly states?: readonly FileState[] | undefined;
  readonly offset: number;
  readonly limit: number;
}

/** Problems first, then what is under way, then the newest ready ones. */
const rankOf: Readonly<Record<FileState, number>> = {
  problem: 0,
  fetching: 1,
  verifying: 1,
  waiting: 2,
  queued: 3,
  ready: 4,
};

const rankOfFile = sql<number>`CASE files.state ${sql.join(
  fileStates.map((state) => sql`WHEN ${state} THEN ${rankOf[state]}`),
  sql` `,
)} END`;

/** Of each state no more than the page can hold: an index has them in their order, so that the many are not sorted. */
const idsOfPage = (states: readonly FileState[], offset: number, limit: number) => {
  const firstOfState = states.map(
    (state) => sql`SELECT * FROM (SELECT id, ${rankOf[state]} AS rank FROM files WHERE state = ${state}
      ORDER BY id DESC LIMIT ${offset + limit})`,
  );
  return sql<number>`(SELECT id FROM (${sql.join(firstOfState, sql` UNION ALL `)})
    ORDER BY rank, id DESC LIMIT ${limit} OFFSET ${offset})`;
};

export const listFiles = async (
  db: Reader,
  { states, offset, limit }: FilePage,
  filesFolder: string,
): Promise<{ readonly files: FileView[]; readonly total: number; readonly countByState: Record<string, number> }> => {
  const counts = await db
    .selectFrom('files')
    .select((query) => ['state', query.fn.countAll<number>().as('count')])
    .groupBy('state')
    .execute();
  const countByState = Object.fromEntries(counts.map((row) => [row.state, row.count]));
  const total = counts.reduce((sum, { state, count }) => sum + (states?.includes(state) === false ? 0 : count), 0);
  // One statement, and not by the states that were just counted: a file that changes in between would be in neither.
  const shown = states ?? fileStates;
  const ofPage = rows(db).where('files.id', 'in', shown.length === 0 ? [] : idsOfPage(shown, offset, limit));
  const page = await ofPage.orderBy(rankOfFile).orderBy('files.id', 'desc').execute();
  return { files: page.map((row) => toView(row, filesFolder)), total, countByState };
};
