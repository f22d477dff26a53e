import { expect, test } from 'vitest';
import { shownHours } from '../../../../../renderer/features/today/shown-hours.ts';
import { sampleToday } from '../../../../contract/stand-in/sample-views.ts';

const { throughput } = sampleToday();

/** A day with work in these hours. */
const day = (busy: readonly number[], asOf: string, isToday = true) =>
  sampleToday({
    asOf: `2026-07-01T${asOf}:00.000Z`,
    isToday,
    throughput: {
      ...throughput,
      lines: throughput.lines.map((line) => ({
        ...line,
        perHour: { ...line.perHour, printReady: throughput.hours.map((_, hour) => (busy.includes(hour) ? 3 : 0)) },
      })),
    },
  });

test('the charts begin with the first hour that had work and end with the present one', () => {
  // The sample has other work at 8.
  expect(shownHours(day([5], '17:30'))).toEqual({ from: 5, until: 18 });
});

test('a day that has just begun still shows ten hours, and none that the day has not', () => {
  expect(shownHours(day([], '09:10'))).toEqual({ from: 0, until: 10 });
  expect(
    shownHours({ ...sampleToday({ throughput: { ...throughput, lines: [] } }), asOf: '2026-07-01T00:10:00.000Z' }),
  ).toEqual({ from: 0, until: 10 });
});

test('a day that is over ends with its last work', () => {
  expect(shownHours(day([21], '09:00', false))).toEqual({ from: 8, until: 22 });
});
