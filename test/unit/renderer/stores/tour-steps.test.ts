import { describe, expect, test } from 'vitest';
import type { ItemView, OrderView } from '../../../../main/contract/orders.ts';
import {
  leadOrder,
  stepsDone,
  type TourFacts,
  type TourStep,
  tourSteps,
  troubledOrder,
} from '../../../../renderer/stores/tour-steps.ts';
import { sampleHandover, sampleItem, sampleOrder, sampleSignal } from '../../../contract/stand-in/sample-views.ts';

/** Nothing has happened to it. */
const freshItem: ItemView = sampleItem({ stage: 'printReady', reached: {}, signals: [], handovers: [], files: [] });
const order = (changes: Partial<OrderView> = {}): OrderView =>
  sampleOrder({ problemCount: 0, problem: null, reorder: false, items: [freshItem], ...changes });
const withItem = (changes: Partial<ItemView>): Partial<TourFacts> => ({
  orders: [order({ items: [{ ...freshItem, ...changes }] })],
});

const done = (changes: Partial<TourFacts>): readonly TourStep[] =>
  stepsDone({ orders: [], orderIsOpen: false, pagesSeen: false, troubled: new Set(), ...changes });

const at = '2026-03-02T10:00:00.000Z';
const shipped = sampleSignal({ kind: 'shipped', state: 'queued' });

describe('a step of the tour is done by what is there', () => {
  const ways: readonly (readonly [TourStep, string, Partial<TourFacts>])[] = [
    ['arrive', 'an order is there', { orders: [order()] }],
    ['open', 'the screen shows an order', { orderIsOpen: true }],
    ['pages', 'a file was paged through', { pagesSeen: true }],
    ['handOver', 'a file is on its way to the folder', withItem({ handovers: [sampleHandover({ state: 'copying' })] })],
    ['handOver', 'an item was handed over', withItem({ reached: { handedOver: at } })],
    ['pickUp', 'the RIP took it', withItem({ reached: { pickedUp: at } })],
    ['produced', 'the platform was told', withItem({ signals: [sampleSignal({ kind: 'produced', state: 'sent' })] })],
    ['undo', 'something was taken back', withItem({ signals: [{ ...shipped, state: 'cancelled' }] })],
    ['ship', 'it is on its way to the platform', withItem({ signals: [shipped] })],
    [
      'ship',
      'it was taken back and told again',
      withItem({ signals: [{ ...shipped, id: 1, state: 'cancelled' }, shipped] }),
    ],
    ['problem', 'an order that had a problem has none', { orders: [order({ id: 7 })], troubled: new Set([7]) }],
    [
      'problem',
      'the platform was told of it',
      {
        orders: [
          order({ id: 7, problemCount: 1, items: [{ ...freshItem, signals: [sampleSignal({ kind: 'error' })] }] }),
        ],
        troubled: new Set([7]),
      },
    ],
  ];
  test.each(ways)('%s: %s', (step, _how, facts) => expect(done(facts)).toContain(step));

  test('each step has its way, and none is done by itself', () => {
    expect(new Set(ways.map(([step]) => step))).toEqual(new Set(tourSteps));
    expect(done({})).toEqual([]);
    expect(done({ orders: [order()] }), 'an order alone').toEqual(['arrive']);
  });

  test('handed over is not picked up', () => {
    expect(done(withItem({ reached: { handedOver: at }, handovers: [sampleHandover({ state: 'sent' })] }))).toEqual([
      'arrive',
      'handOver',
    ]);
  });

  test('what was taken back was not shipped', () => {
    expect(done(withItem({ signals: [{ ...shipped, state: 'cancelled' }] }))).not.toContain('ship');
  });

  test('a problem that is still there, or never was, is not solved', () => {
    expect(done({ orders: [order({ id: 7, problemCount: 1 })], troubled: new Set([7]) })).not.toContain('problem');
    expect(done({ orders: [order({ id: 7 })] })).not.toContain('problem');
  });
});

test('the tour speaks of an order with few files, without trouble, and of the one with trouble', () => {
  const book = order({ id: 1, filesTotal: 2 });
  const again = order({ id: 2, filesTotal: 1, reorder: true });
  const flyer = order({ id: 3, filesTotal: 1, problemCount: 1 });
  const poster = order({ id: 4, filesTotal: 1 });
  expect(leadOrder([book, again, flyer, poster])?.id).toBe(4);
  expect(troubledOrder([book, again, flyer, poster])?.id).toBe(3);
  expect([leadOrder([]), troubledOrder([])]).toEqual([null, null]);
});
