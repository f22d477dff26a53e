import { describe, expect, test } from 'vitest';
import type { ItemFits } from '../../../../../main/contract/hot-folders.ts';
import { targetFit } from '../../../../../renderer/features/order/target-fit.ts';

type Verdict = ItemFits['folders'][number]['files'][number]['verdict'];

const reason = { code: 'pages', detail: {}, text: 'it takes 1 to 8 pages, this has 48' } as const;

/** An item of a cover, a book block and a label, before a folder and before another one. */
const facing = (
  verdicts: { readonly cover: Verdict; readonly bookBlock: Verdict; readonly shippingLabel?: Verdict },
  changes: { item?: Partial<ItemFits['item']>; block?: 'ready' | 'fetching'; handedOverElsewhere?: boolean } = {},
) => {
  const fileFit = (file: number, verdict: Verdict, handedOver = false) => ({
    file,
    verdict,
    reasons: verdict === 'goes' ? [] : [reason],
    unknown: [],
    handedOver,
  });
  const folder = {
    hotFolder: 'press',
    fits: true,
    files: [
      fileFit(1, verdicts.cover),
      fileFit(2, verdicts.bookBlock),
      fileFit(3, verdicts.shippingLabel ?? 'staysBehind'),
    ],
  };
  const other = { ...folder, hotFolder: 'other', files: [fileFit(1, 'goes', changes.handedOverElsewhere)] };
  const fits: ItemFits = {
    item: { id: 11, orderId: 1, number: 1, title: 'Field notes', copies: 3, held: false, open: true, ...changes.item },
    files: [
      { id: 1, role: 'cover', name: 'c.pdf', state: 'ready' },
      { id: 2, role: 'bookBlock', name: 'b.pdf', state: changes.block ?? 'ready' },
      { id: 3, role: 'shippingLabel', name: 'l.pdf', state: 'ready' },
    ],
    folders: [folder, other],
  };
  return { fits, folder };
};

const shown = ({ fits, folder }: ReturnType<typeof facing>, chosen: readonly number[] | null = null) => {
  const fit = targetFit(fits, folder, chosen);
  if (fit.kind === 'closed') return [fit.kind, fit.why];
  const roles = fit.files.map(({ role }) => role);
  return fit.kind === 'misfit' ? [fit.kind, roles, fit.misfits.map(({ file }) => file.role)] : [fit.kind, roles];
};

describe('the whole item before a folder', () => {
  test('goes, but for the label, which is no part of the work', () => {
    expect(shown(facing({ cover: 'goes', bookBlock: 'goes' }))).toEqual(['fits', ['cover', 'bookBlock']]);
  });

  test('leaves behind what the folder does not take, and says so', () => {
    const { fits, folder } = facing({ cover: 'goes', bookBlock: 'staysBehind' }, { block: 'fetching' });
    expect(targetFit(fits, folder, null)).toMatchObject({
      kind: 'fits',
      files: [{ role: 'cover' }],
      left: [{ role: 'bookBlock' }],
      again: false,
    });
  });

  test('is a misfit when a part is, or when no part goes', () => {
    expect(shown(facing({ cover: 'goes', bookBlock: 'misfit' }))).toEqual([
      'misfit',
      ['cover', 'bookBlock'],
      ['bookBlock'],
    ]);
    expect(shown(facing({ cover: 'staysBehind', bookBlock: 'staysBehind' }))).toEqual([
      'misfit',
      ['cover', 'bookBlock'],
      ['cover', 'bookBlock'],
    ]);
  });

  test('waits for a file that is not ready', () => {
    expect(shown(facing({ cover: 'goes', bookBlock: 'goes' }, { block: 'fetching' }))).toEqual([
      'notReady',
      ['bookBlock'],
    ]);
  });

  test.each([
    ['held', { held: true }],
    ['over', { open: false }],
  ])('is not handed over while it is %s', (why, item) => {
    expect(shown(facing({ cover: 'goes', bookBlock: 'goes' }, { item }))).toEqual(['closed', why]);
  });
});

describe('chosen files before a folder', () => {
  test('only they go, and only they are judged', () => {
    expect(shown(facing({ cover: 'goes', bookBlock: 'misfit' }, { block: 'fetching' }), [1])).toEqual([
      'fits',
      ['cover'],
    ]);
  });

  test('one that the folder does not take is a misfit, a label too', () => {
    const floor = facing({ cover: 'goes', bookBlock: 'staysBehind' });
    expect(shown(floor, [2])).toEqual(['misfit', ['bookBlock'], ['bookBlock']]);
    expect(shown(floor, [3])).toEqual(['misfit', ['shippingLabel'], ['shippingLabel']]);
  });

  test('one that went to any folder before is asked about', () => {
    const { fits, folder } = facing({ cover: 'goes', bookBlock: 'goes' }, { handedOverElsewhere: true });
    expect(targetFit(fits, folder, [1])).toMatchObject({ kind: 'fits', again: true });
    expect(targetFit(fits, folder, [2])).toMatchObject({ kind: 'fits', again: false });
  });
});
