import { setTimeout as delay } from 'node:timers/promises';

/** Resolves after the time, or at once when the signal aborts. */
export async function wait(delayMs: number, signal: AbortSignal): Promise<void> {
  // An abort is the only way this can reject, and it is no error here.
  await delay(delayMs, undefined, { signal }).catch(() => {});
}
