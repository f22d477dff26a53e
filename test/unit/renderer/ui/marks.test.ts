import { expect, test } from 'vitest';
import { connectionMark, transferMark } from '../../../../renderer/ui/marks.ts';
import { sampleFile, sampleTransfer } from '../../../contract/stand-in/sample-views.ts';

test('a way that was never used gets no tick', () => {
  expect(connectionMark({ state: 'open', lastReachedAt: null })).toBe('plain');
  expect(connectionMark({ state: 'open', lastReachedAt: '2026-07-01T09:00:00.000Z' })).toBe('done');
  expect(connectionMark({ state: 'alarm', lastReachedAt: null })).toBe('down');
});

test('a stalled transfer waits, a slow one still moves', () => {
  const file = sampleFile({ state: 'fetching' });
  expect(transferMark(file, sampleTransfer({ condition: 'stalled' }))).toBe('waiting');
  expect(transferMark(file, sampleTransfer({ condition: 'slow' }))).toBe('moving');
  expect(transferMark(sampleFile({ state: 'problem' }), sampleTransfer())).toBe('attention');
});
