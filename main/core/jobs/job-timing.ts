import type { JobSighting } from '../domain/job-sighting.ts';
import type { HeardBy } from './job-context.ts';

const minuteMs = 60_000;

export interface TimingInput {
  readonly sighting: JobSighting;
  readonly heardBy: HeardBy;
  /** Whether the station knows the job's order. */
  readonly hasOrder: boolean;
  /** Whether a check has to ask for what this sighting leaves open. */
  readonly needsCheck: boolean;
  readonly nowMs: number;
  readonly knownSinceMs: number;
  readonly lastCheckedAtMs: number | null;
  readonly leastCheckEveryMs: number;
  readonly pollSeconds: number;
}

export const isFinalState = (state: JobSighting['state']): boolean =>
  state === 'done' || state === 'failed' || state === 'cancelled' || state === 'gone';

/**
 * Whether a sighting leaves something open that only a check tells: a result without its files, or what a list says in
 * passing of a job that ended or changed.
 */
export const leavesOpen = ({ files, state, work }: JobSighting, heardBy: HeardBy): boolean =>
  files === null && (state === 'done' || (heardBy === 'list' && (work === null || state === 'failed')));

/** The pause between two checks of a job that its list does not tell of: the older, the longer. */
const pauseMs = (ageMs: number): number => {
  if (ageMs < 10 * minuteMs) return minuteMs;
  if (ageMs < 60 * minuteMs) return 5 * minuteMs;
  return ageMs < 24 * 60 * minuteMs ? 15 * minuteMs : 60 * minuteMs;
};

/**
 * When a job is asked for by itself next; null: never. A list that tells of it puts that off for some sweeps, so that
 * as long as the list does its work no job is asked for twice.
 */
export const nextCheckAtMs = (input: TimingInput): number | null => {
  const { sighting, heardBy, nowMs, lastCheckedAtMs, leastCheckEveryMs } = input;
  const soonest = Math.max(nowMs, (lastCheckedAtMs ?? 0) + leastCheckEveryMs);
  const orderUnknown = !input.hasOrder && sighting.work === null;
  if (orderUnknown || input.needsCheck) {
    return heardBy === 'check' ? Math.max(soonest, nowMs + pauseMs(nowMs - input.knownSinceMs)) : soonest;
  }
  if (isFinalState(sighting.state)) return null;
  if (heardBy === 'check') return Math.max(soonest, nowMs + pauseMs(nowMs - input.knownSinceMs));
  return Math.max(soonest, nowMs + Math.max(3 * input.pollSeconds * 1000, 2 * leastCheckEveryMs));
};
