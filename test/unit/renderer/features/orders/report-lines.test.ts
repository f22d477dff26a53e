import { describe, expect, test } from 'vitest';
import type { StartReport } from '../../../../../main/contract/station.ts';
import { isWorthTelling, reportParts } from '../../../../../renderer/features/orders/report-lines.ts';

type ConnectionReport = StartReport['connections'][number];

const quiet: ConnectionReport = {
  connection: 'px',
  name: 'Printess',
  callbacks: 'none',
  there: 214,
  here: 214,
  missing: 0,
  ended: 0,
};
const report = (offSeconds: number, changes: Partial<ConnectionReport> = {}): StartReport => ({
  startedAt: '2026-07-06T06:00:00.000Z',
  offSince: '2026-07-03T16:00:00.000Z',
  offSeconds,
  connections: [{ ...quiet, ...changes }],
});
const kinds = (changes: Partial<ConnectionReport>) => reportParts({ ...quiet, ...changes }).map((part) => part.kind);

describe('a start is worth telling', () => {
  test('after more than ten minutes', () => {
    expect(isWorthTelling(report(600))).toBe(false);
    expect(isWorthTelling(report(601))).toBe(true);
  });

  test('and whenever something was taken in or had ended', () => {
    expect(isWorthTelling(report(5, { missing: 1 }))).toBe(true);
    expect(isWorthTelling(report(5, { ended: 1 }))).toBe(true);
    expect(isWorthTelling(report(5, { missing: null, ended: null }))).toBe(false);
  });
});

describe('what is said of a connection', () => {
  test('both counts, and only what there is to say beside them', () => {
    expect(reportParts(quiet)).toEqual([{ kind: 'there', there: 214, here: 214 }]);
    expect(kinds({ missing: 12, ended: 3 })).toEqual(['there', 'missing', 'ended']);
  });

  test('callbacks that were lost are made up for where the list was compared, and only there', () => {
    expect(kinds({ callbacks: 'probablyLost' })).toEqual(['there', 'callbacks_madeUpFor']);
    expect(kinds({ callbacks: 'stillRetried' })).toEqual(['there', 'callbacks_stillRetried']);
    expect(kinds({ callbacks: 'probablyLost', there: null, here: null, missing: null, ended: null })).toEqual([
      'noList',
      'callbacks_lost',
    ]);
  });
});
