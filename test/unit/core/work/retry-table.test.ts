import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  mismatchDelaysMs,
  nextDelayMs,
  type RetryPlan,
  retryPlans,
  signalsGiveUpAfterMs,
} from '../../../../main/core/work/retry-table.ts';

const secondsOf = (plan: RetryPlan, tries: number): number[] =>
  Array.from({ length: tries }, (_, index) => nextDelayMs(plan, index + 1, 0.5, null) / 1000);

describe('the retry table', () => {
  it('has the delays that its comments promise', () => {
    expect(secondsOf(retryPlans.signalsChannel, 10)).toEqual([15, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600]);
    expect(secondsOf(retryPlans.downloadsChannel, 8)).toEqual([5, 10, 20, 40, 80, 160, 300, 300]);
    expect(secondsOf(retryPlans.alarmedChannel, 4)).toEqual([900, 1800, 3600, 3600]);
    expect(secondsOf(retryPlans.hotFolder, 7)).toEqual([2, 4, 8, 16, 32, 60, 60]);
    expect(secondsOf(retryPlans.local, 9)).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 300]);
    expect(mismatchDelaysMs).toEqual([0, 5_000, 30_000]);
    expect(signalsGiveUpAfterMs).toBe(7 * 24 * 3_600_000);
  });

  it('never waits less or more than its jitter allows, however often it failed', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(retryPlans)),
        fc.integer({ min: 1, max: 10_000 }),
        fc.double({ min: 0, max: 0.999_999, noNaN: true }),
        (plan, failures, random) => {
          const delayMs = nextDelayMs(plan, failures, random, null);
          expect(delayMs).toBeGreaterThanOrEqual(Math.floor(plan.firstMs * (1 - plan.jitter)));
          expect(delayMs).toBeLessThanOrEqual(Math.ceil(plan.capMs * (1 + plan.jitter)));
        },
      ),
    );
  });

  it('lets the other side decide when it does', () => {
    expect(nextDelayMs(retryPlans.signalsChannel, 9, 0.1, 42)).toBe(42);
  });
});
