import type { HandWatch } from './hand-watch.ts';

const lookEveryMs = 5_000;

/** Lets a list take its present order by itself once nobody has touched the screen for a while: no hand, no row under it. */
export const refreshWhenAway = (hand: HandWatch, awayMs: number, refresh: () => void): void => {
  const look = (): void => {
    if (hand.awayMs() >= awayMs) refresh();
    setTimeout(look, lookEveryMs);
  };
  setTimeout(look, lookEveryMs);
};
