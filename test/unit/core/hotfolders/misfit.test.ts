import { describe, expect, test } from 'vitest';
import { acceptRules } from '../../../../main/contract/hot-folders.ts';
import { type FileFacts, misfitsOf, unknownOf } from '../../../../main/core/hotfolders/misfit.ts';

const block: FileFacts = {
  platform: 'cloudprinter',
  connection: 'cp',
  role: 'bookBlock',
  product: 'textbook_pb_a4',
  pages: 48,
  trim: { widthMm: 210, heightMm: 297 },
};

const lines = (rules: Partial<typeof acceptRules._zod.input>, file: FileFacts = block): string[] =>
  misfitsOf(acceptRules.parse(rules), file).map(({ text }) => text);

describe('what a hot folder accepts', () => {
  test('a file that fits has no reason against it', () => {
    const rules = { pages: { least: 1, most: 48 }, trim: { widthMm: 210, heightMm: 297 }, roles: ['bookBlock'] };
    expect(lines(rules)).toEqual([]);
  });

  test('each rule that does not fit is a reason of one line', () => {
    expect(
      lines({
        roles: ['cover'],
        platforms: ['printess'],
        connections: ['px'],
        products: ['poster_*'],
        pages: { least: 1, most: 4 },
        trim: { widthMm: 148, heightMm: 210 },
      }),
    ).toEqual([
      'it takes cover, no bookBlock',
      'it takes the platform printess, this is cloudprinter',
      'it takes the connection px, this is cp',
      'it takes the product poster_*, this is textbook_pb_a4',
      'it takes 1 to 4 pages, this has 48',
      'it takes 148 × 210 mm, this is 210 × 297 mm',
    ]);
  });

  test.each([
    [210, 297, true],
    [297, 210, true],
    [211, 296, true],
    [297.9, 209.1, true],
    [211.2, 297, false],
    [210, 298.2, false],
    [296, 296, false],
  ])('%s × %s mm before a folder for A4 with a tolerance of 1 mm, upright or turned: %s', (widthMm, heightMm, fits) => {
    const rules = { trim: { widthMm: 210, heightMm: 297, toleranceMm: 1 } };
    expect(lines(rules, { ...block, trim: { widthMm, heightMm } }).length === 0).toBe(fits);
  });

  test('both ends of the page numbers are included', () => {
    const fits = (pages: number) => lines({ pages: { least: 4, most: 8 } }, { ...block, pages }).length === 0;
    expect([3, 4, 8, 9].map(fits)).toEqual([false, true, true, false]);
    expect(acceptRules.safeParse({ pages: { least: 9, most: 8 } }).success).toBe(false);
  });

  test('what is not known of a file is no reason, but it is said', () => {
    const rules = acceptRules.parse({ pages: { least: 1, most: 4 }, trim: { widthMm: 148, heightMm: 210 } });
    const unread = { ...block, pages: null, trim: null };
    expect(misfitsOf(rules, unread)).toEqual([]);
    expect(unknownOf(rules, unread)).toEqual(['pages', 'trim']);
    expect(unknownOf(rules, block)).toEqual([]);
    expect(unknownOf(acceptRules.parse({}), unread)).toEqual([]);
  });
});
