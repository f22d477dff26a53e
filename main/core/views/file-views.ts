import { join } from 'node:path';
import type { FileView } from '../../contract/files.ts';
import { type InspectionView, inspectionReport } from '../../contract/inspection.ts';
import type { FileState } from '../../contract/values.ts';
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
  const all = rows(db);
  // Not by the states that were just counted: a file that changes in between would be in neither.
  const page = await (states === undefined ? all : all.where('files.state', 'in', states))
    .orderBy((order) =>
      order
        .case()
        .when('files.state', '=', 'problem')
        .then(0)
        .when('files.state', 'in', ['fetching', 'verifying'])
        .then(1)
        .when('files.state', '=', 'waiting')
        .then(2)
        .when('files.state', '=', 'queued')
        .then(3)
        .else(4)
        .end(),
    )
    .orderBy('files.id', 'desc')
    .offset(offset)
    .limit(limit)
    .execute();
  return { files: page.map((row) => toView(row, filesFolder)), total, countByState };
};
