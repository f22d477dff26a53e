import { describe, expect, it } from 'vitest';
import { Bandwidth, createBandwidthCell } from '../../../../main/core/downloads/bandwidth.ts';

describe('the cap on bandwidth', () => {
  it('is one for all threads', () => {
    const cell = createBandwidthCell();
    const [one, other] = [new Bandwidth(cell), new Bandwidth(cell)];
    expect(one.take(1e9)).toBe(0);
    one.setBytesPerSecond(1_000);
    const first = one.take(1_000_000);
    const second = other.take(1_000_000);
    expect(first).toBeGreaterThan(999_000);
    expect(first).toBeLessThanOrEqual(1_000_000);
    expect(second).toBeGreaterThan(1_990_000);
    other.setBytesPerSecond(0);
    expect(one.take(1e9)).toBe(0);
  });
});
