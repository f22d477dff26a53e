import type { Handlers } from '../../contract/contract.ts';
import { ContractError } from '../../contract/failure.ts';
import { filesById, listFiles } from '../views/file-views.ts';
import type { StationParts } from './station-parts.ts';

export const createFileHandlers = (parts: StationParts): Handlers['files'] => {
  const { store, settings } = parts;
  return {
    list: async (page) => ({
      ...parts.snapshotMark(),
      ...(await listFiles(store.read, page, settings.filesFolder)),
      transfers: [...parts.downloads.running()],
    }),
    retry: async ({ file: id }) => {
      await parts.downloads.retryFile(id);
      const [file] = await filesById(store.read, [id], settings.filesFolder);
      if (file === undefined) throw new ContractError('notFound', `there is no file ${id}`);
      return { file };
    },
    retryProblems: async () => ({ count: await parts.downloads.retryProblems() }),
  };
};
