import { expect, onTestFinished, test } from 'vitest';
import { reportOf } from '../torture/report.ts';
import { runTorture } from '../torture/run.ts';

test('A shop under kills, faults and changes of mind loses nothing and does nothing twice', {
  timeout: 480_000,
}, async () => {
  const options = { minutes: 1, kills: null, seed: 20_261_121, orders: 200, speed: 20, readyWithinMs: null } as const;
  // The disk of the machine that runs the tests is left alone.
  const result = await runTorture({ ...options, disk: 'setting' }, () => undefined);
  onTestFinished(() => result.close(false));
  expect(result.losses, reportOf(result)).toEqual([]);
  // The control: it was a shop at work, and it was tortured.
  const { evidence, kills, faults } = result;
  expect(evidence.orders.here.length).toBeGreaterThan(10);
  expect(new Set(evidence.orders.here.map(({ connection }) => connection)).size).toBeGreaterThan(2);
  expect(evidence.signals.told.length).toBeGreaterThan(20);
  expect(evidence.handovers.taken.length).toBeGreaterThan(10);
  expect([...kills.values()].reduce((sum, times) => sum + times, 0)).toBeGreaterThan(2);
  expect([...faults.values()].reduce((sum, times) => sum + times, 0)).toBeGreaterThan(10);
});
