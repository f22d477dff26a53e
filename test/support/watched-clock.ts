import type { Clock } from '../../main/core/ports/clock.ts';

/** A clock that knows when what waits for it comes due. */
export interface WatchedClock extends Clock {
  /** The earliest time that somebody waits for; null when nobody does. */
  earliestMs(): number | null;
  /** From now on nothing runs that comes due, as in a machine that sleeps. */
  fallAsleep(): void;
  /** Runs what came due in between, late and at once. */
  wake(): void;
}

export const watchClock = (clock: Clock): WatchedClock => {
  const dueMs = new Map<symbol, number>();
  const missed = new Map<symbol, () => void>();
  let asleep = false;
  return {
    nowMs: () => clock.nowMs(),
    elapsedMs: () => clock.elapsedMs(),
    at: (atMs, task) => {
      const timer = Symbol();
      dueMs.set(timer, atMs);
      const cancel = clock.at(atMs, () => {
        dueMs.delete(timer);
        if (asleep) missed.set(timer, task);
        else task();
      });
      return () => {
        dueMs.delete(timer);
        missed.delete(timer);
        cancel();
      };
    },
    earliestMs: () => (dueMs.size === 0 ? null : Math.min(...dueMs.values())),
    fallAsleep: () => {
      asleep = true;
    },
    wake: () => {
      asleep = false;
      for (const [timer, task] of [...missed]) if (missed.delete(timer)) task();
    },
  };
};
