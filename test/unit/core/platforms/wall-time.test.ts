import { expect, test } from 'vitest';
import { wallTimeMs } from '../../../../main/core/platforms/wall-time.ts';

const inUtc = (text: string, timeZone: string) => {
  const atMs = wallTimeMs(text, timeZone);
  return atMs === null ? null : new Date(atMs).toISOString();
};

test.each([
  ['in winter', '2026-01-12T09:15:00', '2026-01-12T08:15:00.000Z'],
  ['in summer', '2026-07-12T09:15:00.1234567', '2026-07-12T07:15:00.123Z'],
  ['just before the clocks go forward', '2026-03-29T01:59:59', '2026-03-29T00:59:59.000Z'],
  ['in the hour that spring skips', '2026-03-29T02:30:00', '2026-03-29T01:30:00.000Z'],
  ['in the hour that comes twice in autumn: the first', '2026-10-25T02:30:00', '2026-10-25T00:30:00.000Z'],
  ['with a zone of its own', '2026-01-12 09:15:00 +01:30', '2026-01-12T07:45:00.000Z'],
])('a time in Amsterdam %s', (_, text, utc) => {
  expect(inUtc(text, 'Europe/Amsterdam')).toBe(utc);
});

test.each(['', 'yesterday', '2026-02-30T09:15:00', '2026-13-01T00:00:00'])('"%s" is no time', (text) => {
  expect(inUtc(text, 'Europe/Amsterdam')).toBeNull();
});
