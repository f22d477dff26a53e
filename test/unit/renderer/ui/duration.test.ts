import { expect, test } from 'vitest';
import { durationWords, urgencyOf } from '../../../../renderer/ui/duration.ts';

test('a short span counts seconds, a long one hours, a very long one days', () => {
  expect(durationWords(12_900)).toEqual({ kind: 'clock', text: '0:12' });
  expect(durationWords(59 * 60_000 + 59_000)).toEqual({ kind: 'clock', text: '59:59' });
  expect(durationWords(3_600_000)).toEqual({ kind: 'hours', hours: 1, minutes: 0 });
  expect(durationWords(47 * 3_600_000 + 59 * 60_000)).toEqual({ kind: 'hours', hours: 47, minutes: 59 });
  expect(durationWords(48 * 3_600_000)).toEqual({ kind: 'days', days: 2, hours: 0 });
});

test('a moment that has passed leaves nothing to count', () => {
  expect(durationWords(-5_000)).toEqual({ kind: 'clock', text: '0:00' });
});

test('a limit is calm, then soon, then late', () => {
  const due = 100_000;
  expect(urgencyOf(due, 69_999, 30_000)).toBe('calm');
  expect(urgencyOf(due, 70_000, 30_000)).toBe('soon');
  expect(urgencyOf(due, 99_999, 30_000)).toBe('soon');
  expect(urgencyOf(due, 100_000, 30_000)).toBe('late');
});
