import type { Handlers } from '../../contract/contract.ts';
import { resolveItem } from '../store/references.ts';
import type { StationParts } from './station-parts.ts';

export const createHotFolderHandlers = (parts: StationParts): Handlers['hotFolders'] => {
  const { store, hotFolders } = parts;
  return {
    list: async () => ({
      ...parts.snapshotMark(),
      hotFolders: await hotFolders.listHotFolders(),
      handovers: await hotFolders.listOpenHandovers(),
    }),
    save: async ({ hotFolder }, { by }) => ({ hotFolder: await hotFolders.save(hotFolder, by) }),
    remove: async ({ id }, { by }) => {
      await hotFolders.remove(id, by);
      return {};
    },
    check: ({ path }) => hotFolders.check(path),
    release: async ({ item: reference, hotFolder, again }, { by }) => {
      const item = await resolveItem(store.read, reference);
      return { handovers: await hotFolders.release({ itemId: item.id, hotFolderId: hotFolder, again, by }) };
    },
    undo: async ({ handover }, { by }) => ({ handover: await hotFolders.undo(handover, by) }),
    settle: async ({ handover, outcome }, { by }) => ({ handover: await hotFolders.settle(handover, outcome, by) }),
  };
};
