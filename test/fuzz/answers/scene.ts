import type { KnownJob, OutgoingMessage } from '../../../main/core/platforms/platform.ts';
import type { Act } from './acts.ts';

/** The moment in which everything happens. */
export const sceneNowMs = Date.parse('2026-03-02T08:15:00Z');
export const minuteMs = 60_000;

/** A sandbox in which there is something to hear of, and what the station does with it. */
export interface Scene {
  readonly platform: string;
  /** The addresses of the sandbox's servers. */
  readonly addresses: readonly string[];
  readonly settings: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly acts: readonly Act[];
  stop(): Promise<void>;
}

export const knownJob = (externalId: string, more: Partial<KnownJob> = {}): KnownJob => ({
  externalId,
  handle: externalId,
  state: 'working',
  knownSinceMs: sceneNowMs - minuteMs,
  createdAtMs: sceneNowMs - minuteMs,
  orderExternalId: null,
  ...more,
});

export const message = (kind: OutgoingMessage['kind'], more: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
  kind,
  orderExternalId: 'SO-1',
  itemExternalId: '1',
  job: null,
  payload: {},
  happenedAtMs: sceneNowMs - minuteMs,
  callbackUrl: null,
  ...more,
});
