import type { Store } from '../store/store.ts';
import type { NoticeBoard } from './notices.ts';
import { overdueNotice } from './station-notices.ts';

/**
 * Takes the notice of a hot folder back once nothing overdue lies in it any more; while something does, the notice names
 * a file that still lies there. One that a person has dismissed stays dismissed.
 */
export const refreshOverdueAlarms = async (store: Store, notices: NoticeBoard): Promise<void> => {
  const standing = notices.list().filter((notice) => notice.code === 'handoverOverdue');
  if (standing.length === 0) return;
  const overdue = await store.read
    .selectFrom('handovers')
    .innerJoin('hotFolders', 'hotFolders.id', 'handovers.hotFolderId')
    .select(['handovers.fileName', 'hotFolders.name as hotFolderName'])
    .where('handovers.state', '=', 'sent')
    .where('handovers.problem', 'is not', null)
    .orderBy('handovers.id')
    .execute();
  for (const { detail } of standing) {
    const hotFolder = String(detail.hotFolder);
    const lying = overdue.filter((file) => file.hotFolderName === hotFolder);
    const [oldest] = lying;
    if (oldest === undefined) notices.clear('handoverOverdue', hotFolder);
    else if (!lying.some(({ fileName }) => fileName === detail.fileName)) {
      notices.raise(overdueNotice(hotFolder, oldest.fileName));
    }
  }
};
