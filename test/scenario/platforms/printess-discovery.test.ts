import { expect, test } from 'vitest';
import { openPrintess } from './printess-floor.ts';

const shop = 'WC https://shop.example';
const metaData = (lineItemId: string, sku: string): string =>
  JSON.stringify({
    orderId: '1041',
    lineItemId,
    sku,
    productName: 'Card',
    CustomerFirstName: 'Ann',
    ShippingCountry: 'DK',
  });

test("jobs that the shop's own plugin started are taken in: several lines of one order are one order", async () => {
  await using printess = await openPrintess();
  const { floor, sandbox } = printess;
  sandbox.startOrder({
    origin: shop,
    externalOrderId: '1041',
    lines: [
      { templateName: 'st:CARD', copies: 250, metaData: metaData('7', 'CARD-A6') },
      { templateName: 'st:FLYER', copies: 40, metaData: metaData('8', 'FLYER-A5') },
      { templateName: 'st:CARD', copies: 10, metaData: metaData('9', 'CARD-A6') },
    ],
  });
  const order = await printess.untilReady('1041');
  expect(await floor.orders()).toHaveLength(1);
  expect(order).toMatchObject({ customer: 'Ann', delivery: { country: 'DK' } });
  const items = order.items.map(({ externalId, product, copies, files }) => [
    externalId,
    product,
    copies,
    files.length,
  ]);
  expect(items.toSorted(([left], [right]) => String(left).localeCompare(String(right)))).toEqual([
    ['7', 'CARD-A6', 250, 1],
    ['8', 'FLYER-A5', 40, 1],
    ['9', 'CARD-A6', 10, 1],
  ]);
  expect(printess.calls('/production/status/get')).toEqual([]);
});

test('a line that comes to a known order later is added to it', async () => {
  await using printess = await openPrintess();
  const { floor, sandbox } = printess;
  sandbox.start({ origin: shop, externalOrderId: '1041', templateName: 'st:CARD', metaData: metaData('7', 'A') });
  await printess.untilReady('1041');
  sandbox.start({ origin: shop, externalOrderId: '1041', templateName: 'st:FLYER', metaData: metaData('8', 'B') });
  const order = await floor.until('the second line is here', async () => {
    const found = await floor.order('px:1041');
    return found.items.length === 2 && found.stage === 'printReady' && found;
  });
  expect(order.items.map(({ externalId, number }) => [externalId, number])).toEqual([
    ['7', 1],
    ['8', 2],
  ]);
});

test.each([
  ['discoverOrigins names the others that are taken in', { discoverOrigins: [shop] }, ['1041', 'SO-1']],
  ['with discover off only our own jobs are followed', { discover: false }, ['SO-1']],
  ['by default everybody’s jobs are taken in', {}, ['1041', '2001', 'SO-1']],
] as const)('%s', async (_what, settings, wanted) => {
  await using printess = await openPrintess({ settings });
  const { floor, sandbox } = printess;
  sandbox.startOrder({ origin: shop, externalOrderId: '1041', lines: [{ templateName: 'st:CARD' }] });
  sandbox.startOrder({ origin: 'SW: another shop', externalOrderId: '2001', lines: [{ templateName: 'st:CARD' }] });
  await floor.produce('px', [{ template: 'st:CARD', order: 'SO-1' }]);
  for (const order of wanted) await printess.untilReady(order);
  await floor.pass(300);
  expect((await floor.orders()).map(({ externalId }) => externalId).toSorted()).toEqual(wanted);
  const { reconciliation } = await floor.connection('px');
  expect(reconciliation).toMatchObject({ there: reconciliation?.here });
});

test('orders that are made while the list is read page by page are taken in once each', async () => {
  await using printess = await openPrintess({ settings: { pageSize: 5 } });
  const { floor, sandbox } = printess;
  for (let number = 1; number <= 23; number += 1) {
    sandbox.startOrder({ origin: shop, externalOrderId: `O-${number}`, lines: [{ templateName: `st:${number}` }] });
  }
  let made = 100;
  const stop = sandbox.ledger.onEntry((entry) => {
    if (entry.kind !== 'call' || entry.endpoint !== '/orders/list' || made === 103) return;
    made += 1;
    sandbox.startOrder({ origin: shop, externalOrderId: `O-${made}`, lines: [{ templateName: `st:${made}` }] });
  });
  await floor.until('all are here', async () => (await floor.orders()).length === 26);
  stop();
  await floor.pass(120);
  const orders = await floor.orders();
  expect(orders).toHaveLength(26);
  expect(orders.every(({ items, jobs }) => items.length === 1 && jobs.length === 1)).toBe(true);
});

test.each(['newest', 'oldest'] as const)(
  'of two jobs of one line the later one counts, in whatever order the list has them (%s first)',
  async (listOrder) => {
    await using printess = await openPrintess({ sandbox: { behaviour: { listOrder } } });
    const { floor, clock, sandbox } = printess;
    await floor.stop();
    const line = { origin: shop, externalOrderId: '1041', templateName: 'st:CARD', metaData: metaData('7', 'A') };
    const failed = sandbox.start(line);
    sandbox.fail(failed.jobId, 'Font missing');
    await clock.advance(60_000);
    // Rendered again at Printess itself: a new job of the same line.
    const again = sandbox.start(line);
    await clock.advance(60_000);
    await floor.start();
    const order = await printess.untilReady('1041');
    expect(order.items).toHaveLength(1);
    expect(order.items[0]?.jobId).toBe((await floor.job(again.jobId)).id);
    expect(order.problem).toBeNull();
    expect((await floor.job(failed.jobId)).replacedBy).toBe((await floor.job(again.jobId)).id);
  },
);
