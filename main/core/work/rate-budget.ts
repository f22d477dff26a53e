/** At most `requests` in any span of `perSeconds`, and at most `concurrency` at once. */
export interface RateLimit {
  readonly requests: number;
  readonly perSeconds: number;
  readonly concurrency: number;
}

/** How fast a cut is taken back: by this share of the limit for each whole span without throttling. */
const recoveryShare = 0.1;

/** What is to be known of a budget after a restart. */
export interface BudgetState {
  /** When places were given back that still count, oldest first; by `Clock.elapsedMs()`, as each moment here. */
  readonly endedAtMs: readonly number[];
  /** What throttling has left of the limit, above 0 to 1. */
  readonly share: number;
  readonly shareSinceMs: number;
}

export const freshBudget: BudgetState = { endedAtMs: [], share: 1, shareSinceMs: 0 };

/**
 * A budget of requests. A place is taken before a request leaves and counts until `perSeconds` after its answer came:
 * whenever in between the platform saw it, no span of that length shows it more requests than the limit. Throttling
 * (429, 503) halves the limit; each span without it gives a tenth back. All moments are readings of
 * `Clock.elapsedMs()`: the platform's time goes on evenly, whatever somebody sets the station's clock to.
 */
export class RateBudget {
  #limit: RateLimit;
  #endedAtMs: number[];
  #running = 0;
  #share: number;
  #shareSinceMs: number;

  constructor(limit: RateLimit, state: BudgetState = freshBudget) {
    this.#limit = limit;
    this.#endedAtMs = [...state.endedAtMs];
    this.#share = state.share;
    this.#shareSinceMs = state.shareSinceMs;
  }

  setLimit(limit: RateLimit): void {
    this.#limit = limit;
  }

  /** How many requests may go now. */
  free(nowMs: number): number {
    this.#forget(nowMs);
    const inSpan = this.currentRequests(nowMs) - this.#running - this.#endedAtMs.length;
    return Math.max(0, Math.min(inSpan, this.#limit.concurrency - this.#running));
  }

  take(count = 1): void {
    this.#running += count;
  }

  /** The answer came, or none will. */
  end(nowMs: number, throttled: boolean): void {
    this.#running = Math.max(0, this.#running - 1);
    this.#endedAtMs.push(nowMs);
    // Several that were under way are throttled together: that is one cut.
    if (!throttled || (this.#share < 1 && nowMs - this.#shareSinceMs < 1_000)) return;
    this.#share = Math.max(1 / this.#limit.requests, this.#shareAfter(this.#spansAt(nowMs)) / 2);
    this.#shareSinceMs = nowMs;
  }

  /** When a request may go, as far as time decides it; null: when one that is under way ends. */
  freeAtMs(nowMs: number): number | null {
    if (this.free(nowMs) > 0) return nowMs;
    if (this.#running >= this.#limit.concurrency) return null;
    // Span by span: what throttling took, given back, may make room before the oldest place is forgotten.
    for (let spans = this.#spansAt(nowMs); ; spans += 1) {
      const recovered = this.#shareAfter(spans) >= 1;
      const fromMs = Math.max(nowMs, this.#shareSinceMs + spans * this.#spanMs);
      const untilMs = recovered ? Number.POSITIVE_INFINITY : this.#shareSinceMs + (spans + 1) * this.#spanMs;
      const roomAtMs = Math.max(fromMs, this.#roomAtMs(this.#requestsAfter(spans)));
      if (roomAtMs < untilMs) return Math.ceil(roomAtMs);
      if (recovered) return null;
    }
  }

  /** The limit as throttling has left it. */
  currentRequests(nowMs: number): number {
    return this.#requestsAfter(this.#spansAt(nowMs));
  }

  /** Places taken in the span that ends now. */
  inSpan(nowMs: number): number {
    this.#forget(nowMs);
    return this.#running + this.#endedAtMs.length;
  }

  /** Requests that are under way. */
  get running(): number {
    return this.#running;
  }

  /** What a restart must know, beside how many are under way. */
  state(nowMs: number): BudgetState {
    this.#forget(nowMs);
    return { endedAtMs: [...this.#endedAtMs], share: this.#share, shareSinceMs: this.#shareSinceMs };
  }

  get #spanMs(): number {
    return this.#limit.perSeconds * 1000;
  }

  /** Whole spans since the last cut. */
  #spansAt(nowMs: number): number {
    return Math.floor(Math.max(0, nowMs - this.#shareSinceMs) / this.#spanMs);
  }

  #shareAfter(spans: number): number {
    return this.#share >= 1 ? 1 : Math.min(1, this.#share + spans * recoveryShare);
  }

  #requestsAfter(spans: number): number {
    return Math.max(1, Math.floor(this.#limit.requests * this.#shareAfter(spans)));
  }

  /** When so few places count that one more fits into `requests`; never, when those under way fill it by themselves. */
  #roomAtMs(requests: number): number {
    const tooMany = this.#running + this.#endedAtMs.length - requests;
    if (tooMany < 0) return 0;
    const last = this.#endedAtMs[tooMany];
    return last === undefined ? Number.POSITIVE_INFINITY : last + this.#spanMs;
  }

  #forget(nowMs: number): void {
    const oldestThatCountsMs = nowMs - this.#spanMs;
    const firstThatCounts = this.#endedAtMs.findIndex((atMs) => atMs > oldestThatCountsMs);
    if (firstThatCounts === -1) this.#endedAtMs = [];
    else if (firstThatCounts > 0) this.#endedAtMs.splice(0, firstThatCounts);
  }
}
