import type { EventName, EventPayload } from '../../main/contract/contract.ts';
import type { StationView } from '../../main/contract/station.ts';
import type { ReadyFile, Station } from '../../main/core/station-face.ts';
import { openAccess } from './open-access.ts';

export const stationView = (changes: Partial<StationView> = {}): StationView => ({
  name: 'Site A',
  version: '0.0.0-test',
  startedAt: '2026-03-02T08:00:00.000Z',
  setupNeeded: true,
  host: 'desktop',
  intake: { state: 'off', url: null, publicUrl: null, problem: null },
  counts: {
    openOrders: 0,
    problemOrders: 0,
    unfinishedFiles: 0,
    problemFiles: 0,
    unsentSignals: 0,
    problemSignals: 0,
    lyingFiles: 0,
    openJobs: 0,
    problemJobs: 0,
  },
  startReport: null,
  diskFreeBytes: null,
  notices: [],
  ...changes,
});

export interface FakeStation extends Station {
  readonly life: string[];
  readonly draggedOut: { readonly files: readonly number[]; readonly by: string }[];
  emit<Name extends EventName>(name: Name, payload: EventPayload<Name>): void;
}

/** A station without a core: it answers the two calls a host makes by itself, and remembers what was asked of it. */
export const createFakeStation = (files: Readonly<Record<number, ReadyFile>> = {}): FakeStation => {
  type Listener = <Name extends EventName>(name: Name, payload: EventPayload<Name>) => void;
  const listeners = new Set<Listener>();
  const life: string[] = [];
  const draggedOut: { files: readonly number[]; by: string }[] = [];
  const mark = { epoch: 'e', revision: 1 };
  const handlers = {
    station: { get: async () => ({ ...mark, station: stationView() }) },
    connections: { list: async () => ({ ...mark, connections: [], platforms: [] }) },
  };
  return {
    life,
    draggedOut,
    // The other handlers are no host's business.
    handlers: handlers as unknown as Station['handlers'],
    events: {
      subscribe: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    access: openAccess,
    emit: (name, payload) => {
      for (const listener of listeners) listener(name, payload);
    },
    readyFile: async (id) => files[id] ?? null,
    noteDraggedOut: async (ids, by) => {
      draggedOut.push({ files: ids, by });
    },
    resumed: async () => {
      life.push('resumed');
    },
    start: async () => {
      life.push('start');
    },
    stop: async () => {
      life.push('stop');
    },
  };
};
