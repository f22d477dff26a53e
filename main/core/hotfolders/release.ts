import { ContractError } from '../../contract/failure.ts';
import type { WriteTransaction } from '../store/store.ts';
import { findHotFolder, type HotFolder } from './hot-folder-records.ts';
import { intendHandover } from './intend-handover.ts';
import { labelRole, takesRole } from './routing.ts';

export interface ReleaseRequest {
  readonly itemId: number;
  readonly hotFolderId: string;
  /** Also files that were handed over already. */
  readonly again: boolean;
  readonly by: string;
  readonly nowMs: number;
  readonly random: () => number;
}

const conflict = (message: string): ContractError => new ContractError('conflict', message);

const filesOf = ({ db }: WriteTransaction, itemId: number, folder: HotFolder) =>
  db
    .selectFrom('files')
    .select(['id', 'orderId', 'itemId', 'name', 'sha256', 'receivedBytes', 'role', 'state'])
    .where('itemId', '=', itemId)
    .orderBy('id')
    .execute()
    .then((files) => files.filter((file) => takesRole(folder.settings.accepts, file.role)));

type ItemFile = Awaited<ReturnType<typeof filesOf>>[number];

/** A print file that is missing would make an incomplete product, so all must be ready; a label may follow later. */
const requireReady = (files: readonly ItemFile[]): readonly (ItemFile & { readonly sha256: string })[] => {
  if (files.length === 0) throw conflict('the item has no files to hand over');
  const missing = files.filter((file) => file.role !== labelRole && file.state !== 'ready');
  if (missing.length > 0) {
    throw conflict(`not ready yet: ${missing.map((file) => `${file.role} (${file.state})`).join(', ')}`);
  }
  const ready = files.flatMap((file) =>
    file.state === 'ready' && file.sha256 !== null ? [{ ...file, sha256: file.sha256 }] : [],
  );
  if (ready.length === 0) throw conflict('the item has no ready files');
  return ready;
};

const requireNotHandedOver = async ({ db }: WriteTransaction, files: readonly ItemFile[]): Promise<void> => {
  const live = await db
    .selectFrom('handovers')
    .innerJoin('files', 'files.id', 'handovers.fileId')
    .select('files.role')
    .distinct()
    .where(
      'fileId',
      'in',
      files.map((file) => file.id),
    )
    .where('handovers.state', 'not in', ['undone', 'problem'])
    .execute();
  if (live.length === 0) return;
  const roles = live.map((row) => row.role).join(', ');
  throw conflict(`handed over already: ${roles}; say "again" to hand over once more`);
};

/** An operator hands the ready files of an item over, whatever the folder's own rules are. Rejects with a ContractError. */
export const release = async (transaction: WriteTransaction, request: ReleaseRequest): Promise<readonly number[]> => {
  const { itemId, hotFolderId, again, by, nowMs, random } = request;
  const item = await transaction.db
    .selectFrom('items')
    .select(['heldAtMs', 'cancelledAtMs'])
    .where('id', '=', itemId)
    .executeTakeFirst();
  if (item === undefined) throw new ContractError('notFound', `there is no item ${itemId}`);
  if (item.cancelledAtMs !== null) throw conflict('the item is cancelled');
  if (item.heldAtMs !== null) throw conflict('the item is held: resume it first');
  const folder = await findHotFolder(transaction.db, hotFolderId);
  if (folder === null) throw new ContractError('notFound', `there is no hot folder "${hotFolderId}"`);

  const files = requireReady(await filesOf(transaction, itemId, folder));
  if (!again) await requireNotHandedOver(transaction, files);
  const handovers: number[] = [];
  for (const file of files) {
    handovers.push(await intendHandover(transaction, { file, hotFolder: folder.settings, by, nowMs, random }));
  }
  return handovers;
};
