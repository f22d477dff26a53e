/** Time as the station sees it: all of core asks this, so that a test can turn days in an instant. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  nowMs(): number;
  /**
   * Milliseconds that the machine has been on, the same for all its processes: how much time passes is told by this.
   * Nobody sets it; it begins anew with the machine, and may stand still while that sleeps.
   */
  elapsedMs(): number;
  /** Runs `task` once when `nowMs()` has reached `atMs`; answers a function that calls it off. */
  at(atMs: number, task: () => void): () => void;
}

/** What a clock shows in one moment. */
export interface ClockReading {
  readonly nowMs: number;
  readonly elapsedMs: number;
}

export const readClock = (clock: Clock): ClockReading => ({ nowMs: clock.nowMs(), elapsedMs: clock.elapsedMs() });

/** The longest a Node timer can wait; later times are waited for in steps. */
const longestTimerMs = 2_147_000_000;

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  elapsedMs: () => Number(process.hrtime.bigint() / 1_000_000n),
  at: (atMs, task) => {
    let timer: NodeJS.Timeout;
    const arm = (): void => {
      const remainingMs = Math.max(0, atMs - Date.now());
      timer = remainingMs > longestTimerMs ? setTimeout(arm, longestTimerMs) : setTimeout(task, remainingMs);
    };
    arm();
    return () => clearTimeout(timer);
  },
};

/** A moment as the contract and the screens carry it: ISO 8601 in UTC. */
export const toMoment = (ms: number): string => new Date(ms).toISOString();
export const toMomentOrNull = (ms: number | null): string | null => (ms === null ? null : toMoment(ms));
