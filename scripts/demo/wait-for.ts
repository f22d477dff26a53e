import { setTimeout as delay } from 'node:timers/promises';

const lookEveryMs = 200;

/** Asks again and again until there is an answer. Rejects after `withinMs` with what it waited for. */
export const waitFor = async <Result>(
  what: string,
  look: () => Promise<Result | null | undefined | false>,
  withinMs: number,
): Promise<Result> => {
  const untilMs = Date.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== null && found !== undefined && found !== false) return found;
    if (Date.now() > untilMs) throw new Error(`${what}: not within ${Math.round(withinMs / 1000)} s`);
    await delay(lookEveryMs);
  }
};
