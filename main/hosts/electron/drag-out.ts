import { nativeImage, type WebContents } from 'electron';
import type { Caller } from '../../contract/define.ts';
import { ContractError } from '../../contract/failure.ts';
import type { Station } from '../../core/station-face.ts';
import { dragImage } from './images.ts';

/** Starts the native drag of ready files from a window. All of them or none, so that no drop is short of a file. */
export const dragOut = async (
  station: Pick<Station, 'readyFile' | 'noteDraggedOut'>,
  contents: Pick<WebContents, 'startDrag'>,
  fileIds: readonly number[],
  caller: Caller,
): Promise<void> => {
  const found = await Promise.all(fileIds.map(async (id) => ({ id, file: await station.readyFile(id) })));
  const paths = found.flatMap(({ file }) => (file === null ? [] : [file.path]));
  const missing = found.filter(({ file }) => file === null).map(({ id }) => id);
  const [first] = paths;
  if (first === undefined || missing.length > 0) {
    throw new ContractError('conflict', `not ready, so nothing was dragged: file ${missing.join(', ')}`, true);
  }
  contents.startDrag({ file: first, files: paths, icon: nativeImage.createFromDataURL(dragImage) });
  await station.noteDraggedOut(fileIds, caller.by);
};
