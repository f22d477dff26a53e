import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freshBudget, RateBudget, type RateLimit } from '../../../../main/core/work/rate-budget.ts';

interface Traffic {
  /** Before the request is taken, if there is room. */
  readonly waitMs: number;
  /** From taking the place to giving it back. */
  readonly latencyMs: number;
  /** When in between the platform sees it: 0 to 1. */
  readonly seenAfter: number;
  readonly throttled: boolean;
}

const limits: fc.Arbitrary<RateLimit> = fc.record({
  requests: fc.integer({ min: 1, max: 8 }),
  perSeconds: fc.integer({ min: 1, max: 5 }),
  concurrency: fc.integer({ min: 1, max: 6 }),
});

const trafficOf = (throttled: fc.Arbitrary<boolean>): fc.Arbitrary<readonly Traffic[]> =>
  fc.array(
    fc.record({
      waitMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3_000 })),
      latencyMs: fc.oneof(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 8_000 })),
      seenAfter: fc.double({ min: 0, max: 1, noNaN: true }),
      throttled,
    }),
    { maxLength: 60 },
  );

/** A budget in use: the requests under way end at their times as the clock goes on. */
const openTraffic = (limit: RateLimit) => {
  const budget = new RateBudget(limit);
  const running: { readonly endAtMs: number; readonly throttled: boolean }[] = [];
  const seenAtMs: number[] = [];
  let nowMs = 1_000_000;
  let mostRunning = 0;
  const advance = (ms: number): void => {
    nowMs += ms;
    for (const one of running.toSorted((left, right) => left.endAtMs - right.endAtMs)) {
      if (one.endAtMs > nowMs) break;
      budget.end(one.endAtMs, one.throttled);
      running.splice(running.indexOf(one), 1);
    }
  };
  const take = ({ latencyMs, seenAfter, throttled }: Traffic): void => {
    budget.take();
    running.push({ endAtMs: nowMs + latencyMs, throttled });
    seenAtMs.push(nowMs + latencyMs * seenAfter);
    mostRunning = Math.max(mostRunning, running.length);
  };
  return {
    budget,
    running,
    seenAtMs,
    advance,
    take,
    nowMs: () => nowMs,
    mostRunning: () => mostRunning,
  };
};

const mostInSpan = (seenAtMs: readonly number[], { perSeconds }: RateLimit): number =>
  Math.max(
    0,
    ...seenAtMs.map(
      (startMs) => seenAtMs.filter((atMs) => atMs >= startMs && atMs < startMs + perSeconds * 1000).length,
    ),
  );

describe('a rate budget', () => {
  it('never shows the platform more requests in any span than it names, however late the platform sees each', () => {
    fc.assert(
      fc.property(limits, trafficOf(fc.boolean()), (limit, traffic) => {
        const { advance, budget, mostRunning, nowMs, seenAtMs, take } = openTraffic(limit);
        for (const step of traffic) {
          advance(step.waitMs);
          if (budget.free(nowMs()) > 0) take(step);
        }
        expect(mostInSpan(seenAtMs, limit)).toBeLessThanOrEqual(limit.requests);
        expect(mostRunning()).toBeLessThanOrEqual(limit.concurrency);
      }),
      { numRuns: 300 },
    );
  });

  it('shows it as many as it names when there is enough to do: the control', () => {
    const limit = { requests: 5, perSeconds: 1, concurrency: 5 };
    const { advance, budget, nowMs, seenAtMs, take } = openTraffic(limit);
    for (let ms = 0; ms < 3_000; ms += 1) {
      advance(1);
      if (budget.free(nowMs()) > 0) take({ waitMs: 0, latencyMs: 0, seenAfter: 0, throttled: false });
    }
    expect(mostInSpan(seenAtMs, limit)).toBe(5);
    expect(seenAtMs).toHaveLength(15);
  });

  it('says when the next may go: then it may, and not a moment before', () => {
    fc.assert(
      fc.property(limits, trafficOf(fc.boolean()), (limit, traffic) => {
        const { advance, budget, nowMs, running, take } = openTraffic(limit);
        /** How many could go at another time if none of those under way ended until then. */
        const freeIfNoneEnds = (atMs: number): number => {
          const copy = new RateBudget(limit, budget.state(nowMs()));
          copy.take(running.length);
          return copy.free(atMs);
        };
        for (const step of traffic) {
          advance(step.waitMs);
          const atMs = budget.freeAtMs(nowMs());
          if (atMs === null) {
            // Only an end makes room, however long it takes.
            expect(freeIfNoneEnds(nowMs() + 3_600_000)).toBe(0);
            expect(running.length).toBeGreaterThan(0);
            continue;
          }
          expect(freeIfNoneEnds(atMs)).toBeGreaterThan(0);
          if (atMs > nowMs()) expect(freeIfNoneEnds(atMs - 1)).toBe(0);
          else take(step);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('has no more under way at once than it names', () => {
    const budget = new RateBudget({ requests: 10, perSeconds: 1, concurrency: 2 });
    budget.take();
    expect(budget.free(0)).toBe(1);
    budget.take();
    expect([budget.free(0), budget.freeAtMs(0), budget.running]).toEqual([0, null, 2]);
    budget.end(5, false);
    expect([budget.free(5), budget.freeAtMs(5), budget.running]).toEqual([1, 5, 1]);
  });

  it('counts a place from when it is taken until a whole span after it was given back', () => {
    const budget = new RateBudget({ requests: 1, perSeconds: 10, concurrency: 5 });
    budget.take();
    expect([budget.free(60_000), budget.freeAtMs(60_000), budget.inSpan(60_000)]).toEqual([0, null, 1]);
    budget.end(60_000, false);
    expect([budget.free(69_999), budget.freeAtMs(69_999), budget.inSpan(69_999)]).toEqual([0, 70_000, 1]);
    expect([budget.free(70_000), budget.inSpan(70_000)]).toEqual([1, 0]);
  });

  it('takes a new limit at once', () => {
    const budget = new RateBudget({ requests: 1, perSeconds: 10, concurrency: 9 });
    budget.take();
    expect(budget.free(0)).toBe(0);
    budget.setLimit({ requests: 3, perSeconds: 10, concurrency: 9 });
    expect(budget.free(0)).toBe(2);
  });

  it('goes on after a restart where it was', () => {
    fc.assert(
      fc.property(limits, trafficOf(fc.boolean()), fc.integer({ min: 0, max: 20_000 }), (limit, traffic, laterMs) => {
        const { advance, budget, nowMs, running, take } = openTraffic(limit);
        for (const step of traffic) {
          advance(step.waitMs);
          if (budget.free(nowMs()) > 0) take(step);
        }
        advance(Math.max(0, ...running.map(({ endAtMs }) => endAtMs - nowMs())));
        const next = new RateBudget(limit, budget.state(nowMs()));
        const atMs = nowMs() + laterMs;
        expect([next.free(atMs), next.freeAtMs(atMs), next.currentRequests(atMs)]).toEqual([
          budget.free(atMs),
          budget.freeAtMs(atMs),
          budget.currentRequests(atMs),
        ]);
      }),
    );
  });
});

describe('a platform that wants less', () => {
  const limit = { requests: 10, perSeconds: 10, concurrency: 10 };
  const startMs = 1_000_000;

  const throttledAt = (...momentsMs: readonly number[]): RateBudget => {
    const budget = new RateBudget(limit, freshBudget);
    budget.take(momentsMs.length);
    for (const atMs of momentsMs) budget.end(atMs, true);
    return budget;
  };

  it('is asked half as much, and a tenth of the limit more after each span without complaint', () => {
    const budget = throttledAt(startMs);
    const limitAfter = (spans: number): number => budget.currentRequests(startMs + spans * 10_000);
    expect([0, 0.99, 1, 2, 3, 4, 5, 99].map(limitAfter)).toEqual([5, 5, 6, 7, 8, 9, 10, 10]);
    expect(new RateBudget(limit).currentRequests(startMs), 'the control').toBe(10);
  });

  it('is listened to from the machine’s first second on', () => {
    expect(throttledAt(20).currentRequests(20)).toBe(5);
  });

  it('that complains of several that were under way together complains once', () => {
    expect(throttledAt(startMs, startMs + 1, startMs + 999).currentRequests(startMs + 999)).toBe(5);
    expect(throttledAt(startMs, startMs + 1_000).currentRequests(startMs + 1_000)).toBe(2);
  });

  it('is still asked, however often it complains', () => {
    const momentsMs = Array.from({ length: 20 }, (_, index) => startMs + index * 1_000);
    expect(throttledAt(...momentsMs).currentRequests(startMs + 20_000)).toBe(1);
  });

  it('has its room again as soon as the limit has grown, not only when old places are forgotten', () => {
    const budget = throttledAt(startMs);
    // Five places of the halved limit are given back at 9 s; the limit grows by one at 10 s.
    budget.take(5);
    for (let place = 0; place < 5; place += 1) budget.end(startMs + 9_000, false);
    expect(budget.free(startMs + 9_500)).toBe(0);
    expect(budget.freeAtMs(startMs + 9_500)).toBe(startMs + 10_000);
    expect(budget.free(startMs + 10_000)).toBe(1);
  });
});
