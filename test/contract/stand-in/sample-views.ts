import type { ActionView } from '../../../main/contract/actions.ts';
import type { ConnectionView } from '../../../main/contract/connections.ts';
import type { FileView, TransferProgress } from '../../../main/contract/files.ts';
import type { HistoryEntry } from '../../../main/contract/history.ts';
import type { HandoverView, HotFolderView, ItemFits } from '../../../main/contract/hot-folders.ts';
import type { JobView } from '../../../main/contract/job-view.ts';
import type { ItemView, OrderRow, OrderView } from '../../../main/contract/orders.ts';
import type { OutboxView } from '../../../main/contract/outbox.ts';
import type { PersonView } from '../../../main/contract/people.ts';
import type { StationSettings, StationView } from '../../../main/contract/station.ts';
import type { CountedOrders, TodayView } from '../../../main/contract/today.ts';

// Plausible rows of the contract, each to be varied by a test.

const sampleMoment = '2026-07-01T09:00:00.000Z';

export const sampleFile = (changes: Partial<FileView> = {}): FileView => ({
  id: 21,
  orderId: 1,
  orderExternalId: '900000010000',
  itemId: 11,
  itemExternalId: '900000010000_1',
  connection: 'cp',
  role: 'cover',
  format: 'pdf',
  name: '900000010000_900000010000-1_cover_3x.pdf',
  state: 'ready',
  path: '/data/files/900000010000_900000010000-1_cover_3x.pdf',
  bytes: 1_800_000,
  expectedBytes: 1_800_000,
  md5: '0123456789abcdef0123456789abcdef',
  expectedMd5: '0123456789abcdef0123456789abcdef',
  sha256: 'ab'.repeat(32),
  verification: 'size+md5',
  attempts: 1,
  nextAttemptAt: null,
  readyAt: sampleMoment,
  deletedAt: null,
  problem: null,
  problemCode: null,
  inspection: null,
  ...changes,
});

export const sampleTransfer = (changes: Partial<TransferProgress> = {}): TransferProgress => ({
  fileId: 22,
  receivedBytes: 5_000_000,
  expectedBytes: 20_000_000,
  bytesPerSecond: 1_000_000,
  secondsLeft: 15,
  attempt: 1,
  condition: 'moving',
  ...changes,
});

export const sampleSignal = (changes: Partial<OutboxView> = {}): OutboxView => ({
  id: 31,
  connection: 'cp',
  kind: 'registered',
  platformName: 'ItemRegistered',
  item: 11,
  itemExternalId: '900000010000_1',
  orderId: 1,
  orderExternalId: '900000010000',
  state: 'sent',
  payload: {},
  attempts: 1,
  createdAt: sampleMoment,
  undoUntil: null,
  nextAttemptAt: null,
  deadlineAt: '2026-07-01T09:15:00.000Z',
  sentAt: sampleMoment,
  lastError: null,
  waitsFor: null,
  retriedAs: null,
  mandatory: true,
  repeatable: true,
  job: null,
  ...changes,
});

export const sampleAction = (changes: Partial<ActionView> = {}): ActionView => ({
  id: 51,
  at: sampleMoment,
  by: 'AB',
  kind: 'shipped',
  orderId: 1,
  orderExternalId: '900000010000',
  orderCount: 1,
  items: [{ id: 11, number: 1, title: 'Field notes' }],
  detail: { tracking: '1ZTEST0001' },
  undoUntil: '2026-07-01T09:00:15.000Z',
  ...changes,
});

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
  createdAt: sampleMoment,
  lastSeenAt: '2026-07-01T09:09:30.000Z',
  nextCheckAt: '2026-07-01T09:11:00.000Z',
  actions: ['check', 'restart'],
  replacedBy: null,
  ...changes,
});

export const sampleHandover = (changes: Partial<HandoverView> = {}): HandoverView => ({
  id: 41,
  fileId: 21,
  itemId: 11,
  orderId: 1,
  order: '900000010000',
  itemNumber: 1,
  hotFolder: 'indigo',
  hotFolderName: 'HP Indigo',
  fileName: '900000010000_900000010000-1_cover_3x.pdf',
  role: 'cover',
  state: 'sent',
  intendedAt: sampleMoment,
  sentAt: sampleMoment,
  pickedUpAt: null,
  undoable: true,
  overdue: false,
  problem: null,
  outcome: null,
  outcomeAt: null,
  outcomeIn: null,
  ...changes,
});

export const sampleHotFolder = (changes: Partial<HotFolderView> = {}): HotFolderView => ({
  id: 'indigo',
  name: 'HP Indigo',
  path: '/mnt/rip/indigo',
  mode: 'auto',
  accepts: { platforms: ['cloudprinter'], connections: [], roles: [], products: [] },
  preset: 'plain',
  outcome: { accepted: [], failed: [] },
  pollSeconds: 3,
  pickUpAlarmSeconds: 600,
  state: 'ok',
  problem: null,
  lying: 1,
  waiting: 0,
  oldestLyingSince: sampleMoment,
  lastPickUpAt: null,
  usualPickUpSeconds: null,
  alarmAfterSeconds: 600,
  stuck: false,
  inside: {
    lookedAt: sampleMoment,
    files: [
      {
        name: '900000010000_900000010000-1_cover_3x.pdf',
        handover: 41,
        orderId: 1,
        order: '900000010000',
        itemNumber: 1,
        since: sampleMoment,
      },
    ],
    strangers: 0,
  },
  outcomes: 'none',
  taken: [],
  fromConfig: true,
  ...changes,
});

export const sampleFits = (): ItemFits => ({
  item: { id: 11, orderId: 1, number: 1, title: 'Field notes', copies: 3, held: false, open: true },
  files: [{ id: 21, role: 'cover', name: '900000010000_900000010000-1_cover_3x.pdf', state: 'ready' }],
  folders: [
    {
      hotFolder: 'indigo',
      fits: true,
      files: [{ file: 21, verdict: 'goes', reasons: [], unknown: [], handedOver: false }],
    },
  ],
});

export const sampleBudget: ConnectionView['budget'] = {
  requests: 10,
  perSeconds: 1,
  concurrency: 4,
  current: 10,
  inSpan: 0,
};

export const sampleConnection = (changes: Partial<ConnectionView> = {}): ConnectionView => ({
  id: 'cp',
  platform: 'cloudprinter',
  name: 'Cloudprinter',
  state: 'open',
  lastReachedAt: sampleMoment,
  problem: null,
  budget: sampleBudget,
  jobs: null,
  reconciliation: null,
  inbound: 'needed',
  channels: [],
  settings: {},
  secrets: { orderKey: 'stored', signalKey: 'fromConfig' },
  intakeUrl: 'http://127.0.0.1:8750/in/cp',
  lastOrderAt: sampleMoment,
  openOrders: 1,
  fromConfig: true,
  ...changes,
});

export const sampleItem = (changes: Partial<ItemView> = {}): ItemView => ({
  id: 11,
  orderId: 1,
  externalId: '900000010000_1',
  number: 1,
  title: 'Field notes',
  product: 'textbook_pb_a5_p_bw',
  description: 'Softcover A5',
  copies: 3,
  pages: 48,
  options: [],
  stage: 'printReady',
  reached: { received: sampleMoment, registered: sampleMoment, printReady: sampleMoment },
  problem: null,
  problemCode: null,
  held: null,
  reorder: null,
  files: [sampleFile()],
  jobId: null,
  reprints: [],
  handovers: [],
  signals: [sampleSignal()],
  ...changes,
});

export const sampleRow = (changes: Partial<OrderRow> = {}): OrderRow => ({
  id: 1,
  connection: 'cp',
  platform: 'cloudprinter',
  lane: 'own',
  externalId: '900000010000',
  customer: 'Fjord Books',
  reference: 'FB-2026-0007',
  titles: 'Field notes',
  stage: 'printReady',
  problem: null,
  problemCount: 0,
  held: false,
  reorder: false,
  itemCount: 1,
  copies: 3,
  filesReady: 1,
  filesTotal: 1,
  bytesReceived: 1_800_000,
  bytesExpected: 1_800_000,
  receivedAt: sampleMoment,
  shipBy: '2026-07-03T17:00:00.000Z',
  ...changes,
});

export const sampleOrder = (changes: Partial<OrderView> = {}): OrderView => ({
  ...sampleRow(),
  shippingMethod: 'cp_postal',
  consignor: 'Fjord Books',
  delivery: null,
  items: [sampleItem()],
  files: [],
  jobs: [],
  notes: [],
  revisions: [],
  unknownFields: [],
  ...changes,
});

export const sampleHistory = (changes: Partial<HistoryEntry> = {}): HistoryEntry => ({
  id: 1,
  at: sampleMoment,
  code: 'order.received',
  detail: { items: 1 },
  evidence: 'platformSaid',
  by: null,
  itemId: null,
  fileId: null,
  ...changes,
});

export const sampleStation = (changes: Partial<StationView> = {}): StationView => ({
  name: 'Site A',
  version: '0.1.0',
  startedAt: sampleMoment,
  setupNeeded: false,
  host: 'browser',
  intake: { state: 'listening', url: 'http://127.0.0.1:8750', publicUrl: null, problem: null },
  counts: {
    openOrders: 1,
    problemOrders: 0,
    unfinishedFiles: 0,
    problemFiles: 0,
    unsentSignals: 0,
    problemSignals: 0,
    lyingFiles: 1,
    openJobs: 2,
    problemJobs: 1,
  },
  startReport: null,
  diskFreeBytes: 50_000_000_000,
  notices: [],
  ...changes,
});

export const samplePerson = (changes: Partial<PersonView> = {}): PersonView => ({
  id: 71,
  name: 'First shift',
  initials: 'FS',
  role: 'manager',
  ...changes,
});

export const sampleSettings: StationSettings = {
  name: 'Site A',
  intake: { enabled: true, host: '127.0.0.1', port: 8750, publicUrl: '' },
  files: {
    folder: 'files',
    nameTemplate: '{order}_{item}_{role}_{copies}x',
    concurrency: 4,
    perHostConcurrency: 2,
    bandwidthBytesPerSecond: 0,
    minimumFreeBytes: 1_000_000_000,
    keepDaysAfterShipped: 30,
    keepDaysWhenFull: 7,
  },
  signals: { undoSeconds: 15 },
};

const counted = (count: number, filter: Partial<CountedOrders['filter']>): CountedOrders => ({
  count,
  filter: { problemsOnly: false, openOnly: true, ...filter },
});

const inTheHour = (hour: number, count: number): number[] =>
  Array.from({ length: 24 }, (_, each) => (each === hour ? count : 0));

/** The morning of 1 July, as of 9:00: one order is late, one is due. */
export const sampleToday = (changes: Partial<TodayView> = {}): TodayView => ({
  day: '2026-07-01',
  timeZone: 'UTC',
  from: '2026-07-01T00:00:00.000Z',
  until: '2026-07-02T00:00:00.000Z',
  asOf: sampleMoment,
  isToday: true,
  turnsAt: '2026-07-01T09:15:00.000Z',
  orders: {
    late: counted(1, { dueBefore: sampleMoment }),
    due: counted(1, { dueFrom: sampleMoment, dueBefore: '2026-07-02T00:00:00.000Z' }),
    waiting: counted(2, { lanes: ['own'], stages: ['received', 'registered', 'fetching', 'printReady'] }),
    held: counted(0, { held: true }),
    problems: counted(0, { openOnly: false, problemsOnly: true }),
    shipped: counted(4, {
      openOnly: false,
      shippedFrom: '2026-07-01T00:00:00.000Z',
      shippedBefore: '2026-07-02T00:00:00.000Z',
    }),
  },
  lateOrders: [
    {
      order: sampleRow({ shipBy: '2026-07-01T08:00:00.000Z' }),
      reason: { kind: 'stage', stage: 'printReady', since: sampleMoment },
    },
  ],
  throughput: {
    hours: Array.from({ length: 24 }, (_, hour) => {
      const clock = `${String(hour).padStart(2, '0')}:00`;
      return { from: `2026-07-01T${clock}:00.000Z`, clock };
    }),
    lines: [
      {
        platform: 'cloudprinter',
        name: 'Cloudprinter.com',
        lane: 'own',
        perHour: { printReady: inTheHour(7, 12), handedOver: inTheHour(8, 10), shipped: inTheHour(8, 4) },
        total: { printReady: 12, handedOver: 10, shipped: 4 },
      },
    ],
  },
  files: { verified: 12, firstTry: 11, afterRepeat: 1, levels: [{ level: 'size+md5', count: 12 }], problems: 0 },
  signals: {
    sent: 16,
    onTime: 11,
    late: 1,
    withoutDeadline: 4,
    worstLateSeconds: 95,
    waiting: 1,
    overdue: 0,
    nextDeadlineAt: '2026-07-01T09:15:00.000Z',
    problems: 0,
  },
  reconciliations: [
    {
      connection: 'px',
      name: 'Printess',
      reconciliation: { at: sampleMoment, reason: 'hourly', there: 214, here: 214, missing: 0, ended: 0 },
    },
  ],
  startReport: null,
  ...changes,
});
