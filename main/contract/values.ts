import { z } from 'zod';

/** A moment, ISO 8601 in UTC. */
export const moment = z.iso.datetime();
/** The station's own id of a row: a positive whole number. */
export const rowId = z.number().int().positive();
/** A name that a configuration gives: connection, hot folder. */
export const slug = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,63}$/, 'use 1 to 64 lower-case letters, digits, - or _');

/** The stages of an item, in order; `cancelled` is the final side exit. An order's stage is that of its slowest item. */
export const stages = [
  'received',
  'registered',
  'fetching',
  'printReady',
  'handedOver',
  'pickedUp',
  'produced',
  'packed',
  'shipped',
  'cancelled',
] as const;
export const stage = z.enum(stages);
export type Stage = z.infer<typeof stage>;

export const fileStates = ['queued', 'fetching', 'verifying', 'ready', 'waiting', 'problem'] as const;
export const fileState = z.enum(fileStates);
export type FileState = z.infer<typeof fileState>;

export const outboxStates = ['queued', 'sending', 'sent', 'waiting', 'problem', 'maybe', 'cancelled'] as const;
export const outboxState = z.enum(outboxStates);
export type OutboxState = z.infer<typeof outboxState>;

export const signalKinds = ['registered', 'started', 'produced', 'packed', 'shipped', 'error', 'cancel'] as const;
export const signalKind = z.enum(signalKinds);
export type SignalKind = z.infer<typeof signalKind>;

/** Commands change something at the platform. Those that may not be sent twice become `maybe` when their answer is lost. */
export const commandKinds = ['produce', 'renderAgain', 'resume', 'restart', 'tagDone'] as const;
export type CommandKind = (typeof commandKinds)[number];

/** What the outbox sends: signals of an item's progress, and commands. */
export const outboxKinds = [...signalKinds, ...commandKinds] as const;
export const outboxKind = z.enum(outboxKinds);
export type OutboxKind = z.infer<typeof outboxKind>;

/**
 * States of a job at a platform. `requested`: its command has not been answered. `waiting`, `working`: the platform has
 * it. `done`, `failed`, `cancelled` are final; `gone`: the platform does not know it (any more).
 */
export const jobStates = ['requested', 'waiting', 'working', 'done', 'failed', 'cancelled', 'gone'] as const;
export const jobState = z.enum(jobStates);
export type JobState = z.infer<typeof jobState>;

/** `own`: made in this shop. `outsourced`: made by the platform, followed here. */
export const lane = z.enum(['own', 'outsourced']);
export type Lane = z.infer<typeof lane>;

export const handoverStates = [
  'intended',
  'copying',
  'sent',
  'pickedUp',
  'maybeSent',
  'waiting',
  'problem',
  'undone',
] as const;
export const handoverState = z.enum(handoverStates);
export type HandoverState = z.infer<typeof handoverState>;

/** How well a file was checked before it became ready. */
export const verification = z.enum(['size+md5', 'size', 'length+structure']);
export type Verification = z.infer<typeof verification>;

/** `waiting`: backs off and probes by itself. `alarm`: the platform refuses us, a person must act. `paused`: a person paused it. */
export const channelStates = ['open', 'waiting', 'alarm', 'paused'] as const;
export const channelState = z.enum(channelStates);
export type ChannelState = z.infer<typeof channelState>;

/** An item by the station's own id, or as `connection:externalId`. */
export const itemRef = z.union([rowId, z.string().regex(/^[^:]+:.+$/, 'use the id, or connection:externalId')]);
/** An order by the station's own id, or as `connection:externalId`. */
export const orderRef = itemRef;

/** Every snapshot carries these: events with a revision up to `revision` are already in it; a new `epoch` means the station restarted. */
export const snapshotMark = { epoch: z.string(), revision: z.number().int().nonnegative() };
