import { join } from 'node:path';
import type { Clock } from '../ports/clock.ts';
import type { ReadyFile } from '../station-face.ts';
import { appendHistory } from '../store/history.ts';
import type { Store } from '../store/store.ts';

/** What of the verified files leaves the station other than through a hot folder. */
export interface ReadyFiles {
  readyFile(fileId: number): Promise<ReadyFile | null>;
  noteDraggedOut(fileIds: readonly number[], by: string): Promise<void>;
}

export const createReadyFiles = (store: Store, clock: Clock, filesFolder: string): ReadyFiles => {
  const ready = (fileIds: readonly number[]) =>
    store.read
      .selectFrom('files')
      .select(['id', 'orderId', 'itemId', 'name', 'relativePath', 'receivedBytes'])
      .where('id', 'in', fileIds)
      .where('state', '=', 'ready')
      .where('deletedAtMs', 'is', null)
      .execute();
  return {
    readyFile: async (fileId) => {
      const [file] = await ready([fileId]);
      if (file === undefined) return null;
      return { path: join(filesFolder, file.relativePath), name: file.name, bytes: file.receivedBytes };
    },
    // A drop reports nothing back: that the file arrived anywhere is not claimed.
    noteDraggedOut: async (fileIds, by) => {
      const files = await ready(fileIds);
      await store.write((transaction) =>
        appendHistory(
          transaction,
          files.map((file) => ({
            atMs: clock.nowMs(),
            code: 'file.draggedOut',
            evidence: 'operatorSaid' as const,
            orderId: file.orderId,
            itemId: file.itemId,
            fileId: file.id,
            detail: { fileName: file.name },
            by,
          })),
        ),
      );
    },
  };
};
