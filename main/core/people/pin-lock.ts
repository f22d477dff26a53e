/** Wrong PINs in a row that cost nothing but time. */
const freeTries = 4;
const firstWaitMs = 30_000;
const longestWaitMs = 15 * 60_000;

/** How long a person waits after so many wrong PINs in a row: 30 s after the fifth, then 1, 2, 4, 8, and at most 15 min. */
export const waitAfterMs = (wrongTries: number): number =>
  wrongTries <= freeTries ? 0 : Math.min(firstWaitMs * 2 ** (wrongTries - freeTries - 1), longestWaitMs);
