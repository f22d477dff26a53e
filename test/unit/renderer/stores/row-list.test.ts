import { expect, test } from 'vitest';
import { addPage, changeRows, keepPlaces, type RowList, takeRows } from '../../../../renderer/stores/row-list.ts';
import type { NewsRule } from '../../../../renderer/stores/steady-list.ts';

interface Row {
  readonly id: number;
  readonly word: string;
}

const row = (id: number, word = 'old'): Row => ({ id, word });
const list = (ids: readonly number[], total = ids.length): RowList<Row> =>
  takeRows({ rows: ids.map((id) => row(id)), total, revision: 10 });
const anyRow: NewsRule<Row> = { belongs: () => true, isNew: () => true };

test('a changed row changes where it stands', () => {
  const changed = changeRows(list([3, 1, 2]), [row(2, 'new'), row(3, 'new')], 11, anyRow);
  expect(changed.ids).toEqual([3, 1, 2]);
  expect(changed.ids.map((id) => changed.rows[id]?.word)).toEqual(['new', 'old', 'new']);
  expect(changed.newIds).toEqual([]);
});

test('a new row waits for a tap and moves nothing', () => {
  const changed = changeRows(list([3, 1]), [row(9)], 11, anyRow);
  expect(changed.ids).toEqual([3, 1]);
  expect(changed.newIds).toEqual([9]);
  expect(changed.stale).toBe(true);
});

test('a new row is counted once, however often it changes', () => {
  const once = changeRows(list([3]), [row(9)], 11, anyRow);
  const again = changeRows(once, [row(9, 'newer')], 12, anyRow);
  expect(again.newIds).toEqual([9]);
  expect(again.rows[9]?.word).toBe('newer');
});

test('a row that the filter hides is no news', () => {
  const before = list([3]);
  expect(changeRows(before, [row(9)], 11, { ...anyRow, belongs: () => false })).toBe(before);
});

test('a row that stops to match stays in its place until the list is taken again', () => {
  const changed = changeRows(list([3, 1]), [row(1, 'shipped')], 11, { ...anyRow, belongs: () => false });
  expect(changed.ids).toEqual([3, 1]);
  expect(changed.rows[1]?.word).toBe('shipped');
});

test('an older event does not overwrite a newer row', () => {
  const newer = changeRows(list([1]), [row(1, 'revision 12')], 12, anyRow);
  expect(changeRows(newer, [row(1, 'revision 11')], 11, anyRow)).toBe(newer);
});

test('while pages are still to come, only a row that is really new is news', () => {
  const firstPage = list([1, 2], 5);
  expect(changeRows(firstPage, [row(4)], 11, { ...anyRow, isNew: () => false }).newIds).toEqual([]);
  expect(changeRows(firstPage, [row(9)], 11, anyRow).newIds).toEqual([9]);
});

test('the next page is added below, without the rows that moved up meanwhile', () => {
  const both = addPage(list([1, 2], 5), { rows: [row(2), row(3), row(4)], total: 5, revision: 11 });
  expect(both.ids).toEqual([1, 2, 3, 4]);
  expect(both.nextOffset).toBe(5);
});

test('an empty page ends the list', () => {
  const ended = addPage(list([1, 2], 5), { rows: [], total: 5, revision: 11 });
  expect(ended.nextOffset).toBe(ended.total);
});

test('after a lost connection the rows keep their places, new ones wait, gone ones go', () => {
  const before = list([3, 1, 2]);
  const after = keepPlaces(before, { rows: [row(9, 'new'), row(1, 'new'), row(3, 'new')], total: 3, revision: 2 });
  expect(after.ids).toEqual([3, 1]);
  expect(after.newIds).toEqual([9]);
  expect(after.rows[3]?.word).toBe('new');
});

test('when no shown row is left, the list is simply taken', () => {
  expect(keepPlaces(list([1]), { rows: [row(7), row(5)], total: 2, revision: 2 }).ids).toEqual([7, 5]);
});
