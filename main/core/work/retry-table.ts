/** How the waits between tries grow. Waits double from `firstMs` to `capMs`; jitter spreads them by ± its share. */
export interface RetryPlan {
  readonly firstMs: number;
  readonly capMs: number;
  readonly jitter: number;
}

/** All waits of the station. The comment shows the resulting delays without jitter. */
export const retryPlans = {
  /** 15 s, 30 s, 1 min, 2 min … 1 h (Cloudprinter asks for "fair spacing"; its own webhooks try for 7 days). */
  signalsChannel: { firstMs: 15_000, capMs: 3_600_000, jitter: 0.2 },
  /** 5 s, 10 s, 20 s … 5 min. */
  downloadsChannel: { firstMs: 5_000, capMs: 300_000, jitter: 0.2 },
  /** 10 s, 20 s, 40 s … 10 min: the platform's list, and the checks of its jobs. */
  jobsChannel: { firstMs: 10_000, capMs: 600_000, jitter: 0.2 },
  /** A platform that refuses our key is asked again this rarely, with one probe, until a person resumes it. */
  alarmedChannel: { firstMs: 900_000, capMs: 3_600_000, jitter: 0.1 },
  /** 2 s, 4 s, 8 s … 1 min: a hot folder that is offline or full. */
  hotFolder: { firstMs: 2_000, capMs: 60_000, jitter: 0.1 },
  /** 2 s, 4 s … 5 min: a local failure such as a file that is locked. */
  local: { firstMs: 2_000, capMs: 300_000, jitter: 0.2 },
} as const satisfies Record<string, RetryPlan>;

/** A file whose check fails is fetched again at once, after 5 s and after 30 s; then it is a problem. */
export const mismatchDelaysMs: readonly number[] = [0, 5_000, 30_000];

/** A command whose answer was lost is looked up at the platform so long after, one time after another; then a person decides. */
export const lookUpDelaysMs: readonly number[] = [3_000, 15_000, 60_000, 300_000, 900_000];

/** Signals are tried for 7 days, then a person decides (Cloudprinter's own client webhooks: 7 days). */
export const signalsGiveUpAfterMs = 7 * 86_400_000;

/** The wait before try `failures + 1`, after `failures` ≥ 1 failed ones. `random` is in [0, 1). */
export const nextDelayMs = (plan: RetryPlan, failures: number, random: number, askedMs: number | null): number => {
  if (askedMs !== null) return askedMs;
  const grown = Math.min(plan.firstMs * 2 ** Math.min(failures - 1, 40), plan.capMs);
  return Math.round(grown * (1 + plan.jitter * (2 * random - 1)));
};
