import type { HotFolderSettings } from '../../contract/hot-folders.ts';
import { joinedLines } from '../../contract/station-lines/station-lines.ts';
import type { Reader } from '../store/store.ts';
import { factsOf, filesWithFacts } from './file-facts.ts';
import { misfitsOf } from './misfit.ts';

/**
 * Why a file that the station routed by itself does not go into the folder after all: since then it was inspected, or
 * the folder's rules have changed. Null when it goes; what an operator hands over was judged when it was released.
 */
export const knownMisfit = async (
  db: Reader,
  { fileId, createdBy }: { readonly fileId: number; readonly createdBy: string },
  { accepts }: HotFolderSettings,
): Promise<string | null> => {
  if (createdBy !== 'station') return null;
  const file = await filesWithFacts(db).where('files.id', '=', fileId).executeTakeFirst();
  const misfits = file === undefined ? [] : misfitsOf(accepts, factsOf(file));
  return misfits.length === 0 ? null : joinedLines(misfits.map(({ text }) => text));
};
