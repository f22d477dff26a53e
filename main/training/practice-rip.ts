import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../core/ports/clock.ts';

export interface PracticeRipDeps {
  readonly folder: string;
  readonly clock: Clock;
  /** How long a file lies before it is taken: long enough to be seen, and to be taken back. */
  readonly takesAfterMs: number;
}

const lookEveryMs = 500;

/** A RIP as a hot folder meets it: each file is gone a while after it came. Answers how to stop it. */
export const startPracticeRip = ({ folder, clock, takesAfterMs }: PracticeRipDeps): (() => Promise<void>) => {
  let firstSeenMs = new Map<string, number>();
  let stopped = false;
  let cancelNext = (): void => undefined;
  let looking = Promise.resolve();

  const look = async (): Promise<void> => {
    const nowMs = clock.nowMs();
    const names = await readdir(folder).catch(() => []);
    // A hidden file is one that is still being written.
    const seen = names.filter((name) => !name.startsWith('.'));
    firstSeenMs = new Map(seen.map((name) => [name, firstSeenMs.get(name) ?? nowMs]));
    for (const [name, sinceMs] of firstSeenMs) {
      if (nowMs - sinceMs >= takesAfterMs) await rm(join(folder, name), { force: true }).catch(() => undefined);
    }
  };
  const next = (): void => {
    if (stopped) return;
    cancelNext = clock.at(clock.nowMs() + lookEveryMs, () => {
      looking = look().finally(next);
    });
  };
  next();
  return async () => {
    stopped = true;
    cancelNext();
    await looking;
  };
};
