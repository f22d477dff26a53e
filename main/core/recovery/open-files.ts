import { join } from 'node:path';
import { labelRole } from '../hotfolders/misfit.ts';
import { exists } from '../ports/durable-files.ts';
import type { Reader } from '../store/store.ts';

/** A file of work that this database knows nothing of having been handed over. */
export interface OpenFile {
  readonly id: number;
  readonly orderId: number;
  readonly itemId: number;
  readonly state: string;
  readonly onDisk: boolean;
}

/** The files of open items that were not handed over, each with whether it lies on the disk under its final name. */
export const openFiles = async (db: Reader, filesFolder: string): Promise<readonly OpenFile[]> => {
  const rows = await db
    .selectFrom('files')
    .innerJoin('items', 'items.id', 'files.itemId')
    .innerJoin('orders', 'orders.id', 'files.orderId')
    .select(['files.id', 'files.orderId', 'items.id as itemId', 'files.state', 'files.relativePath'])
    .where('orders.open', '=', 1)
    .where('orders.lane', '=', 'own')
    .where('items.handedOverAtMs', 'is', null)
    .where('items.shippedAtMs', 'is', null)
    .where('items.cancelledAtMs', 'is', null)
    .where('items.heldAtMs', 'is', null)
    .where('files.role', '!=', labelRole)
    .where('files.deletedAtMs', 'is', null)
    .execute();
  const files: OpenFile[] = [];
  for (const { relativePath, ...row } of rows) {
    files.push({ ...row, onDisk: await exists(join(filesFolder, relativePath)) });
  }
  return files;
};
