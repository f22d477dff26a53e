import type { Handlers } from '../../contract/contract.ts';
import { resolveItem } from '../store/references.ts';
import type { StationParts } from './station-parts.ts';

export const createHotFolderHandlers = (parts: StationParts): Handlers['hotFolders'] => {
  const { store, hotFolders } = parts;
  return {
    list: async () => ({
      ...parts.snapshotMark(),
      hotFolders: await hotFolders.list(),
      handovers: await hotFolders.openHandovers(),
    }),
    save: async ({ hotFolder }) => ({ hotFolder: await hotFolders.save(hotFolder) }),
    remove: async ({ id }) => {
      await hotFolders.remove(id);
      return {};
    },
    look: async ({ id }) => ({ hotFolder: await hotFolders.look(id) }),
    check: (input) => hotFolders.check(input),
    fits: async ({ item: reference, hotFolder }) => {
      const item = await resolveItem(store.read, reference);
      return hotFolders.fits(item.id, hotFolder ?? null);
    },
    release: async ({ item: reference, files, ...request }, { by }) => {
      const item = await resolveItem(store.read, reference);
      const which = files === undefined ? {} : { files };
      return { handovers: await hotFolders.release({ itemId: item.id, ...request, ...which }, by) };
    },
    undo: async ({ handover }, { by }) => ({ handover: await hotFolders.undo(handover, by) }),
    settle: async ({ handover, outcome }, { by }) => ({ handover: await hotFolders.settle(handover, outcome, by) }),
  };
};
