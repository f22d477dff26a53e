import { describe, expect, it } from 'vitest';
import { ContractError } from '../../../../main/contract/failure.ts';
import type { SignalRequest } from '../../../../main/contract/orders.ts';
import { acceptOrder } from '../../../../main/core/intake/accept-order.ts';
import { holdItem, resumeItem } from '../../../../main/core/orders/hold-item.ts';
import { signalItem } from '../../../../main/core/orders/signal-item.ts';
import { createFakePlatform, type FakePlatformOptions } from '../../../support/fake-platform.ts';
import { sampleOrder } from '../../../support/sample-order.ts';
import { connectTo, openTestStore } from '../../../support/test-store.ts';

const openOrder = async (options: FakePlatformOptions = {}) => {
  const { store } = await openTestStore();
  const connection = (await connectTo(store, createFakePlatform(options))).find('shop');
  if (connection === null) throw new Error('no connection');
  await store.write((transaction) =>
    acceptOrder(transaction, {
      connection,
      order: sampleOrder('A', 2),
      nameTemplate: '{order}',
      nowMs: 1_000,
      by: 'platform',
    }),
  );
  const say = (itemId: number, signal: SignalRequest, nowMs = 5_000) =>
    store.write((transaction) =>
      signalItem(transaction, { itemId, signal, connection, nowMs, undoMs: 15_000, by: 'AB' }),
    );
  const hold = (itemId: number, note: string) =>
    store.write((transaction) => holdItem(transaction, itemId, note, 6_000, 'AB'));
  const resume = (itemId: number) => store.write((transaction) => resumeItem(transaction, itemId, 6_000, 'AB'));
  const order = () =>
    store.read.selectFrom('orders').select(['stage', 'held', 'open', 'problemCount']).executeTakeFirstOrThrow();
  const outbox = () => store.read.selectFrom('outbox').selectAll().where('kind', '!=', 'registered').execute();
  return { store, say, hold, resume, order, outbox };
};

const codesOf = (error: unknown): string => (error instanceof ContractError ? error.code : 'none');

describe('what an operator says of an item', () => {
  it('is written down with its evidence and queued in one go', async () => {
    const { order, outbox, say, store } = await openOrder();
    const { outboxIds } = await say(1, { kind: 'produced' });
    expect(await outbox()).toMatchObject([
      { id: outboxIds[0], kind: 'produced', place: 2, nextAtMs: 5_000, undoUntilMs: null },
    ]);
    const [event] = await store.read.selectFrom('events').selectAll().where('code', '=', 'item.produced').execute();
    expect(event).toMatchObject({ itemId: 1, evidence: 'operatorSaid', by: 'AB', atMs: 5_000 });
    // The other item is not produced: the order is as far as its slowest.
    expect((await order()).stage).toBe('received');
    await say(2, { kind: 'produced' });
    expect((await order()).stage).toBe('produced');
  });

  it('carries what the platform needs, and waits its undo time where it cannot be taken back', async () => {
    const { outbox, say } = await openOrder();
    await say(1, { kind: 'error', text: 'paper jam', delayHours: 4 });
    await say(1, { kind: 'shipped', tracking: 'T1' });
    await say(2, { kind: 'shipped', tracking: 'T2', shippingOption: 'express' });
    const rows = await outbox();
    expect(rows.map((row) => JSON.parse(row.payloadJson) as unknown)).toEqual([
      { text: 'paper jam', delayHours: 4 },
      { tracking: 'T1', shippingOption: 'standard' },
      { tracking: 'T2', shippingOption: 'express' },
    ]);
    for (const row of rows) expect([row.nextAtMs, row.undoUntilMs]).toEqual([20_000, 20_000]);
  });

  it('is only written down when the connection does not send this kind', async () => {
    const { outbox, say, store } = await openOrder({ kinds: ['registered', 'shipped'] });
    expect((await say(1, { kind: 'packed' })).outboxIds).toEqual([]);
    expect(await outbox()).toEqual([]);
    const item = await store.read.selectFrom('items').select('stage').where('id', '=', 1).executeTakeFirst();
    expect(item?.stage).toBe('packed');
  });

  it('is refused with the reason when it makes no sense, and then nothing is written', async () => {
    const { outbox, say } = await openOrder();
    await say(1, { kind: 'cancel', cause: 'customer', text: 'asked for' });
    const refused = await say(1, { kind: 'shipped', tracking: 'T' }).catch((error: unknown) => error);
    expect(codesOf(refused)).toBe('conflict');
    expect(await outbox()).toHaveLength(1);
    expect(codesOf(await say(99, { kind: 'packed' }).catch((error: unknown) => error))).toBe('notFound');
  });

  it('leaves no work when every item is shipped or cancelled', async () => {
    const { order, say } = await openOrder();
    await say(1, { kind: 'shipped', tracking: 'T' });
    expect((await order()).open).toBe(1);
    await say(2, { kind: 'cancel', cause: 'customer', text: 'x' });
    expect(await order()).toMatchObject({ stage: 'shipped', open: 0 });
  });
});

describe('a held item', () => {
  it('keeps its order held until it is resumed', async () => {
    const { hold, order, resume, say } = await openOrder();
    await hold(1, 'waits for paper');
    expect((await order()).held).toBe(1);
    expect(codesOf(await say(1, { kind: 'produced' }).catch((error: unknown) => error))).toBe('conflict');
    await resume(1);
    expect((await order()).held).toBe(0);
    await say(1, { kind: 'produced' });
  });

  it('cannot be one that is not held, shipped or cancelled', async () => {
    const { hold, resume, say } = await openOrder();
    await expect(resume(1)).rejects.toThrow('the item is not held');
    await say(1, { kind: 'shipped', tracking: 'T' });
    await expect(hold(1, 'x')).rejects.toThrow('the item is shipped');
    await expect(hold(99, 'x')).rejects.toThrow('there is no item 99');
  });
});
