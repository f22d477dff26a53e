import type { WriteTransaction } from '../store/store.ts';
import { holdInDoubt } from './hold-in-doubt.ts';
import type { RecoveryNote } from './recovery-note.ts';

/** `connection/order/name` without the name. */
const folderOf = (relativePath: string): string => relativePath.slice(0, relativePath.lastIndexOf('/'));

/**
 * Holds the item of a file that became ready, when the file lay there already as the database came back without its
 * order: the order came again, and may have been printed before. Once a person let it go on, it goes.
 */
export const holdDoubtful = async (
  transaction: WriteTransaction,
  fileId: number,
  note: RecoveryNote,
  nowMs: number,
): Promise<void> => {
  if (note.doubtFolders.length === 0) return;
  const { db } = transaction;
  const file = await db
    .selectFrom('files')
    .innerJoin('items', 'items.id', 'files.itemId')
    .select(['files.relativePath', 'files.orderId', 'items.id as itemId', 'items.heldAtMs'])
    .where('files.id', '=', fileId)
    .executeTakeFirst();
  if (file === undefined || file.heldAtMs !== null || !note.doubtFolders.includes(folderOf(file.relativePath))) return;
  const resumed = await db
    .selectFrom('events')
    .select('id')
    .where('orderId', '=', file.orderId)
    .where('itemId', '=', file.itemId)
    .where('code', '=', 'item.resumed')
    .limit(1)
    .executeTakeFirst();
  if (resumed !== undefined) return;
  await holdInDoubt(transaction, [file], note, nowMs);
};
