import { expect, test } from 'vitest';
import { randomOrder } from '../../../sandbox/cloudprinter/random-order.ts';

const now = new Date('2026-03-02T09:15:00Z');
const orders = Array.from({ length: 50 }, (_, index) => randomOrder(index + 1, now));

test('made-up orders differ from each other, and are the same for the same number', () => {
  expect(new Set(orders.map((order) => order.id)).size).toBe(50);
  expect(new Set(orders.flatMap((order) => order.items.map((item) => item.product))).size).toBe(6);
  expect(orders.some((order) => order.items.length > 1)).toBe(true);
  expect(orders.some((order) => order.files.length > 0)).toBe(true);
  expect(randomOrder(17, now)).toEqual(orders[16]);
});

test('a reorder repeats an item of an earlier order, in fewer copies', () => {
  const reorders = orders.flatMap((order) => order.items.filter((item) => item.reorder !== undefined));
  expect(reorders).toHaveLength(10);
  for (const again of reorders) {
    const original = orders.find((order) => order.id === again.reorder?.orderId)?.items[0];
    expect(original?.id).toBe(again.reorder?.itemId);
    expect(original).toMatchObject({ product: again.product, title: again.title, pageCount: again.pageCount });
    expect(again.copies).toBeLessThanOrEqual(original?.copies ?? 0);
  }
});
