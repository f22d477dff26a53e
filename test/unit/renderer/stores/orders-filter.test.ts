import { expect, test } from 'vitest';
import { belongsToOrders, initialOrdersFilter, toOrdersQuery } from '../../../../renderer/stores/orders-filter.ts';
import { sampleRow } from '../../../contract/stand-in/sample-views.ts';

const shows = (filter: Partial<typeof initialOrdersFilter>, row: Parameters<typeof sampleRow>[0]): boolean =>
  belongsToOrders(sampleRow(row), { ...initialOrdersFilter, ...filter });

test('at first the orders with work left are shown', () => {
  expect(shows({}, { stage: 'printReady' })).toBe(true);
  expect(shows({}, { stage: 'shipped' })).toBe(false);
  expect(shows({}, { stage: 'cancelled' })).toBe(false);
  expect(shows({ openOnly: false }, { stage: 'shipped' })).toBe(true);
});

test('each filter keeps what it names', () => {
  expect(shows({ stage: 'packed' }, { stage: 'packed' })).toBe(true);
  expect(shows({ stage: 'packed' }, { stage: 'produced' })).toBe(false);
  expect(shows({ connection: 'cp' }, { connection: 'px' })).toBe(false);
  expect(shows({ lane: 'outsourced' }, { lane: 'own' })).toBe(false);
  expect(shows({ lane: 'own' }, { lane: 'own' })).toBe(true);
  expect(shows({ problemsOnly: true }, { problemCount: 0 })).toBe(false);
  expect(shows({ problemsOnly: true }, { problemCount: 1, stage: 'fetching' })).toBe(true);
});

test('the search looks at number, customer, reference and titles', () => {
  for (const search of ['90000001', 'FJORD', 'fb-2026', 'notes']) {
    const row = {
      externalId: '900000010000',
      customer: 'Fjord Books',
      reference: 'FB-2026-0007',
      titles: 'Field notes',
    };
    expect(shows({ search }, { ...row, stage: 'printReady' }), search).toBe(true);
  }
  expect(shows({ search: 'elsewhere' }, { stage: 'printReady' })).toBe(false);
});

test('what is not filtered is not asked for', () => {
  expect(toOrdersQuery(initialOrdersFilter)).toEqual({ problemsOnly: false, openOnly: true });
});
