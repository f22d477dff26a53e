import type { Clock } from '../../main/core/ports/clock.ts';

/** A clock that knows when what waits for it comes due. */
export interface WatchedClock extends Clock {
  /** The earliest time that somebody waits for; null when nobody does. */
  earliestMs(): number | null;
}

export const watchClock = (clock: Clock): WatchedClock => {
  const dueMs = new Map<symbol, number>();
  return {
    nowMs: () => clock.nowMs(),
    at: (atMs, task) => {
      const timer = Symbol();
      dueMs.set(timer, atMs);
      const cancel = clock.at(atMs, () => {
        dueMs.delete(timer);
        task();
      });
      return () => {
        dueMs.delete(timer);
        cancel();
      };
    },
    earliestMs: () => (dueMs.size === 0 ? null : Math.min(...dueMs.values())),
  };
};
