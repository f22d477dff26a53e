import { expect, test } from 'vitest';
import type { OrderSelection } from '../../../../main/contract/today.ts';
import {
  belongsToOrders,
  initialOrdersFilter,
  selectedOrders,
  toOrdersQuery,
} from '../../../../renderer/stores/orders-filter.ts';
import { sampleRow, sampleToday } from '../../../contract/stand-in/sample-views.ts';

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

const selected = (name: OrderSelection) => {
  const { asOf, orders } = sampleToday();
  return selectedOrders({ name, asOf, filter: orders[name].filter });
};

test('the orders behind a number are asked for with the filter that came with it', () => {
  const { orders } = sampleToday();
  for (const name of ['late', 'due', 'waiting', 'held', 'problems', 'shipped'] as const) {
    expect(toOrdersQuery(selected(name)), name).toEqual(orders[name].filter);
  }
  expect(toOrdersQuery({ ...selected('waiting'), stage: 'printReady', search: ' fjord ' })).toEqual({
    ...orders.waiting.filter,
    stages: ['printReady'],
    search: 'fjord',
  });
});

test('a changed row belongs to the orders behind a number as long as it is one of them', () => {
  const belongs = (name: OrderSelection, row: Parameters<typeof sampleRow>[0]) =>
    belongsToOrders(sampleRow(row), selected(name));
  const late = { shipBy: '2026-07-01T08:59:59.999Z' };
  expect(belongs('late', late)).toBe(true);
  expect(belongs('late', { ...late, stage: 'shipped' })).toBe(false);
  expect(belongs('late', { shipBy: null })).toBe(false);
  expect(belongs('due', late)).toBe(false);
  expect(belongs('due', { shipBy: '2026-07-01T09:00:00.000Z' })).toBe(true);
  expect(belongs('due', { shipBy: '2026-07-02T00:00:00.000Z' })).toBe(false);
  expect(belongs('waiting', { stage: 'printReady' })).toBe(true);
  expect(belongs('waiting', { stage: 'handedOver' })).toBe(false);
  expect(belongs('waiting', { stage: 'printReady', lane: 'outsourced' })).toBe(false);
  expect(belongs('held', { held: true })).toBe(true);
  expect(belongs('held', { held: false })).toBe(false);
  expect(belongs('problems', { problemCount: 1 })).toBe(true);
  expect(belongs('shipped', { stage: 'shipped' })).toBe(true);
  expect(belongs('shipped', { stage: 'packed' })).toBe(false);
});
