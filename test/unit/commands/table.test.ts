import { describe, expect, it } from 'vitest';
import { table } from '../../../main/commands/table.ts';
import { distanceWord, durationWord, momentWord, sizeWord, spaced } from '../../../main/commands/words.ts';
import { wrap } from '../../../main/commands/wrap.ts';

describe('a table', () => {
  const columns = [
    { title: 'ID', of: ([id]: readonly [string, string, string]) => id, align: 'right' },
    { title: 'NAME', of: ([, name]: readonly [string, string, string]) => name, flexible: true },
    { title: 'NOTE', of: ([, , note]: readonly [string, string, string]) => note, flexible: true },
  ] as const;

  it('is aligned, with numbers to the right and nothing after the last word', () => {
    expect(
      table(
        columns,
        [
          ['1', 'a', ''],
          ['200', 'bcd', 'x'],
        ],
        80,
      ),
    ).toEqual([' ID  NAME  NOTE', '  1  a', '200  bcd   x']);
  });

  it('shortens its longest texts first, and only as far as it must', () => {
    const rows = table(columns, [['1', 'x'.repeat(50), 'short']], 40);
    expect(rows[1]).toBe(` 1  ${'x'.repeat(28)}…  short`);
    expect(Math.max(...rows.map((row) => row.length))).toBeLessThanOrEqual(40);
  });

  it('keeps characters of several parts whole', () => {
    const rows = table(columns, [['1', '👩🏽‍🏭'.repeat(20), '']], 20);
    expect(rows[1]).toBe(` 1  ${'👩🏽‍🏭'.repeat(9)}…`);
  });
});

describe('a long line', () => {
  it('is broken at spaces, and the rest stands in', () => {
    expect(wrap('  one two  three four', 12)).toEqual(['  one two', '      three', '      four']);
  });

  it('that fits stays as it is, and so does a path that does not', () => {
    expect(wrap('one  two', 8)).toEqual(['one  two']);
    expect(wrap('in /a/long/path ok', 10)).toEqual(['in', '    /a/long/path', '    ok']);
  });
});

describe('words', () => {
  it.each([
    [sizeWord(0), '0 B'],
    [sizeWord(999), '999 B'],
    [sizeWord(1_500), '1.5 kB'],
    [sizeWord(207_400_000), '207 MB'],
    [sizeWord(2_500_000_000_000_000), '2500 TB'],
    [durationWord(59.4), '59 s'],
    [durationWord(200), '3 min 20 s'],
    [durationWord(7260), '2 h 1 min'],
    [durationWord(200_000), '2 d 7 h'],
    [distanceWord('2026-07-01T09:00:10.000Z', Date.parse('2026-07-01T09:00:00Z')), 'in 10 s'],
    [distanceWord('2026-07-01T08:58:00.000Z', Date.parse('2026-07-01T09:00:00Z')), '2 min 0 s ago'],
    [distanceWord(null, 0), '-'],
    [spaced('bookBlock'), 'book block'],
    [spaced('size+md5'), 'size+md5'],
  ])('%s', (word, expected) => {
    expect(word).toBe(expected);
  });

  it('give a moment in local time', () => {
    expect(momentWord(new Date(2026, 6, 1, 9, 5).toISOString())).toBe('2026-07-01 09:05');
  });
});
