import { describe, expect, test } from 'vitest';
import { matchNames } from '../../../../main/core/hotfolders/outcome-match.ts';

const cover = { id: 1, fileName: '9000_1_cover_3x.pdf' };
const second = { id: 2, fileName: '9000_1_cover_3x (2).pdf' };

const found = (names: readonly string[], wanted = [cover]): string[] =>
  matchNames(wanted, names).map(({ id, name, exact }) => `${id} ${exact ? 'is' : 'is in'} ${name}`);

describe('a name in an outcome folder', () => {
  test('is ours when it is the very name, in whatever case a share shows it', () => {
    expect(found(['9000_1_cover_3x.pdf', 'other.pdf'])).toEqual(['1 is 9000_1_cover_3x.pdf']);
    expect(found(['9000_1_COVER_3X.PDF'])).toEqual(['1 is 9000_1_COVER_3X.PDF']);
    expect(found(['Größe.pdf'.normalize('NFD')], [{ id: 1, fileName: 'Größe.pdf' }])).toHaveLength(1);
  });

  test.each([
    'J0042_9000_1_cover_3x.pdf',
    '9000_1_cover_3x_p001.pdf',
    '9000_1_cover_3x.ps',
    '[9000_1_cover_3x] v2.pdf',
  ])('is ours when the RIP put something before or behind it: %s', (name) =>
    expect(found([name])).toEqual([`1 is in ${name}`]),
  );

  test.each(['19000_1_cover_3x.pdf', '9000_1_cover_3xx.pdf', '9000_1_cover.pdf', '9000_1_bookBlock_3x.pdf'])(
    'is not ours when it only looks like it: %s',
    (name) => expect(found([name])).toEqual([]),
  );

  test('belongs to the file whose name it has most of', () => {
    expect(found(['9000_1_cover_3x (2)_a.pdf'], [cover, second])).toEqual(['2 is in 9000_1_cover_3x (2)_a.pdf']);
    expect(found(['9000_1_cover_3x (2).pdf'], [cover, second])).toEqual(['2 is 9000_1_cover_3x (2).pdf']);
  });

  test('a name too short to prove anything counts only as a whole', () => {
    expect(found(['12_report.pdf', '12.pdf'], [{ id: 1, fileName: '12.pdf' }])).toEqual(['1 is 12.pdf']);
    expect(found(['1234_report.pdf'], [{ id: 1, fileName: '1234.pdf' }])).toEqual(['1 is in 1234_report.pdf']);
  });
});
