import type { Handlers } from '../../contract/contract.ts';
import { ContractError } from '../../contract/failure.ts';
import type { OutboxView } from '../../contract/outbox.ts';
import { closeUndoneActions } from '../actions/undo-action.ts';
import { wakeFilesOfItem } from '../downloads/wake-files.ts';
import { decideGroup, retryProblems } from '../outbox/decide-group.ts';
import { failedGroups } from '../outbox/failed-groups.ts';
import { dismissSignals, lookUpSignal, retrySignal, undoSignals } from '../outbox/outbox-actions.ts';
import { attemptsOfSignal, listSignals, signalsById } from '../views/outbox-views.ts';
import type { StationParts } from './station-parts.ts';

const readOne = async (parts: StationParts, id: number): Promise<OutboxView> => {
  const [signal] = await signalsById(parts.store.read, [id], parts.clock.nowMs());
  if (signal === undefined) throw new ContractError('notFound', `there is no signal ${id}`);
  return signal;
};

export const createOutboxHandlers = (parts: StationParts): Handlers['outbox'] => {
  const { store, clock } = parts;
  return {
    list: async (page) => ({ ...parts.snapshotMark(), ...(await listSignals(store.read, page, clock.nowMs())) }),
    get: async ({ id }) => ({
      signal: await readOne(parts, id),
      attempts: await attemptsOfSignal(store.read, id),
    }),
    undo: async ({ ids }, { by }) => {
      await store.write(async (transaction) => {
        const undone = await undoSignals(transaction, ids, clock.nowMs(), by);
        await closeUndoneActions(transaction, clock.nowMs(), by);
        // An item that is no longer cancelled goes on where it was.
        for (const { itemId, kind } of undone) {
          if (kind !== 'cancel') continue;
          await wakeFilesOfItem(transaction, itemId, clock.nowMs());
          await parts.hotFolders.routeItem(transaction, itemId);
        }
      });
      parts.pokeAll();
      return { signals: await signalsById(store.read, ids, clock.nowMs()) };
    },
    retry: async ({ id }, { by }) => {
      const newId = await store.write((transaction) => retrySignal(transaction, id, clock.nowMs(), by));
      parts.outbox.poke();
      return { signal: await readOne(parts, newId) };
    },
    lookUp: async ({ id }) => {
      await store.write((transaction) => lookUpSignal(transaction, id, clock.nowMs()));
      parts.outbox.poke();
      return { signal: await readOne(parts, id) };
    },
    failedGroups: async () => ({ ...parts.snapshotMark(), ...(await failedGroups(store.read)) }),
    decideGroup: async ({ group, decision }, { by }) => {
      const count = await decideGroup(store, { group, decision, nowMs: () => clock.nowMs(), by });
      parts.outbox.poke();
      return { count };
    },
    retryProblems: async (_input, { by }) => {
      const count = await retryProblems(store, () => clock.nowMs(), by);
      parts.outbox.poke();
      return { count };
    },
    dismiss: async ({ id, reason }, { by }) => {
      await store.write((transaction) => dismissSignals(transaction, [id], reason, clock.nowMs(), by));
      parts.outbox.poke();
      return { signal: await readOne(parts, id) };
    },
  };
};
