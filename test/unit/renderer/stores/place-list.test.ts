import { expect, test } from 'vitest';
import {
  addPlaces,
  type ChangeRule,
  changePlaces,
  fillPlaces,
  keepPlaces,
  missingIn,
  type PlaceList,
  takePlaces,
} from '../../../../renderer/stores/place-list.ts';

interface Row {
  readonly id: number;
  readonly word: string;
}

const row = (id: number, word = 'old'): Row => ({ id, word });
/** Places of which the first `known` have their rows, told at revision 10. */
const list = (ids: readonly number[], { known = ids.length, total = ids.length } = {}): PlaceList<Row> =>
  takePlaces({}, { ids, total, rows: ids.slice(0, known).map((id) => row(id)), revision: 10 });
const rule: ChangeRule<Row> = { belongs: () => true, isNew: () => true, isAwaited: () => false };
const told = (revision: number, ...rows: readonly Row[]) => ({ rows, revision });
const wholeList = { first: 0, last: 3 };

test('a changed row changes where it stands', () => {
  const changed = changePlaces(list([3, 1, 2]), told(11, row(2, 'new'), row(3, 'new')), rule);
  expect(changed.ids).toEqual([3, 1, 2]);
  expect(changed.ids.map((id) => changed.rows[id]?.word)).toEqual(['new', 'old', 'new']);
  expect(changed.newIds).toEqual([]);
});

test('a new row waits for a tap, is counted once, and moves nothing', () => {
  const once = changePlaces(list([3, 1]), told(11, row(9)), rule);
  const twice = changePlaces(once, told(12, row(9, 'newer')), rule);
  expect(twice).toMatchObject({ ids: [3, 1], newIds: [9], stale: true });
});

test('a row that the filter hides is no news', () => {
  const before = list([3]);
  expect(changePlaces(before, told(11, row(9)), { ...rule, belongs: () => false })).toBe(before);
});

test('an older event does not overwrite a newer row', () => {
  const newer = changePlaces(list([1]), told(12, row(1, 'revision 12')), rule);
  expect(changePlaces(newer, told(11, row(1, 'revision 11')), rule)).toBe(newer);
});

test('while places are still to come, only a row that is really new is news', () => {
  const firstPage = list([1, 2], { total: 5 });
  expect(changePlaces(firstPage, told(11, row(4)), { ...rule, isNew: () => false }).newIds).toEqual([]);
  expect(changePlaces(firstPage, told(11, row(9)), rule).newIds).toEqual([9]);
});

test('further places are added below, without those that moved up or came meanwhile', () => {
  const withNews = changePlaces(list([1, 2], { total: 5 }), told(11, row(9)), rule);
  const whole = addPlaces(withNews, [2, 9, 1, 3, 4], 5);
  expect(whole).toMatchObject({ ids: [1, 2, 3, 4], newIds: [9], complete: true });
});

test('only the rows near those in sight are asked for, and only where they are not known', () => {
  const ids = Array.from({ length: 1_000 }, (_, index) => index + 1);
  expect(missingIn(list(ids, { known: 470 }), { first: 500, last: 510 })).toEqual(ids.slice(470, 551));
});

test('rows far from sight are forgotten, and asked for again when they are near', () => {
  const ids = Array.from({ length: 3_000 }, (_, index) => index + 1);
  const sight = { first: 2_000, last: 2_010 };
  const filled = fillPlaces(list(ids, { known: 300 }), [2_001], told(11, row(2_001)), sight);
  expect(filled.rows[2_001]?.word).toBe('old');
  expect(filled.rows[1]).toBeUndefined();
  expect(missingIn(filled, { first: 0, last: 0 })[0]).toBe(1);
});

test('an answer does not overwrite what was told while it was on its way', () => {
  const before = list([1, 2], { known: 1 });
  const meanwhile = changePlaces(before, told(12, row(2, 'told')), { ...rule, isAwaited: (id) => id === 2 });
  const filled = fillPlaces(meanwhile, [2], told(11, row(2, 'answered')), wholeList);
  expect(filled.rows[2]?.word).toBe('told');
  const unasked = changePlaces(before, told(12, row(2, 'told')), rule);
  expect(fillPlaces(unasked, [2], told(12, row(2, 'answered')), wholeList).rows[2]?.word).toBe('answered');
});

test('a row that is not there any more is asked for once', () => {
  const filled = fillPlaces(list([1, 2], { known: 1 }), [2], told(11), wholeList);
  expect(missingIn(filled, wholeList)).toEqual([]);
});

test('after a lost connection the rows keep their places, new ones wait, gone ones go', () => {
  const after = keepPlaces(list([3, 1, 2]), { ids: [9, 1, 3], total: 3, ...told(2, row(9, 'new'), row(3, 'new')) });
  expect(after).toMatchObject({ ids: [3, 1], newIds: [9] });
  expect(after.rows[3]?.word).toBe('new');
  // What the row was is shown until what it is has come.
  expect(after.rows[1]?.word).toBe('old');
  expect(missingIn(after, wholeList)).toEqual([1]);
});

test('when no shown row is left, the list is simply taken', () => {
  expect(keepPlaces(list([1]), { ids: [7, 5], total: 2, ...told(2, row(7), row(5)) }).ids).toEqual([7, 5]);
});
