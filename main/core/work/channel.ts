import type { ChannelState } from '../../contract/values.ts';
import { consequences, isOfChannel, type WorkFailure } from './failure.ts';
import { nextDelayMs, type RetryPlan, retryPlans } from './retry-table.ts';

/** The state of one way to a platform, as stored. */
export interface Channel {
  readonly state: ChannelState;
  readonly sinceMs: number;
  readonly nextTryAtMs: number | null;
  readonly failures: number;
  readonly lastReachedAtMs: number | null;
  readonly problem: string | null;
}

export const newChannel = (nowMs: number): Channel => ({
  state: 'open',
  sinceMs: nowMs,
  nextTryAtMs: null,
  failures: 0,
  lastReachedAtMs: null,
  problem: null,
});

/** How many rows of the channel may be taken now: all that fit, one probe, or none. */
export const admits = (channel: Channel, nowMs: number, running: number): 'all' | 'probe' | 'none' => {
  if (channel.state === 'open') return 'all';
  if (channel.nextTryAtMs === null || channel.nextTryAtMs > nowMs || running > 0) return 'none';
  return 'probe';
};

/** The other side answered as it should: the channel is open. */
export const afterSuccess = (channel: Channel, nowMs: number): Channel =>
  channel.state === 'paused'
    ? { ...channel, lastReachedAtMs: nowMs }
    : {
        state: 'open',
        sinceMs: channel.state === 'open' ? channel.sinceMs : nowMs,
        nextTryAtMs: null,
        failures: 0,
        lastReachedAtMs: nowMs,
        problem: null,
      };

/**
 * A failure that began before the channel fell says nothing new: when the network goes, all that is under way fails
 * with it, and that is one failure.
 */
export const isKnownOf = (channel: Channel, failure: WorkFailure, startedAtMs: number): boolean =>
  isOfChannel(failure.class) && channel.state !== 'open' && channel.sinceMs >= startedAtMs;

/**
 * What a failure does to the channel. A row's own problem says nothing of it, except that the other side was reached
 * when it answered. A refusal raises an alarm with rare probes, which stays until the other side takes us again;
 * everything else waits with a growing delay. A pause by a person stays what it is.
 */
export const afterFailure = (
  channel: Channel,
  failure: WorkFailure,
  plan: RetryPlan,
  nowMs: number,
  random: number,
): Channel => {
  const consequence = consequences[failure.class];
  const reached = failure.httpStatus !== null;
  if (consequence === 'problemRow' || consequence === 'retryRow' || consequence === 'stationWaits') {
    return reached ? afterSuccess(channel, nowMs) : channel;
  }
  const lastReachedAtMs = reached ? nowMs : channel.lastReachedAtMs;
  if (channel.state === 'paused') return { ...channel, lastReachedAtMs };
  // With the network gone, the refused key is still refused: it is the same alarm.
  const stillAlarmed = channel.state === 'alarm' && consequence === 'channelWaits';
  const state: ChannelState = consequence === 'channelAlarm' || stillAlarmed ? 'alarm' : 'waiting';
  const failures = channel.state === state ? channel.failures + 1 : 1;
  const activePlan = state === 'alarm' ? retryPlans.alarmedChannel : plan;
  return {
    state,
    sinceMs: channel.state === state ? channel.sinceMs : nowMs,
    nextTryAtMs: nowMs + nextDelayMs(activePlan, failures, random, failure.retryAfterMs),
    failures,
    lastReachedAtMs,
    problem: stillAlarmed ? channel.problem : failure.message,
  };
};
