import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../../main/core/ports/clock.ts';

/** A clock that stands still until a test turns it. */
export interface FakeClock extends Clock {
  /** Moves time on, runs what is due on the way in its order, and gives promises a few turns to settle after each. */
  advance(ms: number): Promise<void>;
}

const settleTurns = 5;
/** The machine has been on for an hour when a test begins. */
const uptimeMs = 3_600_000;

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < settleTurns; turn += 1) await nextTurn();
};

export const createFakeClock = (startMs = Date.UTC(2026, 0, 5, 8)): FakeClock => {
  const timers = new Set<{ readonly atMs: number; readonly task: () => void }>();
  let nowMs = startMs;

  const earliestUntil = (limitMs: number) =>
    [...timers].filter((timer) => timer.atMs <= limitMs).toSorted((a, b) => a.atMs - b.atMs)[0];

  return {
    nowMs: () => nowMs,
    elapsedMs: () => uptimeMs + nowMs - startMs,
    at: (atMs, task) => {
      const timer = { atMs, task };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance: async (ms) => {
      const targetMs = nowMs + ms;
      await settle();
      for (let due = earliestUntil(targetMs); due !== undefined; due = earliestUntil(targetMs)) {
        timers.delete(due);
        nowMs = Math.max(nowMs, due.atMs);
        due.task();
        await settle();
      }
      nowMs = targetMs;
      await settle();
    },
  };
};
