import type { Reader } from '../store/store.ts';
import { type InspectedFacts, inspectedFacts } from './inspected-facts.ts';
import type { FileFacts } from './misfit.ts';

/** Files, each with what the rules of a hot folder ask of it. */
export const filesWithFacts = (db: Reader) =>
  db
    .selectFrom('files')
    .innerJoin('connections', 'connections.id', 'files.connectionId')
    .leftJoin('items', 'items.id', 'files.itemId')
    .leftJoin('inspections', 'inspections.fileId', 'files.id')
    .select([
      'files.id',
      'files.orderId',
      'files.itemId',
      'files.connectionId',
      'files.role',
      'files.name',
      'files.format',
      'files.state',
      'files.sha256',
      'files.receivedBytes',
      'files.deletedAtMs',
      'connections.platform',
      'items.product',
      'inspections.sha256 as inspectedSha256',
      'inspections.state as inspectionState',
      'inspections.reportJson',
    ])
    .orderBy('files.id');

export type FileWithFacts = Awaited<ReturnType<ReturnType<typeof filesWithFacts>['execute']>>[number];

export const factsOf = (row: FileWithFacts): FileFacts & Pick<InspectedFacts, 'done'> => ({
  platform: row.platform,
  connection: row.connectionId,
  role: row.role,
  product: row.product ?? '',
  ...inspectedFacts(
    { sha256: row.inspectedSha256, state: row.inspectionState, reportJson: row.reportJson },
    row.sha256,
  ),
});
