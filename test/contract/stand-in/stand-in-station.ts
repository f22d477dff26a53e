import type { EventName, EventPayload } from '../../../main/contract/contract.ts';
import { ContractError } from '../../../main/contract/failure.ts';
import type { EventSource } from '../../../main/contract/server.ts';
import type { ReadyFile, Station } from '../../../main/core/station-face.ts';
import { openAccess } from '../../support/open-access.ts';
import {
  sampleConnection,
  sampleFile,
  sampleFits,
  sampleHandover,
  sampleHistory,
  sampleHotFolder,
  sampleItem,
  sampleJob,
  sampleOrder,
  samplePerson,
  sampleRow,
  sampleSettings,
  sampleSignal,
  sampleStation,
  sampleToday,
} from './sample-views.ts';

type StationHandlers = Station['handlers'];
type Changes = { readonly [Group in keyof StationHandlers]?: Partial<StationHandlers[Group]> };

/** One call as it reached the station: `group.name`, what came in, and who called. */
export interface SeenCall {
  readonly call: string;
  readonly input: unknown;
  readonly by: string;
}

/** A station of plain values: it answers every call, remembers what it was asked, and emits what a test tells it to. */
export interface StandInStation extends Station {
  readonly seen: SeenCall[];
  readonly readyFiles: Map<number, ReadyFile>;
  readonly draggedOut: { readonly fileIds: readonly number[]; readonly by: string }[];
  readonly life: string[];
  emit<Name extends EventName>(name: Name, payload: EventPayload<Name>): void;
  listenerCount(): number;
}

export const mark = { epoch: 'e1', revision: 7 };

const missing = (what: string): ContractError => new ContractError('notFound', `there is no ${what}`);

/** What it answers unless a test says otherwise: one order with one item, and `notFound` for the others. */
const usualHandlers = (): StationHandlers => ({
  station: {
    get: async () => ({ ...mark, station: sampleStation() }),
    settings: async () => ({ settings: sampleSettings, lockedByConfig: [] }),
    saveSettings: async ({ settings }) => ({ settings }),
    backup: async ({ path }) => ({ path, bytes: 4096 }),
    supportBundle: async ({ path }) => ({ path, bytes: 2048 }),
    dismissNotice: async () => ({}),
  },
  orders: {
    list: async () => ({ ...mark, total: 1, problemCount: 0, orders: [sampleRow()] }),
    places: async () => ({ ...mark, total: 1, ids: [1] }),
    rows: async ({ ids }) => ({ ...mark, orders: ids.map((id) => sampleRow({ id })) }),
    listDetailed: async () => ({ total: 1, orders: [sampleOrder()] }),
    get: async ({ order }) => {
      if (order !== 1 && order !== 'cp:900000010000') throw missing(`order ${order}`);
      return { ...mark, order: sampleOrder(), history: [sampleHistory()] };
    },
    import: async () => ({ orderId: 2, externalId: '900000020000', outcome: 'stored' }),
    ship: async ({ tracking }) => ({ signals: [sampleSignal({ id: 33, kind: 'shipped', payload: { tracking } })] }),
    addNote: async () => ({ order: sampleOrder() }),
  },
  items: {
    get: async ({ item }) => {
      if (item === 999) throw missing('item 999');
      return { ...mark, item: sampleItem(), order: sampleRow() };
    },
    signal: async ({ item, signal }) => {
      if (item === 999) throw missing('item 999');
      const queued = sampleSignal({ id: 32, kind: signal.kind, state: 'queued', sentAt: null, attempts: 0 });
      return { signal: queued, item: sampleItem() };
    },
    signalMany: async ({ items }) => ({ signals: [], items: items.map(() => sampleItem()) }),
    reprint: async () => ({ item: sampleItem() }),
    hold: async ({ note }) => ({ item: sampleItem({ held: { note, since: '2026-07-01T09:00:00.000Z' } }) }),
    holdMany: async ({ items }) => ({ items: items.map(() => sampleItem()) }),
    resume: async () => ({ item: sampleItem() }),
  },
  actions: {
    list: async () => ({ ...mark, actions: [] }),
    undo: async () => ({}),
  },
  files: {
    list: async () => ({
      ...mark,
      total: 1,
      countByState: { ready: 1 },
      files: [sampleFile()],
      transfers: [],
    }),
    retry: async ({ file }) => ({ file: sampleFile({ id: file, state: 'queued', path: null }) }),
    retryProblems: async () => ({ count: 2 }),
  },
  jobs: {
    list: async () => ({ ...mark, total: 1, jobs: [sampleJob()] }),
    produce: async ({ lines }) => ({
      orders: [...new Set(lines.map(({ order }) => order))].map((order, index) => ({
        orderId: index + 1,
        externalId: order,
      })),
      signals: lines.map((_line, index) => sampleSignal({ id: 61 + index, kind: 'produce', state: 'queued', job: 51 })),
    }),
    check: async ({ job }) => {
      if (job === 999) throw missing('job 999');
      return { job: sampleJob({ id: job }) };
    },
    checkOrder: async () => ({ jobs: [sampleJob()] }),
    command: async ({ job, command }) => ({
      signal: sampleSignal({ id: 62, kind: command, state: 'queued', sentAt: null, job }),
    }),
  },
  outbox: {
    list: async () => ({ ...mark, total: 1, countByState: { sent: 1 }, signals: [sampleSignal()] }),
    get: async ({ id }) => ({ signal: sampleSignal({ id, state: 'problem', sentAt: null }), attempts: [] }),
    undo: async ({ ids }) => ({ signals: ids.map((id) => sampleSignal({ id, state: 'cancelled' })) }),
    retry: async ({ id }) => ({ signal: sampleSignal({ id: id + 1, state: 'queued', sentAt: null }) }),
    lookUp: async ({ id }) => ({ signal: sampleSignal({ id, kind: 'produce', state: 'sent' }) }),
    failedGroups: async () => ({ ...mark, total: 0, groups: [] }),
    decideGroup: async () => ({ count: 3 }),
    retryProblems: async () => ({ count: 3 }),
    dismiss: async ({ id }) => ({ signal: sampleSignal({ id, state: 'cancelled' }) }),
  },
  hotFolders: {
    list: async () => ({ ...mark, hotFolders: [sampleHotFolder()], handovers: [sampleHandover()] }),
    save: async ({ hotFolder }) => ({ hotFolder: sampleHotFolder(hotFolder) }),
    remove: async () => ({}),
    look: async ({ id }) => ({ hotFolder: sampleHotFolder({ id }) }),
    check: async () => ({ ok: true, steps: [], freeBytes: 1, latencyMs: 1 }),
    fits: async () => sampleFits(),
    release: async () => ({ handovers: [sampleHandover()] }),
    undo: async ({ handover }) => ({ handover: sampleHandover({ id: handover, state: 'undone', undoable: false }) }),
    settle: async ({ handover, outcome }) => ({
      handover: sampleHandover({ id: handover, state: outcome === 'sent' ? 'sent' : 'intended' }),
    }),
  },
  connections: {
    list: async () => ({ ...mark, connections: [sampleConnection()], platforms: [] }),
    save: async ({ id }) => ({ connection: sampleConnection({ id }) }),
    remove: async () => ({}),
    test: async () => ({ ok: true, steps: [{ step: 'reach', ok: true, detail: 'answered in 12 ms' }] }),
    choices: async () => ({ choices: [{ value: '42', text: 'Floor store' }], note: null }),
    reconcile: async ({ id }) => ({ connection: sampleConnection({ id }) }),
    pause: async ({ id }) => ({ connection: sampleConnection({ id, state: 'paused' }) }),
    resume: async ({ id }) => ({ connection: sampleConnection({ id }) }),
  },
  people: {
    list: async () => ({
      ...mark,
      people: [samplePerson()],
      signedIn: null,
      rules: { signOutMinutes: 0, stationMode: false },
    }),
    signIn: async ({ person }) => ({ kind: 'signedIn', person: samplePerson({ id: person }), session: 'a-session' }),
    resume: async () => ({ signedIn: samplePerson() }),
    signOut: async () => ({}),
    save: async ({ id, name, initials, role }) => ({ person: { id: id ?? 72, name, initials, role } }),
    remove: async () => ({}),
    saveRules: async ({ rules }) => ({ rules }),
  },
  today: {
    get: async ({ day, timeZone }) => ({
      ...mark,
      today: sampleToday({ ...(day === undefined ? {} : { day }), timeZone }),
    }),
  },
});

export const createStandInStation = (changes: Changes = {}): StandInStation => {
  const listeners = new Set<Parameters<EventSource['subscribe']>[0]>();
  const seen: SeenCall[] = [];
  const readyFiles = new Map<number, ReadyFile>();
  const draggedOut: { readonly fileIds: readonly number[]; readonly by: string }[] = [];
  const life: string[] = [];
  return {
    handlers: watched(merged(usualHandlers(), changes), seen),
    events: {
      subscribe: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    access: openAccess,
    seen,
    readyFiles,
    draggedOut,
    life,
    emit: (name, payload) => {
      for (const listener of listeners) listener(name, payload);
    },
    listenerCount: () => listeners.size,
    readyFile: async (fileId) => readyFiles.get(fileId) ?? null,
    noteDraggedOut: async (fileIds, by) => {
      draggedOut.push({ fileIds, by });
    },
    resumed: async () => {
      life.push('resumed');
    },
    start: async () => {
      life.push('started');
    },
    stop: async () => {
      life.push('stopped');
    },
  };
};

const merged = (usual: StationHandlers, changes: Changes): StationHandlers => ({
  station: { ...usual.station, ...changes.station },
  orders: { ...usual.orders, ...changes.orders },
  items: { ...usual.items, ...changes.items },
  actions: { ...usual.actions, ...changes.actions },
  files: { ...usual.files, ...changes.files },
  jobs: { ...usual.jobs, ...changes.jobs },
  outbox: { ...usual.outbox, ...changes.outbox },
  hotFolders: { ...usual.hotFolders, ...changes.hotFolders },
  connections: { ...usual.connections, ...changes.connections },
  people: { ...usual.people, ...changes.people },
  today: { ...usual.today, ...changes.today },
});

type AnyHandler = (input: unknown, caller: { readonly by: string }) => Promise<unknown>;

/** The same handlers, each of which writes down that it was called. */
const watched = (handlers: StationHandlers, seen: SeenCall[]): StationHandlers =>
  Object.fromEntries(
    Object.entries(handlers).map(([group, members]) => [
      group,
      Object.fromEntries(
        Object.entries(members as Record<string, AnyHandler>).map(([name, handler]) => [
          name,
          (input: unknown, caller: { readonly by: string }) => {
            seen.push({ call: `${group}.${name}`, input, by: caller.by });
            return handler(input, caller);
          },
        ]),
      ),
    ]),
  ) as unknown as StationHandlers;
