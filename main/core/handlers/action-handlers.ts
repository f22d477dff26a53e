import type { Handlers } from '../../contract/contract.ts';
import { undoAction } from '../actions/undo-action.ts';
import { wakeFilesOfItem } from '../downloads/wake-files.ts';
import { undoableActions } from '../views/action-views.ts';
import type { StationParts } from './station-parts.ts';

export const createActionHandlers = (parts: StationParts): Handlers['actions'] => {
  const { store, clock } = parts;
  return {
    list: async () => ({ ...parts.snapshotMark(), actions: await undoableActions(store.read, clock.nowMs()) }),
    undo: async ({ id }, { by }) => {
      await store.write(async (transaction) => {
        const { kind, itemIds } = await undoAction(transaction, id, clock.nowMs(), by);
        if (kind !== 'cancel' && kind !== 'hold') return;
        // An item that is no longer cancelled or held goes on where it was.
        for (const itemId of itemIds) {
          if (kind === 'cancel') await wakeFilesOfItem(transaction, itemId, clock.nowMs());
          await parts.hotFolders.routeItem(transaction, itemId);
        }
      });
      parts.pokeAll();
      return {};
    },
  };
};
