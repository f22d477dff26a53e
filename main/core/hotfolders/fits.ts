import { ContractError } from '../../contract/failure.ts';
import type { AcceptRules, FolderFit, ItemFits } from '../../contract/hot-folders.ts';
import type { Reader } from '../store/store.ts';
import { type FileWithFacts, factsOf, filesWithFacts } from './file-facts.ts';
import { type HotFolder, readHotFolders } from './hot-folder-records.ts';
import { liveHandovers } from './live-handovers.ts';
import { misfitsOf, takesRole, unknownOf } from './misfit.ts';

type Verdict = Pick<FolderFit['files'][number], 'verdict' | 'reasons' | 'unknown'>;

/** What becomes of a file when its item is handed over to a folder with these rules. */
export const verdictOf = (rules: AcceptRules, file: FileWithFacts): Verdict => {
  const facts = factsOf(file);
  const reasons = [...misfitsOf(rules, facts)];
  const unknown = [...unknownOf(rules, facts)];
  if (!takesRole(rules, file.role)) return { verdict: 'staysBehind', reasons, unknown };
  return { verdict: reasons.length === 0 ? 'goes' : 'misfit', reasons, unknown };
};

const handedOverOf = async (db: Reader, files: readonly FileWithFacts[]) => {
  if (files.length === 0) return () => false;
  const ids = files.map(({ id }) => id);
  const rows = await liveHandovers(db, ids).select(['fileId', 'hotFolderId']).execute();
  return (fileId: number, hotFolderId: string): boolean =>
    rows.some((row) => row.fileId === fileId && row.hotFolderId === hotFolderId);
};

const fitOf = (
  { settings }: HotFolder,
  files: readonly FileWithFacts[],
  wasHandedOver: (fileId: number, hotFolderId: string) => boolean,
): FolderFit => {
  const fits = files.map((file) => ({
    file: file.id,
    ...verdictOf(settings.accepts, file),
    handedOver: wasHandedOver(file.id, settings.id),
  }));
  return {
    hotFolder: settings.id,
    fits: fits.some(({ verdict }) => verdict === 'goes') && fits.every(({ verdict }) => verdict !== 'misfit'),
    files: fits,
  };
};

/** How the files of an item fit one hot folder, or all of them. Rejects with a ContractError. */
export const fitsOfItem = async (db: Reader, itemId: number, hotFolderId: string | null): Promise<ItemFits> => {
  const item = await db.selectFrom('items').selectAll().where('id', '=', itemId).executeTakeFirst();
  if (item === undefined) throw new ContractError('notFound', `there is no item ${itemId}`);
  const folders = (await readHotFolders(db)).filter(
    ({ settings }) => hotFolderId === null || settings.id === hotFolderId,
  );
  if (hotFolderId !== null && folders.length === 0) {
    throw new ContractError('notFound', `there is no hot folder "${hotFolderId}"`);
  }
  const files = await filesWithFacts(db).where('files.itemId', '=', itemId).execute();
  const wasHandedOver = await handedOverOf(db, files);
  return {
    item: {
      id: item.id,
      orderId: item.orderId,
      number: item.number,
      title: item.title === '' ? item.product : item.title,
      copies: item.copies,
      held: item.heldAtMs !== null,
      open: item.shippedAtMs === null && item.cancelledAtMs === null,
    },
    files: files.map(({ id, role, name, state }) => ({ id, role, name, state })),
    folders: folders.map((folder) => fitOf(folder, files, wasHandedOver)),
  };
};
