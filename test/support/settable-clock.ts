import { createFakeClock, type FakeClock } from './fake-clock.ts';

/** A clock that somebody sets: it shows another time, and what was waited for comes when that much time has passed. */
export interface SettableClock extends FakeClock {
  /** What nobody sets: the time as it really passes. */
  readonly real: FakeClock;
  /** Shows so much more than the right time from now on. */
  setAhead(aheadMs: number): void;
}

export const createSettableClock = (): SettableClock => {
  const real = createFakeClock();
  let aheadMs = 0;
  return {
    real,
    nowMs: () => real.nowMs() + aheadMs,
    elapsedMs: () => real.elapsedMs(),
    at: (atMs, task) => real.at(atMs - aheadMs, task),
    advance: (ms) => real.advance(ms),
    setAhead: (newAheadMs) => {
      aheadMs = newAheadMs;
    },
  };
};
