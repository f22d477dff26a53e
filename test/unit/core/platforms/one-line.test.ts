import { expect, it } from 'vitest';
import { oneLine } from '../../../../main/core/platforms/one-line.ts';

it('what somebody else wrote becomes a part of one line, and not of many', () => {
  expect(oneLine('  Page 1\r\n\thas no\u0000bleed \u2028')).toBe('Page 1 has no bleed');
});

it('no more of it is shown than fits a line', () => {
  expect(oneLine('x'.repeat(500))).toBe('x'.repeat(500));
  expect(oneLine('x'.repeat(501))).toBe(`${'x'.repeat(499)}…`);
  expect(oneLine('abcdef', 4)).toBe('abc…');
  expect(oneLine('x😀'.repeat(3), 3)).toBe('x\ufffd…');
  expect(oneLine(`${' '.repeat(2_000_000)}x`)).toBe('');
});
