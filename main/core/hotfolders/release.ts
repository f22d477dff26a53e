import { ContractError } from '../../contract/failure.ts';
import { joinedLines, stationLine } from '../../contract/station-lines/station-lines.ts';
import type { WriteTransaction } from '../store/store.ts';
import { type FileWithFacts, filesWithFacts } from './file-facts.ts';
import { verdictOf } from './fits.ts';
import { findHotFolder, type HotFolder } from './hot-folder-records.ts';
import { intendHandover } from './intend-handover.ts';
import { liveHandovers } from './live-handovers.ts';
import { labelRole, takesRole } from './misfit.ts';

export interface ReleaseRequest {
  readonly itemId: number;
  readonly hotFolderId: string;
  /** Also files that were handed over already. */
  readonly again: boolean;
  /** Also files that do not fit what the folder accepts. */
  readonly anyway: boolean;
  /** Only these; null: all of parts that the folder takes. */
  readonly fileIds: readonly number[] | null;
  readonly by: string;
  readonly nowMs: number;
  readonly random: () => number;
}

const conflict = (message: string): ContractError => new ContractError('conflict', message);

const filesOf = async (
  { db }: WriteTransaction,
  { itemId, fileIds }: Pick<ReleaseRequest, 'itemId' | 'fileIds'>,
): Promise<readonly FileWithFacts[]> => {
  const all = await filesWithFacts(db).where('files.itemId', '=', itemId).execute();
  if (fileIds === null) return all;
  const missing = fileIds.find((id) => !all.some((file) => file.id === id));
  if (missing !== undefined) throw new ContractError('notFound', `the item has no file ${missing}`);
  return all.filter(({ id }) => fileIds.includes(id));
};

/** The files that go, by what the operator named and what the folder takes; a misfit among them is refused. */
const chosen = (
  files: readonly FileWithFacts[],
  { settings }: HotFolder,
  { anyway, fileIds }: Pick<ReleaseRequest, 'anyway' | 'fileIds'>,
): readonly FileWithFacts[] => {
  const rules = settings.accepts;
  const named = fileIds !== null;
  const judged = files.map((file) => ({ file, ...verdictOf(rules, file) }));
  if (anyway) {
    // A label lies among the files of its item, and is no part of the work: it goes where it is asked for.
    return named ? files : files.filter(({ role }) => role !== labelRole || takesRole(rules, role));
  }
  const going = judged.filter(({ verdict }) => verdict === 'goes');
  const refused = judged.filter(({ verdict }) => verdict === 'misfit' || (named && verdict === 'staysBehind'));
  const faulty = refused.length > 0 || going.length > 0 ? refused : judged;
  if (faulty.length > 0) {
    const lines = faulty.map(({ file, reasons }) =>
      stationLine('about', { what: file.role, cause: joinedLines(reasons.map(({ text }) => text)) }),
    );
    throw conflict(stationLine('misfitsFolder', { folder: settings.name, reasons: joinedLines(lines) }));
  }
  return going.map(({ file }) => file);
};

/** A print file that is missing would make an incomplete product, so all must be ready; a label may follow later. */
const requireReady = (files: readonly FileWithFacts[]): readonly (FileWithFacts & { readonly sha256: string })[] => {
  if (files.some(({ deletedAtMs }) => deletedAtMs !== null)) {
    throw conflict(stationLine('fileDeleted'));
  }
  const missing = files.filter((file) => file.role !== labelRole && file.state !== 'ready');
  if (missing.length > 0) {
    throw conflict(
      stationLine('notReadyYet', { files: missing.map((file) => `${file.role} (${file.state})`).join(', ') }),
    );
  }
  const ready = files.flatMap((file) =>
    file.state === 'ready' && file.sha256 !== null ? [{ ...file, sha256: file.sha256 }] : [],
  );
  if (ready.length === 0) throw conflict(stationLine('noReadyFiles'));
  return ready;
};

const requireNotHandedOver = async ({ db }: WriteTransaction, files: readonly FileWithFacts[]): Promise<void> => {
  const ids = files.map((file) => file.id);
  const live = await liveHandovers(db, ids)
    .innerJoin('files', 'files.id', 'handovers.fileId')
    .select('files.role')
    .distinct()
    .execute();
  if (live.length === 0) return;
  const roles = live.map((row) => row.role).join(', ');
  throw conflict(stationLine('handedOverAlready', { roles }));
};

/** An operator hands ready files of an item over. Rejects with a ContractError. */
export const release = async (transaction: WriteTransaction, request: ReleaseRequest): Promise<readonly number[]> => {
  const { itemId, hotFolderId, again, by, nowMs, random } = request;
  const item = await transaction.db
    .selectFrom('items')
    .select(['heldAtMs', 'cancelledAtMs'])
    .where('id', '=', itemId)
    .executeTakeFirst();
  if (item === undefined) throw new ContractError('notFound', `there is no item ${itemId}`);
  if (item.cancelledAtMs !== null) throw conflict(stationLine('itemCancelled'));
  if (item.heldAtMs !== null) throw conflict(stationLine('itemHeld'));
  const folder = await findHotFolder(transaction.db, hotFolderId);
  if (folder === null) throw new ContractError('notFound', `there is no hot folder "${hotFolderId}"`);

  const all = await filesOf(transaction, request);
  if (all.length === 0) throw conflict(stationLine('noFilesToHandOver'));
  const files = requireReady(chosen(all, folder, request));
  if (!again) await requireNotHandedOver(transaction, files);
  const handovers: number[] = [];
  for (const file of files) {
    handovers.push(
      await intendHandover(transaction, { file, hotFolder: folder.settings, by, nowMs, dueMs: nowMs, random }),
    );
  }
  return handovers;
};
