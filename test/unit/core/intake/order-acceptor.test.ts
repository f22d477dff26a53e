import { describe, expect, it } from 'vitest';
import { OrderAcceptor } from '../../../../main/core/intake/order-acceptor.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';
import { createFakePlatform } from '../../../support/fake-platform.ts';
import { sampleItem, sampleOrder } from '../../../support/sample-order.ts';
import { connectTo, openTestStore } from '../../../support/test-store.ts';

const openAcceptor = async () => {
  const { store } = await openTestStore();
  const connection = (await connectTo(store, createFakePlatform(), ['shop'])).find('shop');
  if (connection === null) throw new Error('no connection shop');
  let stored = 0;
  let transactions = 0;
  store.changes.subscribe(() => {
    transactions += 1;
  });
  const acceptor = new OrderAcceptor({
    store,
    clock: createFakeClock(),
    nameTemplate: () => '{order}_{item}_{role}',
    onStored: () => {
      stored += 1;
    },
  });
  const externalIds = async (): Promise<readonly string[]> =>
    (await store.read.selectFrom('orders').select('externalId').orderBy('externalId').execute()).map(
      (row) => row.externalId,
    );
  return {
    accept: (order: Parameters<OrderAcceptor['accept']>[1]) => acceptor.accept(connection, order, 'platform'),
    externalIds,
    stored: () => stored,
    transactions: () => transactions,
  };
};

describe('orders that arrive at once', () => {
  it('share transactions, and each is stored once', async () => {
    const intake = await openAcceptor();
    const ids = Array.from({ length: 30 }, (_, index) => `order-${10 + index}`);
    const accepted = await Promise.all(ids.map((id) => intake.accept(sampleOrder(id, 3))));
    expect(accepted.every(({ outcome }) => outcome === 'stored')).toBe(true);
    expect(await intake.externalIds()).toEqual(ids);
    expect(intake.stored()).toBe(30);
    expect(intake.transactions()).toBeLessThan(30);
  });

  it('are one order when they are the same', async () => {
    const intake = await openAcceptor();
    const accepted = await Promise.all(Array.from({ length: 20 }, () => intake.accept(sampleOrder('again'))));
    expect(accepted.filter(({ outcome }) => outcome === 'stored')).toHaveLength(1);
    expect(accepted.filter(({ outcome }) => outcome === 'known')).toHaveLength(19);
    expect(intake.stored()).toBe(1);
  });

  it('are stored although one among them cannot be', async () => {
    const intake = await openAcceptor();
    const impossible = sampleOrder('impossible', 0, { items: [sampleItem('twin'), sampleItem('twin')] });
    const outcomes = await Promise.allSettled([
      intake.accept(sampleOrder('first')),
      intake.accept(impossible),
      intake.accept(sampleOrder('last')),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await intake.externalIds()).toEqual(['first', 'last']);
    expect(intake.stored()).toBe(2);
  });
});
