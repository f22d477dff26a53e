import { describe, expect, test } from 'vitest';
import { bordersOf, dayAt, hoursOf } from '../../../../main/core/views/today-borders.ts';

const shown = (day: string, timeZone: string) => {
  const borders = bordersOf(day, timeZone);
  if (borders === null) return null;
  const clocks = hoursOf(borders, timeZone).map(({ clock }) => clock);
  return {
    from: new Date(borders.fromMs).toISOString(),
    until: new Date(borders.untilMs).toISOString(),
    hours: clocks.length,
    first: clocks.slice(0, 4),
  };
};

describe('a day', () => {
  test.each([
    ['in winter', '2026-01-12', 'Europe/Copenhagen', '2026-01-11T23:00:00.000Z', '2026-01-12T23:00:00.000Z'],
    ['in summer', '2026-07-12', 'Europe/Copenhagen', '2026-07-11T22:00:00.000Z', '2026-07-12T22:00:00.000Z'],
    ['west of Greenwich', '2026-07-12', 'America/New_York', '2026-07-12T04:00:00.000Z', '2026-07-13T04:00:00.000Z'],
    [
      'a quarter of an hour off',
      '2026-07-12',
      'Asia/Kathmandu',
      '2026-07-11T18:15:00.000Z',
      '2026-07-12T18:15:00.000Z',
    ],
    ['at the end of a year', '2026-12-31', 'UTC', '2026-12-31T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
    ['in a leap year', '2028-02-29', 'UTC', '2028-02-29T00:00:00.000Z', '2028-03-01T00:00:00.000Z'],
  ])('%s goes from midnight to midnight', (_, day, timeZone, from, until) => {
    expect(shown(day, timeZone)).toEqual({ from, until, hours: 24, first: ['00:00', '01:00', '02:00', '03:00'] });
  });

  test('has 23 hours when the clocks go forward: one is left out', () => {
    expect(shown('2026-03-29', 'Europe/Copenhagen')).toEqual({
      from: '2026-03-28T23:00:00.000Z',
      until: '2026-03-29T22:00:00.000Z',
      hours: 23,
      first: ['00:00', '01:00', '03:00', '04:00'],
    });
  });

  test('has 25 hours when the clocks go back: one comes twice', () => {
    expect(shown('2026-10-25', 'Europe/Copenhagen')).toEqual({
      from: '2026-10-24T22:00:00.000Z',
      until: '2026-10-25T23:00:00.000Z',
      hours: 25,
      first: ['00:00', '01:00', '02:00', '02:00'],
    });
  });

  test('begins at one where the clocks go forward at midnight', () => {
    expect(shown('2026-09-06', 'America/Santiago')).toMatchObject({
      hours: 23,
      first: ['01:00', '02:00', '03:00', '04:00'],
    });
  });

  test('that no calendar has is none', () => {
    expect(bordersOf('2026-02-30', 'UTC')).toBeNull();
  });

  test('is another one on either side of the date line', () => {
    const atMs = Date.parse('2026-07-12T11:30:00Z');
    expect(dayAt(atMs, 'Pacific/Auckland')).toBe('2026-07-12');
    expect(dayAt(atMs, 'Pacific/Pago_Pago')).toBe('2026-07-12');
    expect(dayAt(atMs + 3_600_000, 'Pacific/Auckland')).toBe('2026-07-13');
    expect(dayAt(atMs - 3_600_000, 'Pacific/Pago_Pago')).toBe('2026-07-11');
  });
});
