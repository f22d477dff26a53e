import { expect, test } from 'vitest';
import { formatBytes, formatMoment, formatShare, formatSpeed } from '../../../../renderer/ui/format.ts';

test('sizes have the unit that fits them', () => {
  expect([0, 24, 1_800, 145_000_000, 2_010_000_000].map((bytes) => formatBytes(bytes, 'en'))).toEqual([
    '0 bytes',
    '24 bytes',
    '1.8 kB',
    '145 MB',
    '2.01 GB',
  ]);
  expect(formatBytes(1_800, 'de')).toBe('1,8 kB');
});

test('speeds are per second', () => {
  expect(formatSpeed(6_400_000, 'en')).toBe('6.4 MB/s');
});

test('a share is whole only when everything is there', () => {
  expect(formatShare(0.999, 'en')).toBe('99%');
  expect(formatShare(1, 'en')).toBe('100%');
  expect(formatShare(1.2, 'en')).toBe('100%');
});

test('a moment says only as much as is needed to know the day', () => {
  const now = new Date(2026, 2, 4, 14, 0).getTime();
  expect(formatMoment(new Date(2026, 2, 4, 9, 5).getTime(), now, 'en')).toBe('09:05');
  expect(formatMoment(new Date(2026, 2, 6, 17, 0).getTime(), now, 'en')).toBe('Fri 17:00');
  expect(formatMoment(new Date(2026, 3, 20, 0, 30).getTime(), now, 'en')).toContain('Apr 20');
  expect(formatMoment(new Date(2025, 3, 20, 0, 30).getTime(), now, 'en')).toContain('2025');
});
