import { z } from 'zod';
import { call, event } from './define.ts';
import { channelState, moment, signalKind, slug, snapshotMark } from './values.ts';

/** One way to a platform: its signals, or the downloads from one host. */
export const channelView = z.object({
  /** `signals`, `commands`, `jobs` (list and status checks), or `downloads HOST`. */
  name: z.string(),
  state: channelState,
  since: moment,
  /** When it is tried next; null when it is open or paused by a person. */
  nextTryAt: moment.nullable(),
  lastReachedAt: moment.nullable(),
  /** One line: why it waits or is stopped, and what to do. */
  problem: z.string().nullable(),
  waitingCount: z.number().int().nonnegative(),
});
export type ChannelView = z.infer<typeof channelView>;

/** One comparison of what a platform lists with what is here: "214 there, 214 here". */
export const reconciliationView = z.object({
  at: moment,
  reason: z.enum(['start', 'resume', 'hourly', 'asked']),
  there: z.number().int().nonnegative(),
  here: z.number().int().nonnegative(),
  /** Jobs that were missing here and have been taken in. */
  missing: z.number().int().nonnegative(),
  /** Jobs that had ended there without our knowing. */
  ended: z.number().int().nonnegative(),
});
export type ReconciliationView = z.infer<typeof reconciliationView>;

/** A secret never leaves the station: only whether there is one, and where it comes from. */
const secretState = z.enum(['missing', 'stored', 'fromConfig']);

export const connectionView = z.object({
  id: slug,
  platform: z.string(),
  name: z.string(),
  /** The worst of its channels. */
  state: channelState,
  lastReachedAt: moment.nullable(),
  problem: z.string().nullable(),
  /** What everything that talks to the platform shares. */
  budget: z.object({
    requests: z.number().int().positive(),
    perSeconds: z.number().positive(),
    concurrency: z.number().int().positive(),
    /** The requests as throttling by the platform has left them; equal to `requests` without any. */
    current: z.number().int().positive(),
    /** Requests in the span that ends now. */
    inSpan: z.number().int().nonnegative(),
  }),
  /** How its jobs are followed; null for a platform that has no list to ask. */
  jobs: z
    .object({
      open: z.number().int().nonnegative(),
      lastSweptAt: moment.nullable(),
      nextSweepAt: moment.nullable(),
      /** Why the list cannot be used; each job is then asked for by itself. */
      listRefused: z.string().nullable(),
    })
    .nullable(),
  /** The last comparison of the platform's list with ours. */
  reconciliation: reconciliationView.nullable(),
  /** Whether orders, callbacks or webhooks have to reach this station, or everything is polled. */
  inbound: z.enum(['needed', 'welcome', 'unused']),
  channels: z.array(channelView),
  /** What a person may see and edit, by the platform's own field names; secrets are not in it. */
  settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])),
  secrets: z.record(z.string(), secretState),
  /** Where the platform must post its orders; null when the intake is off. */
  intakeUrl: z.string().nullable(),
  lastOrderAt: moment.nullable(),
  openOrders: z.number().int().nonnegative(),
  fromConfig: z.boolean(),
});
export type ConnectionView = z.infer<typeof connectionView>;

/** What a form needs to add or edit a connection of a platform, and what its dialogs offer. */
export const platformView = z.object({
  id: z.string(),
  name: z.string(),
  fields: z.array(
    z.object({
      name: z.string(),
      type: z.enum(['text', 'url', 'secret', 'switch', 'number', 'list']),
      required: z.boolean(),
      default: z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]).nullable(),
      /** The values it can have, when they are fixed. */
      oneOf: z.array(z.string()).optional(),
      /** The platform offers its values at run time: `connections.choices`. */
      offersChoices: z.boolean().optional(),
    }),
  ),
  signals: z.array(signalKind),
  cancelCauses: z.array(z.object({ code: z.string(), text: z.string() })),
  /** What can be asked of it: orders handed over by a person or the shop's backend, commands about jobs. */
  produces: z.boolean(),
  takesShopOrders: z.boolean(),
});
export type PlatformView = z.infer<typeof platformView>;

export const connectionsGroup = {
  list: call(
    z.object({}),
    z.object({ ...snapshotMark, connections: z.array(connectionView), platforms: z.array(platformView) }),
    { for: 'everyone' },
  ),
  /** Adds or changes a connection. A secret that is absent stays as it is. */
  save: call(
    z.object({
      id: slug,
      platform: z.string(),
      settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])),
      secrets: z.record(z.string(), z.string().min(1)).default({}),
    }),
    z.object({ connection: connectionView }),
    { for: 'manager' },
  ),
  /** Only a connection without orders can be removed. */
  remove: call(z.object({ id: slug }), z.object({}), { for: 'manager' }),
  /** Tries the way to the platform without changing anything there; each step in one line. */
  test: call(
    z.object({ id: slug }),
    z.object({
      ok: z.boolean(),
      steps: z.array(z.object({ step: z.string(), ok: z.boolean(), detail: z.string() })),
    }),
  ),
  /** What the platform offers for a field now; `note` is a sentence that belongs beside the choice. */
  choices: call(
    z.object({ id: slug, field: z.string().max(60) }),
    z.object({
      choices: z.array(z.object({ value: z.string(), text: z.string() })),
      note: z.string().nullable(),
    }),
    { for: 'everyone' },
  ),
  /** Compares the platform's list with ours now, and takes in what is missing. */
  reconcile: call(z.object({ id: slug }), z.object({ connection: connectionView })),
  pause: call(z.object({ id: slug }), z.object({ connection: connectionView })),
  /** Opens a paused or alarmed connection again; one probe goes first. */
  resume: call(z.object({ id: slug }), z.object({ connection: connectionView })),
  /** All connections, so that one that was removed is missing. */
  changed: event(z.object({ ...snapshotMark, connections: z.array(connectionView) })),
};
