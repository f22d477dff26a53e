import type { ConnectionView } from '../../../main/contract/connections.ts';
import { ContractError } from '../../../main/contract/failure.ts';
import type { JobView } from '../../../main/contract/job-view.ts';
import type { ItemView, OrderRow, OrderView } from '../../../main/contract/orders.ts';
import type { OutboxView } from '../../../main/contract/outbox.ts';
import type { StationView } from '../../../main/contract/station.ts';
import * as sample from '../../contract/stand-in/sample-views.ts';
import { createStandInStation, mark, type StandInStation } from '../../contract/stand-in/stand-in-station.ts';

// The stand-in station with what belongs to jobs: its usual rows, each with the fields that speak of them.

type Handlers = StandInStation['handlers'];
type Changes = { readonly [Group in keyof Handlers]?: Partial<Handlers[Group]> };

export const sampleJob = (changes: Partial<JobView> = {}): JobView => ({
  id: 51,
  connection: 'px',
  externalId: 'j-1',
  orderId: 1,
  orderExternalId: 'A-1',
  state: 'working',
  statusText: 'rendering',
  final: false,
  problem: null,
  problemCode: null,
  warnings: [],
  beliefs: [{ name: 'orderStatus', value: 'In production' }],
  createdAt: '2026-07-01T09:00:00.000Z',
  lastSeenAt: '2026-07-01T09:09:30.000Z',
  nextCheckAt: '2026-07-01T09:11:00.000Z',
  actions: ['check', 'restart'],
  replacedBy: null,
  ...changes,
});

export const sampleSignal = (changes: Partial<OutboxView> = {}): OutboxView =>
  sample.sampleSignal({ repeatable: true, job: null, ...changes });

export const sampleItem = (changes: Partial<ItemView> = {}): ItemView =>
  sample.sampleItem({ jobId: null, signals: [sampleSignal()], ...changes });

export const sampleRow = (changes: Partial<OrderRow> = {}): OrderRow => sample.sampleRow({ lane: 'own', ...changes });

export const sampleOrder = (changes: Partial<OrderView> = {}): OrderView =>
  sample.sampleOrder({ lane: 'own', items: [sampleItem()], jobs: [], ...changes });

export const sampleBudget = { requests: 10, perSeconds: 1, concurrency: 4, current: 10, inSpan: 0 };

export const sampleConnection = (changes: Partial<ConnectionView> = {}): ConnectionView =>
  sample.sampleConnection({ budget: sampleBudget, jobs: null, reconciliation: null, inbound: 'needed', ...changes });

export const sampleStation = (changes: Partial<StationView> = {}): StationView =>
  sample.sampleStation({
    counts: { ...sample.sampleStation().counts, openJobs: 2, problemJobs: 1 },
    startReport: null,
    ...changes,
  });

const missing = (what: string): ContractError => new ContractError('notFound', `there is no ${what}`);

const outboxHandlers: Partial<Handlers['outbox']> = {
  list: async () => ({ ...mark, total: 1, countByState: { sent: 1 }, signals: [sampleSignal()] }),
  get: async ({ id }) => ({ signal: sampleSignal({ id, state: 'problem', sentAt: null }), attempts: [] }),
  undo: async ({ ids }) => ({ signals: ids.map((id) => sampleSignal({ id, state: 'cancelled' })) }),
  retry: async ({ id }) => ({ signal: sampleSignal({ id: id + 1, state: 'queued', sentAt: null }) }),
  lookUp: async ({ id }) => ({ signal: sampleSignal({ id, kind: 'produce', state: 'sent' }) }),
  dismiss: async ({ id }) => ({ signal: sampleSignal({ id, state: 'cancelled' }) }),
};

const jobsHandlers: Handlers['jobs'] = {
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
};

/** A stand-in station for the commands; it answers every call unless a test says otherwise. */
export const createFloorStation = (changes: Changes = {}): StandInStation => {
  const { jobs, ...others } = changes;
  const station = createStandInStation({
    ...others,
    station: { get: async () => ({ ...mark, station: sampleStation() }), ...changes.station },
    orders: {
      list: async () => ({ ...mark, total: 1, problemCount: 0, orders: [sampleRow()] }),
      listDetailed: async () => ({ total: 1, orders: [sampleOrder()] }),
      get: async ({ order }) => {
        if (order !== 1 && order !== 'cp:900000010000') throw missing(`order ${order}`);
        return { ...mark, order: sampleOrder(), history: [sample.sampleHistory()] };
      },
      ship: async ({ tracking }) => ({ signals: [sampleSignal({ id: 33, kind: 'shipped', payload: { tracking } })] }),
      ...changes.orders,
    },
    items: {
      signal: async ({ item, signal }) => {
        if (item === 999) throw missing('item 999');
        const queued = sampleSignal({ id: 32, kind: signal.kind, state: 'queued', sentAt: null, attempts: 0 });
        return { signal: queued, item: sampleItem() };
      },
      hold: async ({ note }) => ({ item: sampleItem({ held: { note, since: '2026-07-01T09:00:00.000Z' } }) }),
      resume: async () => ({ item: sampleItem() }),
      ...changes.items,
    },
    outbox: { ...outboxHandlers, ...changes.outbox },
    connections: {
      list: async () => ({ ...mark, connections: [sampleConnection()], platforms: [] }),
      pause: async ({ id }) => ({ connection: sampleConnection({ id, state: 'paused' }) }),
      resume: async ({ id }) => ({ connection: sampleConnection({ id }) }),
      reconcile: async ({ id }) => ({ connection: sampleConnection({ id }) }),
      ...changes.connections,
    },
  });
  return { ...station, handlers: { ...station.handlers, jobs: watchedJobs({ ...jobsHandlers, ...jobs }, station) } };
};

/** The same handlers, each of which writes down that it was called. */
const watchedJobs = (jobs: Handlers['jobs'], { seen }: StandInStation): Handlers['jobs'] => {
  const note = (name: string, input: unknown, by: string): void => {
    seen.push({ call: `jobs.${name}`, input, by });
  };
  return {
    list: (input, caller) => {
      note('list', input, caller.by);
      return jobs.list(input, caller);
    },
    produce: (input, caller) => {
      note('produce', input, caller.by);
      return jobs.produce(input, caller);
    },
    check: (input, caller) => {
      note('check', input, caller.by);
      return jobs.check(input, caller);
    },
    checkOrder: (input, caller) => {
      note('checkOrder', input, caller.by);
      return jobs.checkOrder(input, caller);
    },
    command: (input, caller) => {
      note('command', input, caller.by);
      return jobs.command(input, caller);
    },
  };
};
