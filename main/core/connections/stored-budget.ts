import { z } from 'zod';
import type { ClockReading } from '../ports/clock.ts';
import { readStored } from '../store/stored-json.ts';
import type { BudgetState } from '../work/rate-budget.ts';

/** A stored span has at most so many buckets of places. */
const mostBuckets = 100;

/** As stored: places in buckets of `[endedAtMs, count]`, and how many more may have been taken since. */
const storedBudget = z
  .object({
    ended: z.array(z.tuple([z.number(), z.number()])),
    reserved: z.number(),
    share: z.number(),
    shareSinceMs: z.number(),
    /** Null in what was stored when moments were still the wall's: they say nothing of how much time has passed. */
    writtenAt: z.object({ nowMs: z.number(), elapsedMs: z.number() }).nullable().default(null),
  })
  .nullable()
  .catch(null);

/**
 * Never more than the time that has passed between the two: the clock may have been set meanwhile, and the machine may
 * have been started anew, or be another one.
 */
const surelyPassedMs = (from: ClockReading, to: ClockReading): number => {
  const elapsedMs = to.elapsedMs >= from.elapsedMs ? to.elapsedMs - from.elapsedMs : to.elapsedMs;
  return Math.min(elapsedMs, Math.max(0, to.nowMs - from.nowMs));
};

/** What is known of a stored budget now; null when it cannot be read. Nothing counts shorter than it would have. */
export const recallBudget = (stateJson: string, now: ClockReading): BudgetState | null => {
  const stored = readStored(storedBudget, stateJson);
  if (stored === null) return null;
  const { ended, reserved, share, shareSinceMs, writtenAt } = stored;
  const recalled = (atMs: number): number => {
    const agoMs = writtenAt === null ? 0 : writtenAt.elapsedMs - atMs + surelyPassedMs(writtenAt, now);
    return now.elapsedMs - Math.max(0, agoMs);
  };
  return {
    endedAtMs: [
      ...ended.flatMap(([atMs, count]) => Array.from({ length: count }, () => recalled(atMs))),
      ...Array.from({ length: reserved }, () => now.elapsedMs),
    ],
    share,
    shareSinceMs: recalled(shareSinceMs),
  };
};

export interface BudgetToStore {
  readonly state: BudgetState;
  readonly spanMs: number;
  /** Places that count from the moment on in which the budget is recalled. */
  readonly reserved: number;
  readonly writtenAt: ClockReading;
}

export const toStoredBudget = ({ state, spanMs, reserved, writtenAt }: BudgetToStore): string => {
  const { endedAtMs, share, shareSinceMs } = state;
  const buckets = Map.groupBy(endedAtMs, (atMs) => Math.floor((atMs * mostBuckets) / spanMs));
  // Each bucket by its latest place: counted a little longer than needed, never shorter.
  const ended = [...buckets.values()].map(
    (places) => [places.reduce((a, b) => Math.max(a, b)), places.length] as const,
  );
  return JSON.stringify({ ended, reserved, share, shareSinceMs, writtenAt });
};
