/** At most `requests` in any span of `perSeconds`. */
export interface RateLimit {
  readonly requests: number;
  readonly perSeconds: number;
}

/**
 * A budget of requests: the times of the last `requests` ones are kept, and the next may go when the oldest of them
 * is `perSeconds` old. So no window of that length ever holds more than the budget.
 */
export class RateBudget {
  #limit: RateLimit;
  #takenAtMs: number[] = [];

  constructor(limit: RateLimit) {
    this.#limit = limit;
  }

  setLimit(limit: RateLimit): void {
    this.#limit = limit;
  }

  /** How many requests may go now. */
  free(nowMs: number): number {
    this.#forget(nowMs);
    return Math.max(0, this.#limit.requests - this.#takenAtMs.length);
  }

  take(nowMs: number, count: number): void {
    for (let taken = 0; taken < count; taken += 1) this.#takenAtMs.push(nowMs);
  }

  /** When at least one request may go. */
  freeAtMs(nowMs: number): number {
    if (this.free(nowMs) > 0) return nowMs;
    return (this.#takenAtMs[0] ?? nowMs) + this.#limit.perSeconds * 1000;
  }

  #forget(nowMs: number): void {
    // A clock that was set back must not make the next request wait until it is as late again.
    if ((this.#takenAtMs.at(-1) ?? nowMs) > nowMs) {
      this.#takenAtMs = this.#takenAtMs.map((atMs) => Math.min(atMs, nowMs));
    }
    const oldestThatCountsMs = nowMs - this.#limit.perSeconds * 1000;
    const firstThatCounts = this.#takenAtMs.findIndex((atMs) => atMs > oldestThatCountsMs);
    if (firstThatCounts === -1) this.#takenAtMs = [];
    else if (firstThatCounts > 0) this.#takenAtMs.splice(0, firstThatCounts);
  }
}
