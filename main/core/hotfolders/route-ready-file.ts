import type { WriteTransaction } from '../store/store.ts';
import { readHotFolders } from './hot-folder-records.ts';
import { intendHandover } from './intend-handover.ts';
import { routeFor } from './routing.ts';

export interface RouteDeps {
  readonly nowMs: number;
  readonly random: () => number;
}

/**
 * Hands a file that became ready to the hot folder that takes it by itself; answers the hand-over's id, null when there
 * is nothing to do. Call it in the transaction that made the file ready, so that no crash comes between.
 */
export const routeReadyFile = async (
  transaction: WriteTransaction,
  fileId: number,
  { nowMs, random }: RouteDeps,
): Promise<number | null> => {
  const { db } = transaction;
  const file = await db
    .selectFrom('files')
    .innerJoin('orders', 'orders.id', 'files.orderId')
    .innerJoin('connections', 'connections.id', 'files.connectionId')
    .leftJoin('items', 'items.id', 'files.itemId')
    .selectAll('files')
    .select([
      'connections.platform',
      'items.product',
      'items.heldAtMs',
      'items.cancelledAtMs',
      'orders.stage as orderStage',
    ])
    .where('files.id', '=', fileId)
    .executeTakeFirst();
  if (file === undefined || file.state !== 'ready' || file.sha256 === null) return null;
  if (file.heldAtMs !== null || file.cancelledAtMs !== null || file.orderStage === 'cancelled') return null;

  const earlier = await db
    .selectFrom('handovers')
    .select('id')
    .where('fileId', '=', fileId)
    .where('state', 'not in', ['undone', 'problem'])
    .limit(1)
    .executeTakeFirst();
  if (earlier !== undefined) return null;

  const folder = routeFor(
    (await readHotFolders(db)).map(({ settings }) => settings),
    {
      platform: file.platform,
      connection: file.connectionId,
      role: file.role,
      product: file.product ?? '',
    },
  );
  if (folder === null) return null;
  return intendHandover(transaction, {
    file: { ...file, sha256: file.sha256 },
    hotFolder: folder,
    by: null,
    nowMs,
    random,
  });
};

/** Routes all ready files of an item that was held until now. */
export const routeItem = async (
  transaction: WriteTransaction,
  itemId: number,
  deps: RouteDeps,
): Promise<readonly number[]> => {
  const files = await transaction.db
    .selectFrom('files')
    .select('id')
    .where('itemId', '=', itemId)
    .where('state', '=', 'ready')
    .orderBy('id')
    .execute();
  const intended: number[] = [];
  for (const { id } of files) {
    const handover = await routeReadyFile(transaction, id, deps);
    if (handover !== null) intended.push(handover);
  }
  return intended;
};
