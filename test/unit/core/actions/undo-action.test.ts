import { describe, expect, it } from 'vitest';
import type { SignalRequest } from '../../../../main/contract/orders.ts';
import { closeUndoneActions, undoAction } from '../../../../main/core/actions/undo-action.ts';
import { acceptOrder } from '../../../../main/core/intake/accept-order.ts';
import { resumeItem } from '../../../../main/core/orders/hold-item.ts';
import { holdItems } from '../../../../main/core/orders/hold-items.ts';
import { reprintItem } from '../../../../main/core/orders/reprint-item.ts';
import { signalItems } from '../../../../main/core/orders/signal-items.ts';
import { undoSignals } from '../../../../main/core/outbox/outbox-actions.ts';
import { undoableActions } from '../../../../main/core/views/action-views.ts';
import { createFakePlatform, type FakePlatformOptions } from '../../../support/fake-platform.ts';
import { sampleOrder } from '../../../support/sample-order.ts';
import { connectTo, openTestStore } from '../../../support/test-store.ts';

const openFloor = async (options: FakePlatformOptions = {}) => {
  const { store } = await openTestStore();
  const connection = (await connectTo(store, createFakePlatform(options))).find('shop');
  if (connection === null) throw new Error('no connection');
  for (const [name, nowMs] of [
    ['A', 1_000],
    ['B', 1_001],
  ] as const) {
    const order = sampleOrder(name, 2);
    await store.write((transaction) =>
      acceptOrder(transaction, { connection, order, nameTemplate: '{order}', nowMs, by: 'platform' }),
    );
  }
  const say = (itemIds: readonly number[], signal: SignalRequest, nowMs = 5_000) =>
    store.write((transaction) =>
      signalItems(transaction, {
        items: itemIds.map((id) => ({ id, connection })),
        signal,
        nowMs,
        undoMs: 15_000,
        by: 'AB',
      }),
    );
  const undo = (id: number, nowMs = 10_000) => store.write((transaction) => undoAction(transaction, id, nowMs, 'CD'));
  const undoable = (nowMs = 6_000) => undoableActions(store.read, nowMs);
  const items = () => store.read.selectFrom('items').selectAll().orderBy('id').execute();
  const states = async (ids: readonly number[]) =>
    (await store.read.selectFrom('outbox').select('state').where('id', 'in', ids).execute()).map(({ state }) => state);
  return { store, say, undo, undoable, items, states };
};

const shipped: SignalRequest = { kind: 'shipped', tracking: 'T1' };

describe('an action', () => {
  it('of several items of several orders is undone as one, with the signals that had not left', async () => {
    const floor = await openFloor();
    const ids = await floor.say([1, 2, 3], shipped);
    const [action] = await floor.undoable();
    expect(action).toMatchObject({ by: 'AB', kind: 'shipped', orderCount: 2, detail: { tracking: 'T1' } });
    expect(action?.items.map(({ id }) => id)).toEqual([1, 2, 3]);

    await floor.undo(action?.id ?? 0);
    expect(await floor.states(ids)).toEqual(['cancelled', 'cancelled', 'cancelled']);
    expect((await floor.items()).map((item) => item.shippedAtMs)).toEqual([null, null, null, null]);
    expect(await floor.undoable()).toEqual([]);
  });

  it('of holding several items is undone as one; one that was resumed meanwhile stays as it is', async () => {
    const floor = await openFloor();
    const hold = (itemIds: readonly number[], note: string, nowMs: number) =>
      floor.store.write((transaction) => holdItems(transaction, { itemIds, note, nowMs, undoMs: 15_000, by: 'AB' }));
    await hold([1, 2, 3], 'paper 350 g', 5_000);
    const [action] = await floor.undoable();
    expect(action).toMatchObject({ kind: 'hold', orderCount: 2, detail: { text: 'paper 350 g' } });
    await floor.store.write((transaction) => resumeItem(transaction, 2, 6_000, 'CD'));
    await hold([2], 'colour proof', 7_000);
    await floor.undo(action?.id ?? 0);
    expect((await floor.items()).map((item) => item.heldNote)).toEqual([null, 'colour proof', null, null]);
  });

  it('is undone once, by whoever is first', async () => {
    const floor = await openFloor();
    await floor.say([1], shipped);
    await floor.undo(1);
    await expect(floor.undo(1)).rejects.toThrow('it was undone already by CD');
  });

  it('cannot be undone when its time is over, and then nothing of it changes', async () => {
    const floor = await openFloor();
    const ids = await floor.say([1, 2], shipped);
    await expect(floor.undo(1, 20_001)).rejects.toThrow('too late');
    expect(await floor.states(ids)).toEqual(['queued', 'queued']);
    expect((await floor.items()).slice(0, 2).every((item) => item.shippedAtMs === 5_000)).toBe(true);
    expect(await floor.undoable(20_001)).toEqual([]);
  });

  it('that is told to a platform at once is not offered for undoing', async () => {
    const floor = await openFloor();
    await floor.say([1], { kind: 'produced' });
    expect(await floor.undoable()).toEqual([]);
  });

  it('that no platform is told of gives back what was there before', async () => {
    const floor = await openFloor({ kinds: [] });
    await floor.say([1], { kind: 'produced' }, 4_000);
    await floor.say([1], { kind: 'packed' }, 4_500);
    const [packed, produced] = await floor.undoable();
    await floor.undo(packed?.id ?? 0);
    expect((await floor.items())[0]).toMatchObject({ producedAtMs: 4_000, packedAtMs: null, stage: 'produced' });
    await floor.undo(produced?.id ?? 0);
    expect((await floor.items())[0]).toMatchObject({ producedAtMs: null, stage: 'received' });
  });

  it('is undone, too, once its signals were taken back one by one', async () => {
    const floor = await openFloor();
    const [first = 0, second = 0] = await floor.say([1, 2], shipped);
    const takeBack = (id: number) =>
      floor.store.write(async (transaction) => {
        await undoSignals(transaction, [id], 6_000, 'CD');
        await closeUndoneActions(transaction, 6_000, 'CD');
      });
    await takeBack(first);
    await floor.say([1], { kind: 'shipped', tracking: 'T2' }, 7_000);
    const both = await floor.undoable(8_000);
    expect(both.map(({ detail }) => detail.tracking)).toEqual(['T2', 'T1']);
    await takeBack(second);
    expect((await floor.undoable(8_000)).map(({ detail }) => detail.tracking)).toEqual(['T2']);
  });

  it('takes back what is left of it when one of its signals was taken back before', async () => {
    const floor = await openFloor();
    const [first = 0] = await floor.say([1, 2], shipped);
    await floor.store.write((transaction) => undoSignals(transaction, [first], 6_000, 'CD'));
    await floor.say([1], { kind: 'shipped', tracking: 'T2' }, 7_000);
    await floor.undo(1);
    expect((await floor.items()).slice(0, 2).map((item) => item.shippedAtMs)).toEqual([7_000, null]);
  });

  it('is refused as a whole when one of its items cannot be told of', async () => {
    const floor = await openFloor();
    await floor.say([2], shipped, 3_000);
    await expect(floor.say([1, 2], shipped)).rejects.toThrow('the item is shipped');
    expect((await floor.items())[0]?.shippedAtMs).toBeNull();
  });
});

describe('a reprint', () => {
  const reprint = (floor: Awaited<ReturnType<typeof openFloor>>, itemId: number) =>
    floor.store.write((transaction) =>
      reprintItem(transaction, { itemId, reason: 'smeared', nowMs: 7_000, undoMs: 15_000, by: 'AB' }),
    );

  it('makes a printed item print-ready once more, and can be undone', async () => {
    const floor = await openFloor({ kinds: [] });
    await floor.store.write(async ({ db }) => {
      await db.updateTable('items').set({ printReadyAtMs: 2_000, handedOverAtMs: 3_000 }).where('id', '=', 1).execute();
    });
    await floor.say([1], { kind: 'produced' });
    await reprint(floor, 1);
    expect((await floor.items())[0]).toMatchObject({ stage: 'printReady', handedOverAtMs: null, producedAtMs: null });
    const [action] = await floor.undoable(8_000);
    await floor.undo(action?.id ?? 0);
    expect((await floor.items())[0]).toMatchObject({ stage: 'produced', handedOverAtMs: 3_000 });
    expect(await floor.store.read.selectFrom('reprints').selectAll().execute()).toEqual([]);
  });

  it('of what was never printed is refused', async () => {
    const floor = await openFloor();
    await expect(reprint(floor, 1)).rejects.toThrow('has not been printed yet');
  });
});
