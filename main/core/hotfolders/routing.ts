import type { HotFolderSettings } from '../../contract/hot-folders.ts';
import { type FileFacts, misfitsOf } from './misfit.ts';

/** The hot folder that takes a file by itself: the first in configured order that is automatic and fits; null when none does. */
export const routeFor = <Folder extends Pick<HotFolderSettings, 'mode' | 'accepts'>>(
  folders: readonly Folder[],
  file: FileFacts,
): Folder | null =>
  folders.find((folder) => folder.mode === 'auto' && misfitsOf(folder.accepts, file).length === 0) ?? null;
