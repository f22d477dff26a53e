import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Stage, stages } from '../../../../main/contract/values.ts';
import { isFinal, orderStageOf, reachedAtMs, type StageFacts, stageOf } from '../../../../main/core/domain/stage.ts';

const received: StageFacts = {
  receivedAtMs: 1,
  registeredAtMs: null,
  fetchingAtMs: null,
  printReadyAtMs: null,
  handedOverAtMs: null,
  pickedUpAtMs: null,
  producedAtMs: null,
  packedAtMs: null,
  shippedAtMs: null,
  cancelledAtMs: null,
};

describe('the stage of an item', () => {
  it.each<[Partial<StageFacts>, Stage]>([
    [{}, 'received'],
    [{ registeredAtMs: 2 }, 'registered'],
    [{ fetchingAtMs: 2 }, 'fetching'],
    [{ printReadyAtMs: 2 }, 'printReady'],
    [{ handedOverAtMs: 2 }, 'handedOver'],
    [{ pickedUpAtMs: 2 }, 'pickedUp'],
    [{ producedAtMs: 2 }, 'produced'],
    [{ packedAtMs: 2 }, 'packed'],
    [{ shippedAtMs: 2 }, 'shipped'],
    [{ cancelledAtMs: 2 }, 'cancelled'],
  ])('with %j is %s', (facts, stage) => {
    expect(stageOf({ ...received, ...facts })).toBe(stage);
  });

  it('is the furthest one that is proved, whenever it became true', () => {
    expect(stageOf({ ...received, producedAtMs: 5, printReadyAtMs: 9 })).toBe('produced');
    expect(stageOf({ ...received, shippedAtMs: 5, cancelledAtMs: 6 })).toBe('cancelled');
  });

  it('infers nothing: a stage that nothing proves has no time', () => {
    expect(reachedAtMs({ ...received, shippedAtMs: 5 }, 'produced')).toBeNull();
    expect(reachedAtMs({ ...received, shippedAtMs: 5 }, 'shipped')).toBe(5);
  });
});

describe('the stage of an order', () => {
  it.each<[readonly Stage[], Stage]>([
    [['printReady'], 'printReady'],
    [['shipped', 'fetching', 'printReady'], 'fetching'],
    [['shipped', 'shipped'], 'shipped'],
    [['cancelled', 'packed'], 'packed'],
    [['cancelled', 'cancelled'], 'cancelled'],
    [[], 'received'],
  ])('of %j is %s', (items, stage) => {
    expect(orderStageOf(items)).toBe(stage);
  });

  it('is that of its slowest item, and cancelled items do not hold it back', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...stages), { minLength: 1, maxLength: 8 }), (items) => {
        const stage = orderStageOf(items);
        expect(items).toContain(stage);
        const alive = items.filter((item) => item !== 'cancelled');
        for (const item of alive) expect(stages.indexOf(stage)).toBeLessThanOrEqual(stages.indexOf(item));
        expect(stage === 'cancelled').toBe(alive.length === 0);
      }),
    );
  });

  it('is final when nothing is left to do', () => {
    expect(stages.filter(isFinal)).toEqual(['shipped', 'cancelled']);
  });
});
