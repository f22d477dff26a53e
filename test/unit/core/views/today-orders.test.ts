import { describe, expect, test } from 'vitest';
import { orderSelections } from '../../../../main/contract/today.ts';
import { openDayFloor } from './today-floor.ts';

const shippedAt = (moment: string) => ({ producedAtMs: moment, packedAtMs: moment, shippedAtMs: moment });

describe('the numbers of the day', () => {
  test('count what is late, due, waiting, held, wrong and shipped, and each leads to exactly its orders', async () => {
    const { store, put, today, listed } = await openDayFloor();
    await put({ name: 'late', shipBy: '2026-07-01T09:59:59Z', items: [{ handedOverAtMs: '2026-07-01T07:00:00Z' }] });
    await put({ name: 'late again', shipBy: '2026-06-20T10:00:00Z', reorder: true });
    await put({ name: 'due now', shipBy: '2026-07-01T10:00:00Z', items: [{ packedAtMs: '2026-07-01T09:00:00Z' }] });
    await put({
      name: 'due tonight',
      shipBy: '2026-07-01T23:59:59.999Z',
      items: [{ heldAtMs: '2026-07-01T07:00:00Z' }],
    });
    await put({
      name: 'tomorrow',
      shipBy: '2026-07-02T00:00:00Z',
      items: [{ printReadyAtMs: '2026-07-01T07:00:00Z' }],
    });
    await put({ name: 'whenever', items: [{ pickedUpAtMs: '2026-07-01T09:00:00Z' }] });
    await put({ name: 'half', items: [{ pickedUpAtMs: '2026-07-01T09:00:00Z' }, {}] });
    await put({ name: 'theirs', lane: 'outsourced', shipBy: '2026-07-01T08:00:00Z' });
    await put({ name: 'done late', shipBy: '2026-07-01T08:00:00Z', items: [shippedAt('2026-07-01T09:30:00Z')] });
    await put({
      name: 'called off',
      shipBy: '2026-07-01T08:00:00Z',
      items: [{ cancelledAtMs: '2026-07-01T09:00:00Z' }],
    });
    await store.write(({ db }) =>
      db
        .updateTable('orders')
        .set({ problemCount: 1, problem: 'MD5 differs' })
        .where('externalId', '=', 'half')
        .execute(),
    );

    const { orders } = await today('2026-07-01T10:00:00Z');
    const found = Object.fromEntries(
      await Promise.all(
        orderSelections.map(async (name) => [name, (await listed(orders[name].filter)).toSorted()] as const),
      ),
    );
    expect(found).toEqual({
      late: ['late', 'late again', 'theirs'],
      due: ['due now', 'due tonight'],
      waiting: ['due tonight', 'half', 'late again', 'tomorrow'],
      held: ['due tonight'],
      problems: ['half'],
      shipped: ['done late'],
    });
    for (const name of orderSelections) expect(orders[name].count, name).toBe(found[name]?.length);
  });

  test('an order is late from its ship-by on, and the numbers say when they will change by time alone', async () => {
    const { put, today } = await openDayFloor();
    await put({ name: 'A', shipBy: '2026-07-01T12:00:00Z' });
    await put({ name: 'B', shipBy: '2026-07-01T14:00:00Z', reorder: true });
    const at = async (now: string) => {
      const { orders, turnsAt } = await today(now);
      return { late: orders.late.count, due: orders.due.count, turnsAt };
    };
    expect(await at('2026-07-01T11:59:59Z')).toEqual({ late: 0, due: 2, turnsAt: '2026-07-01T12:00:00.000Z' });
    expect(await at('2026-07-01T12:00:01Z')).toEqual({ late: 1, due: 1, turnsAt: '2026-07-01T14:00:00.000Z' });
    expect(await at('2026-07-01T14:00:01Z')).toEqual({ late: 2, due: 0, turnsAt: '2026-07-02T00:00:00.000Z' });
    expect(await at('2026-07-02T00:00:00Z')).toEqual({ late: 2, due: 0, turnsAt: '2026-07-03T00:00:00.000Z' });
  });

  test('what is due today ends at the shop’s midnight, not at Greenwich’s', async () => {
    const { put, today, listed } = await openDayFloor();
    await put({ name: 'before', shipBy: '2026-07-01T21:59:59Z' });
    await put({ name: 'after', shipBy: '2026-07-01T22:00:00Z' });
    const due = async (timeZone: string) => listed((await today('2026-07-01T10:00:00Z', timeZone)).orders.due.filter);
    expect(await due('Europe/Copenhagen')).toEqual(['before']);
    expect(await due('UTC')).toEqual(['before', 'after']);
    expect(await due('Pacific/Auckland')).toEqual([]);
  });

  test('an order is shipped on the day of its last item', async () => {
    const { put, today, listed } = await openDayFloor();
    await put({ name: 'both', items: [shippedAt('2026-06-30T23:59:59Z'), shippedAt('2026-07-01T00:00:00Z')] });
    await put({ name: 'half', items: [shippedAt('2026-07-01T08:00:00Z'), {}] });
    await put({
      name: 'rest cancelled',
      items: [shippedAt('2026-06-30T08:00:00Z'), { cancelledAtMs: '2026-07-01T08:00:00Z' }],
    });
    const shipped = async (day: string) =>
      listed((await today('2026-07-01T10:00:00Z', 'UTC', day)).orders.shipped.filter);
    expect(await shipped('2026-06-30')).toEqual(['rest cancelled']);
    expect(await shipped('2026-07-01')).toEqual(['both']);
    expect(await shipped('2026-07-02')).toEqual([]);
  });

  test('another day’s late, waiting, held and problems are those of now', async () => {
    const { put, today } = await openDayFloor();
    await put({ name: 'late', shipBy: '2026-07-01T08:00:00Z' });
    await put({ name: 'soon', shipBy: '2026-07-02T08:00:00Z' });
    const { isToday, orders } = await today('2026-07-01T10:00:00Z', 'UTC', '2026-07-02');
    expect(isToday).toBe(false);
    expect([orders.late.count, orders.due.count, orders.waiting.count]).toEqual([1, 1, 2]);
    expect((await today('2026-07-01T10:00:00Z', 'UTC', '2026-06-30')).orders.due.count).toBe(0);
  });
});

describe('the list of late orders', () => {
  test('has the longest overdue first, each with its reason: what is wrong, who holds it, or where it stands', async () => {
    const { store, put, today } = await openDayFloor();
    const lost = await put({
      name: 'lost',
      shipBy: '2026-07-01T09:00:00Z',
      items: [{ heldAtMs: '2026-07-01T07:00:00Z' }],
    });
    await put({
      name: 'held',
      shipBy: '2026-07-01T08:00:00Z',
      reorder: true,
      items: [{}, { heldAtMs: '2026-07-01T07:00:00Z' }],
      heldNote: 'waits for the 350 g silk',
    });
    await put({
      name: 'stands',
      shipBy: '2026-07-01T07:00:00Z',
      items: [
        { printReadyAtMs: '2026-07-01T06:30:00Z' },
        { printReadyAtMs: '2026-07-01T06:40:00Z' },
        { printReadyAtMs: '2026-07-01T06:35:00Z', pickedUpAtMs: '2026-07-01T06:50:00Z' },
      ],
    });
    await put({ name: 'in time', shipBy: '2026-07-01T11:00:00Z' });
    await store.write(({ db }) =>
      db
        .updateTable('orders')
        .set({ problemCount: 1, problem: 'cover: answered 404' })
        .where('id', '=', lost)
        .execute(),
    );
    const { lateOrders } = await today('2026-07-01T10:00:00Z');
    expect(lateOrders.map(({ order, reason }) => [order.externalId, reason])).toEqual([
      ['stands', { kind: 'stage', stage: 'printReady', since: '2026-07-01T06:40:00.000Z' }],
      ['held', { kind: 'held', note: 'waits for the 350 g silk' }],
      ['lost', { kind: 'problem', text: 'cover: answered 404' }],
    ]);
  });

  test('ends after ten', async () => {
    const { put, today } = await openDayFloor();
    for (let number = 1; number <= 12; number += 1) {
      await put({ name: `A${number}`, shipBy: `2026-06-${10 + number}T08:00:00Z`, reorder: number % 2 === 0 });
    }
    const { lateOrders, orders } = await today('2026-07-01T10:00:00Z');
    expect(lateOrders.map(({ order }) => order.externalId)).toEqual(
      Array.from({ length: 10 }, (_, index) => `A${index + 1}`),
    );
    expect(orders.late.count).toBe(12);
  });
});
