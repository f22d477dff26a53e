import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RateBudget } from '../../../../main/core/work/rate-budget.ts';

describe('a rate budget', () => {
  it('never lets more requests into any window than it names', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.record({ waitMs: fc.integer({ min: 0, max: 3_000 }), wanted: fc.integer({ min: 1, max: 10 }) }), {
          maxLength: 60,
        }),
        (requests, perSeconds, steps) => {
          const budget = new RateBudget({ requests, perSeconds });
          const takenAtMs: number[] = [];
          let nowMs = 0;
          for (const { waitMs, wanted } of steps) {
            nowMs += waitMs;
            const count = Math.min(wanted, budget.free(nowMs));
            budget.take(nowMs, count);
            for (let taken = 0; taken < count; taken += 1) takenAtMs.push(nowMs);
          }
          for (const startMs of takenAtMs) {
            const inWindow = takenAtMs.filter((atMs) => atMs >= startMs && atMs < startMs + perSeconds * 1000);
            expect(inWindow.length).toBeLessThanOrEqual(requests);
          }
        },
      ),
    );
  });

  it('says when the next may go, and then it may', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 30 }),
        (requests, waits) => {
          const budget = new RateBudget({ requests, perSeconds: 1 });
          let nowMs = 0;
          for (const waitMs of waits) {
            nowMs += waitMs;
            const atMs = budget.freeAtMs(nowMs);
            if (atMs > nowMs) expect(budget.free(atMs - 1)).toBe(0);
            expect(budget.free(atMs)).toBeGreaterThan(0);
            nowMs = atMs;
            budget.take(nowMs, 1);
          }
        },
      ),
    );
  });

  it('does not stand still when the clock is set back', () => {
    const budget = new RateBudget({ requests: 2, perSeconds: 10 });
    budget.take(3_600_000, 2);
    expect(budget.freeAtMs(0)).toBe(10_000);
    expect(budget.free(10_000)).toBe(2);
  });

  it('takes a new limit at once', () => {
    const budget = new RateBudget({ requests: 1, perSeconds: 10 });
    budget.take(0, 1);
    expect(budget.free(0)).toBe(0);
    budget.setLimit({ requests: 3, perSeconds: 10 });
    expect(budget.free(0)).toBe(2);
  });
});
