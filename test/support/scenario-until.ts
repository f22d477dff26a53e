import { setTimeout as delay } from 'node:timers/promises';
import type { FakeClock } from './fake-clock.ts';

const defaultEveryMs = 15;
const defaultWithinMs = 40_000;

export interface UntilOptions {
  /** In real time; default 40 s. */
  readonly withinMs?: number;
  /** In real time, between two looks; default 15 ms. */
  readonly everyMs?: number;
  /** Turned a little before each look, so that what waits for its time comes due. */
  readonly turning?: FakeClock;
  /** How far each turn goes; default 250 ms. */
  readonly stepMs?: number;
}

/** Looks again and again until there is an answer other than null, undefined or false. Rejects with what it waited for. */
export const until = async <Found>(
  what: string,
  look: () => Promise<Found | null | undefined | false> | Found | null | undefined | false,
  { withinMs = defaultWithinMs, everyMs = defaultEveryMs, turning, stepMs = 250 }: UntilOptions = {},
): Promise<Found> => {
  const untilMs = Date.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== null && found !== undefined && found !== false) return found;
    if (Date.now() > untilMs) throw new Error(`${what}: not within ${withinMs} ms`);
    await turning?.advance(stepMs);
    await delay(everyMs);
  }
};
