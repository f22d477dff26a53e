import { expect, test } from 'vitest';
import { initialOrdersFilter, selectedOrders } from '../../../../renderer/stores/orders-filter.ts';
import {
  filterOf,
  isShown,
  mostSavedFilters,
  readFilters,
  type SavedFilter,
  withFilter,
} from '../../../../renderer/stores/saved-filters.ts';
import { sampleToday } from '../../../contract/stand-in/sample-views.ts';

const packed = { ...initialOrdersFilter, stage: 'packed', search: 'fjord' } as const;
const kept = (filters: readonly SavedFilter[]) => readFilters(JSON.stringify(filters));

test('a saved filter is the same filter the next time, even if the page was loaded anew', () => {
  const [saved] = kept(withFilter([], ' To the post ', { ...packed, search: ' fjord ' }));
  if (saved === undefined) throw new Error('nothing was kept');
  expect(saved.name).toBe('To the post');
  expect(filterOf(saved)).toEqual(packed);
  expect(isShown(saved, packed)).toBe(true);
  expect(isShown(saved, { ...packed, openOnly: false })).toBe(false);
});

test('the orders behind a number of one day are no filter for the next', () => {
  const { asOf, orders } = sampleToday();
  const late = { ...packed, selection: selectedOrders({ name: 'late', asOf, filter: orders.late.filter }).selection };
  const [saved] = withFilter([], 'Late', late);
  if (saved === undefined) throw new Error('nothing was kept');
  expect(isShown(saved, late)).toBe(false);
  expect(filterOf(saved).selection).toBeNull();
});

test('a filter of the same name is replaced where it stands', () => {
  const one = withFilter([], 'Mine', packed);
  const two = withFilter(one, 'Other', initialOrdersFilter);
  const replaced = withFilter(two, 'Mine', { ...packed, search: 'harvest' });
  expect(replaced.map(({ name, filter }) => [name, filter.search])).toEqual([
    ['Mine', 'harvest'],
    ['Other', ''],
  ]);
});

test('there is room for twelve', () => {
  let filters: readonly SavedFilter[] = [];
  for (let number = 1; number <= 13; number += 1) filters = withFilter(filters, `Filter ${number}`, packed);
  expect(filters).toHaveLength(mostSavedFilters);
  expect(withFilter(filters, 'Filter 3', initialOrdersFilter)[2]?.filter.stage).toBeNull();
});

test('whatever else a browser has kept is left out', () => {
  for (const text of [null, '', 'nonsense', '{}', '7', 'null']) expect(readFilters(text), String(text)).toEqual([]);
  const [good] = withFilter([], 'Mine', packed);
  const rows = [good, good, null, { name: 'Old' }, { name: '', filter: packed }, { ...good, name: 'x'.repeat(41) }];
  const unknownStage = { name: 'Newer', filter: { ...packed, stage: 'laminated' } };
  expect(readFilters(JSON.stringify([...rows, unknownStage]))).toEqual([good]);
});
