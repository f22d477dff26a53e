import { z } from 'zod';
import { call, event } from './define.ts';
import { moment, snapshotMark } from './values.ts';

export const noticeView = z.object({
  id: z.number().int(),
  at: moment,
  level: z.enum(['info', 'attention', 'alarm']),
  /** A key of the catalogue, with its values. */
  code: z.string(),
  detail: z.record(z.string(), z.union([z.string(), z.number()])),
  /** One line in English, for logs and the command line. */
  text: z.string(),
});
export type NoticeView = z.infer<typeof noticeView>;

/** What the start found: how long the station was off, and what was recovered. Null values: the platform cannot be asked. */
export const startReport = z.object({
  startedAt: moment,
  /** When the station was last known to run; null at its first start. */
  offSince: moment.nullable(),
  offSeconds: z.number().int().nonnegative(),
  /** Set when the database came back from an earlier moment: what is in doubt since, and what is not here. */
  recovered: z
    .object({
      from: z.string(),
      cause: z.string(),
      knownUntil: moment,
      takenInAgain: z.array(z.string()),
      missing: z.array(z.string()),
      heldItems: z.number().int().nonnegative(),
      maybe: z.number().int().nonnegative(),
    })
    .optional(),
  connections: z.array(
    z.object({
      connection: z.string(),
      name: z.string(),
      /** Whether callbacks or webhooks were given up by the platform meanwhile, by its own retry schedule. */
      callbacks: z.enum(['none', 'stillRetried', 'probablyLost']),
      there: z.number().int().nullable(),
      here: z.number().int().nullable(),
      missing: z.number().int().nullable(),
      ended: z.number().int().nullable(),
    }),
  ),
});
export type StartReport = z.infer<typeof startReport>;

export const stationView = z.object({
  name: z.string(),
  version: z.string(),
  startedAt: moment,
  /** True until there is a connection: the screens show the set-up. */
  setupNeeded: z.boolean(),
  host: z.enum(['desktop', 'browser']),
  intake: z.object({
    state: z.enum(['off', 'listening', 'problem']),
    url: z.string().nullable(),
    publicUrl: z.string().nullable(),
    problem: z.string().nullable(),
  }),
  counts: z.object({
    openOrders: z.number().int(),
    problemOrders: z.number().int(),
    unfinishedFiles: z.number().int(),
    problemFiles: z.number().int(),
    unsentSignals: z.number().int(),
    problemSignals: z.number().int(),
    lyingFiles: z.number().int(),
    openJobs: z.number().int(),
    problemJobs: z.number().int(),
  }),
  startReport: startReport.nullable(),
  diskFreeBytes: z.number().nullable(),
  notices: z.array(noticeView),
});
export type StationView = z.infer<typeof stationView>;

export const stationSettings = z.object({
  name: z.string().trim().min(1).max(60),
  intake: z.object({
    enabled: z.boolean(),
    host: z.string(),
    port: z.number().int().min(0).max(65_535),
    publicUrl: z.union([z.url(), z.literal('')]),
    /** Absolute paths of a certificate and its key (PEM): the intake speaks TLS. Without them a proxy must. */
    tls: z.object({ certificateFile: z.string().min(1), keyFile: z.string().min(1) }).optional(),
  }),
  files: z.object({
    folder: z.string(),
    nameTemplate: z.string().min(1).max(200),
    concurrency: z.number().int().min(1).max(16),
    perHostConcurrency: z.number().int().min(1).max(16),
    /** 0: no cap. */
    bandwidthBytesPerSecond: z.number().int().nonnegative(),
    minimumFreeBytes: z.number().int().nonnegative(),
    keepDaysAfterShipped: z.number().int().min(1).max(3650),
    /** While the disk is too full to fetch, files of shipped orders go after so many days already. */
    keepDaysWhenFull: z.number().int().min(1).max(3650),
  }),
  signals: z.object({ undoSeconds: z.number().min(0).max(120) }),
});
export type StationSettings = z.infer<typeof stationSettings>;

export const stationGroup = {
  get: call(z.object({}), z.object({ ...snapshotMark, station: stationView }), { for: 'everyone' }),
  settings: call(z.object({}), z.object({ settings: stationSettings, lockedByConfig: z.array(z.string()) }), {
    for: 'everyone',
  }),
  saveSettings: call(z.object({ settings: stationSettings }), z.object({ settings: stationSettings }), {
    for: 'manager',
  }),
  /** A copy of the database, free of secrets, written to a path that does not exist yet. */
  backup: call(z.object({ path: z.string().min(1) }), z.object({ path: z.string(), bytes: z.number().int() }), {
    for: 'manager',
  }),
  /** Versions, settings, counts, recent log and history without secrets and customer data, as one JSON file. */
  supportBundle: call(z.object({ path: z.string().min(1) }), z.object({ path: z.string(), bytes: z.number().int() }), {
    for: 'manager',
  }),
  dismissNotice: call(z.object({ id: z.number().int() }), z.object({})),
  changed: event(z.object({ ...snapshotMark, station: stationView })),
};

export const desktopGroup = {
  /** Starts a native drag of ready files. Only the desktop app can; elsewhere it fails as `unavailable`. */
  dragOut: call(z.object({ files: z.array(z.number().int().positive()).min(1).max(200) }), z.object({})),
  /** The window fills the display, and is neither closed nor quit until a manager leaves this mode. */
  enterStationMode: call(z.object({}), z.object({}), { for: 'everyone' }),
  leaveStationMode: call(z.object({}), z.object({}), { for: 'manager' }),
  /** The page speaks this locale, such as `de-AT`: the tray and its menu speak its language, too. */
  speak: call(z.object({ locale: z.string().min(2).max(35) }), z.object({}), { for: 'everyone' }),
  /**
   * Shows a notification of the system while nobody can see the window. It answers when that is over: whether a person
   * opened it, and with it the window. Only the desktop app can; elsewhere it fails as `unavailable`.
   */
  notify: call(
    z.object({ title: z.string().min(1).max(100), text: z.string().max(300) }),
    z.object({ opened: z.boolean() }),
    { for: 'everyone' },
  ),
};
