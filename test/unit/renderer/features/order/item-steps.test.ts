import { expect, test } from 'vitest';
import type { ItemView } from '../../../../../main/contract/orders.ts';
import {
  canBeReprinted,
  isWorkLeft,
  itemsForStep,
  nextStep,
  stepState,
} from '../../../../../renderer/features/order/item-steps.ts';
import { sampleItem, sampleSignal } from '../../../../contract/stand-in/sample-views.ts';

const at = '2026-07-01T10:00:00.000Z';
const noSignals = { signals: [], handovers: [], held: null, reached: {} };

test('a step that was never told can be told', () => {
  expect(stepState(sampleItem({ ...noSignals, stage: 'printReady' }), 'produced')).toEqual({ kind: 'open' });
});

test('an item that is made again inside the shop can be told of again, step by step', () => {
  const signals = [
    sampleSignal({ kind: 'produced', state: 'sent', createdAt: '2026-07-01T09:30:00.000Z', sentAt: at }),
    sampleSignal({ kind: 'packed', state: 'sent', createdAt: '2026-07-01T10:30:00.000Z', sentAt: at }),
  ];
  const item = sampleItem({ ...noSignals, stage: 'packed', signals, reprints: [{ at, by: 'AB', reason: 'smeared' }] });
  expect(stepState(item, 'produced')).toEqual({ kind: 'open' });
  expect(stepState(item, 'packed').kind).toBe('said');
});

test('what is printed and still here can be made again', () => {
  const can = (changes: Partial<ItemView>) => canBeReprinted(sampleItem({ ...noSignals, ...changes }));
  expect(can({ stage: 'handedOver', reached: { handedOver: at } })).toBe(true);
  expect(can({ stage: 'produced', reached: { produced: at } })).toBe(true);
  expect(can({ stage: 'printReady', reached: { printReady: at } })).toBe(false);
  expect(can({ stage: 'shipped', reached: { produced: at, shipped: at } })).toBe(false);
});

test('of several items a step is told of those that it can be told of', () => {
  const open = sampleItem({ ...noSignals, id: 1, stage: 'printReady' });
  const held = sampleItem({ ...noSignals, id: 2, stage: 'printReady', held: { note: 'wait', since: at } });
  const done = sampleItem({ ...noSignals, id: 3, stage: 'produced', reached: { produced: at } });
  expect(itemsForStep([open, held, done], 'produced').map(({ id }) => id)).toEqual([1]);
  expect(itemsForStep([open, held, done], 'shipped').map(({ id }) => id)).toEqual([1, 3]);
});

test('a step says whether the platform knows it or not yet', () => {
  const told = (state: 'sent' | 'queued' | 'problem') =>
    stepState(
      sampleItem({
        ...noSignals,
        stage: 'produced',
        signals: [sampleSignal({ kind: 'produced', state, createdAt: at, sentAt: state === 'sent' ? at : null })],
      }),
      'produced',
    );
  expect(told('sent')).toEqual({ kind: 'said', at });
  expect(told('queued')).toEqual({ kind: 'queued', since: at });
  expect(told('problem')).toEqual({ kind: 'stuck', since: at });
});

test('a signal that was taken back can be told again', () => {
  const signals = [sampleSignal({ kind: 'packed', state: 'cancelled' })];
  expect(stepState(sampleItem({ ...noSignals, stage: 'produced', signals }), 'packed')).toEqual({ kind: 'open' });
});

test('a later step does not make an earlier one said, but it can no longer be told', () => {
  const item = sampleItem({ ...noSignals, stage: 'packed', reached: { packed: at } });
  expect(stepState(item, 'packed')).toEqual({ kind: 'said', at });
  expect(stepState(item, 'produced')).toEqual({ kind: 'closed' });
  expect(stepState(item, 'started')).toEqual({ kind: 'closed' });
  expect(stepState(item, 'shipped')).toEqual({ kind: 'open' });
});

test('nothing more can be told of an item that is shipped or cancelled', () => {
  for (const stage of ['shipped', 'cancelled'] as const) {
    const item = sampleItem({ ...noSignals, stage });
    expect(stepState(item, 'packed')).toEqual({ kind: 'closed' });
    expect(isWorkLeft(item)).toBe(false);
  }
});

test('the next step follows the stage, and a held item has none', () => {
  const next = (stage: 'fetching' | 'printReady' | 'handedOver' | 'pickedUp' | 'produced' | 'packed') =>
    nextStep(sampleItem({ ...noSignals, stage }));
  expect(next('fetching')).toBeNull();
  expect(next('printReady')).toBe('handOver');
  expect(next('handedOver')).toBe('handOver');
  expect(next('pickedUp')).toBe('produced');
  expect(next('produced')).toBe('packed');
  expect(next('packed')).toBe('shipped');
  expect(nextStep(sampleItem({ ...noSignals, stage: 'packed', held: { note: 'wait', since: at } }))).toBeNull();
});
