import { describe, expect, it } from 'vitest';
import { acceptOrder } from '../../../../main/core/intake/accept-order.ts';
import { refreshProgress, refreshProgressOfOrders } from '../../../../main/core/store/refresh-progress.ts';
import type { WriteTransaction } from '../../../../main/core/store/store.ts';
import { sampleFile, sampleOrder } from '../../../support/sample-order.ts';
import { connectTo, openTestStore } from '../../../support/test-store.ts';

/** Two orders of two items with a label each. */
const openOrders = async () => {
  const { store } = await openTestStore();
  const connection = (await connectTo(store)).find('shop');
  if (connection === null) throw new Error('no connection');
  for (const id of ['A', 'B']) {
    const order = sampleOrder(id, 2, { files: [sampleFile({ role: 'shippingLabel' })] });
    await store.write((transaction) =>
      acceptOrder(transaction, { connection, order, nameTemplate: '{order}_{item}', nowMs: 1, by: 'platform' }),
    );
  }
  const change = (work: (db: WriteTransaction['db']) => Promise<unknown>, ...orderIds: number[]) =>
    store.write(async (transaction) => {
      await work(transaction.db);
      await refreshProgressOfOrders(transaction, orderIds.length === 0 ? [1] : orderIds);
    });
  return {
    store,
    change,
    orders: () =>
      store.read.selectFrom('orders').select(['stage', 'problem', 'problemCount', 'open']).orderBy('id').execute(),
    items: () => store.read.selectFrom('items').select(['stage', 'problem', 'problemCode']).orderBy('id').execute(),
  };
};

describe('the progress of an order', () => {
  it('follows from the facts of its items', async () => {
    const { change, items, orders } = await openOrders();
    await change((db) => db.updateTable('items').set({ producedAtMs: 5 }).where('id', '=', 1).execute());
    expect((await items()).map(({ stage }) => stage)).toEqual(['produced', 'received', 'received', 'received']);
    expect((await orders())[0]?.stage).toBe('received');
    await change((db) => db.updateTable('items').set({ cancelledAtMs: 6 }).where('id', '=', 2).execute());
    expect((await orders())[0]).toMatchObject({ stage: 'produced', open: 1 });
  });

  it('is brought up to date for several orders at once, and for no other', async () => {
    const { change, orders } = await openOrders();
    await change((db) => db.updateTable('items').set({ shippedAtMs: 5 }).execute(), 1);
    expect((await orders()).map(({ stage, open }) => [stage, open])).toEqual([
      ['shipped', 0],
      ['received', 1],
    ]);
    await change(async () => undefined, 1, 2);
    expect((await orders()).map(({ stage }) => stage)).toEqual(['shipped', 'shipped']);
  });

  it('shows the problems of files, signals and hand-overs at their item, and counts them', async () => {
    const { change, items, orders } = await openOrders();
    await change(async (db) => {
      await db
        .updateTable('files')
        .set({ state: 'problem', problem: 'MD5 differs', problemCode: 'mismatch' })
        .where('itemId', '=', 1)
        .execute();
      await db.updateTable('outbox').set({ state: 'problem', lastError: 'no' }).where('itemId', '=', 2).execute();
    });
    expect((await items()).slice(0, 2)).toEqual([
      { stage: 'received', problem: 'product: MD5 differs', problemCode: 'mismatch' },
      { stage: 'received', problem: 'ItemRegistered: no', problemCode: 'signal' },
    ]);
    expect((await orders())[0]).toMatchObject({ problem: 'product: MD5 differs', problemCount: 2 });
    await change(async (db) => {
      await db.updateTable('files').set({ state: 'ready', problem: null, problemCode: null }).execute();
      await db.updateTable('outbox').set({ state: 'sent' }).execute();
    });
    expect((await orders())[0]).toMatchObject({ problem: null, problemCount: 0 });
    expect((await items())[0]?.problem).toBeNull();
  });

  it('shows the problem of a label at the order, and of no item', async () => {
    const { change, items, orders } = await openOrders();
    await change((db) =>
      db.updateTable('files').set({ state: 'problem', problem: 'gone' }).where('itemId', 'is', null).execute(),
    );
    expect((await items()).every(({ problem }) => problem === null)).toBe(true);
    expect((await orders())[0]).toMatchObject({ problem: 'shippingLabel: gone', problemCount: 1 });
  });

  it('shows no problem of what is finished, nor of an optional signal', async () => {
    const { change, orders } = await openOrders();
    await change((db) => db.updateTable('outbox').set({ state: 'problem', mandatory: 0 }).execute());
    expect((await orders())[0]?.problemCount).toBe(0);
    await change(async (db) => {
      await db.updateTable('files').set({ state: 'problem', problem: 'x' }).where('itemId', '=', 1).execute();
      await db.updateTable('items').set({ cancelledAtMs: 5 }).where('id', '=', 1).execute();
    });
    expect((await orders())[0]?.problemCount).toBe(0);
  });

  it('is told to the screens', async () => {
    const { store } = await openOrders();
    const told: number[] = [];
    store.changes.subscribe(({ orders }) => told.push(...orders));
    await store.write((transaction) => refreshProgress(transaction, 2));
    expect(told).toEqual([2]);
  });
});
