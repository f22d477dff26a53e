import { expect, test } from 'vitest';
import { mergeRows } from '../../../../renderer/stores/keyed-rows.ts';

const keyOf = (row: { readonly id: string }): string => row.id;

test('changed rows stay in their place and new ones come last', () => {
  const rows = [
    { id: 'a', word: 'old' },
    { id: 'b', word: 'old' },
  ];
  const merged = mergeRows(
    rows,
    [
      { id: 'c', word: 'new' },
      { id: 'a', word: 'new' },
    ],
    keyOf,
  );
  expect(merged).toEqual([
    { id: 'a', word: 'new' },
    { id: 'b', word: 'old' },
    { id: 'c', word: 'new' },
  ]);
});

test('without a change the very same list is answered', () => {
  const rows = [{ id: 'a' }];
  expect(mergeRows(rows, [], keyOf)).toBe(rows);
});
