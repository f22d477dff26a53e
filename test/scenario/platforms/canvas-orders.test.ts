import { expect, test } from 'vitest';
import { jsonWebhook, shopifyWebhook } from '../../sandbox/customerscanvas/shop-webhook.ts';
import { orderFacts } from '../../support/platform-floor.ts';
import { openCanvas } from './canvas-floor.ts';

const token = 'backend-token-of-the-shop';
const shopSecret = 'shopify-secret-of-the-shop';
/** The shop tells of an order long before the list does. */
const rarely = { settings: { pollSeconds: 900 } } as const;

test("an order id from the shop's backend brings all projects of the order together, one for each line", async () => {
  await using canvas = await openCanvas(rarely);
  const { floor, sandbox } = canvas;
  sandbox.place({
    orderId: '5001',
    orderNumber: 1004,
    customerName: 'Fjord Books',
    projects: [
      { name: 'Cards', items: [{ name: 'Card', quantity: 250, sku: 'BC-85x55' }] },
      {
        name: 'Set',
        items: [
          { name: 'Front', quantity: 10 },
          { name: 'Back', quantity: 20 },
        ],
      },
    ],
  });
  expect(await sandbox.postOrder('5001', { to: canvas.ordersUrl, token })).toMatchObject({ answer: { status: 202 } });
  const order = await canvas.untilReady('5001');
  expect(await floor.orders()).toHaveLength(1);
  expect(order).toMatchObject({ customer: 'Fjord Books', reference: '#1004', lane: 'own' });
  expect(order.items.map(({ title, product, copies, files }) => [title, product, copies, files.length])).toEqual([
    ['Card', 'BC-85x55', 250, 1],
    ['Front', 'BC-85x55', 10, 1],
    ['Back', 'BC-85x55', 20, 1],
  ]);
  expect(order.jobs).toHaveLength(2);
  expect(sandbox.shortestResultsGapMs() ?? 60_000).toBeGreaterThanOrEqual(60_000);
});

test('an order that the shop tells of before its projects are there is looked for until they are', async () => {
  await using canvas = await openCanvas(rarely);
  const { floor, sandbox } = canvas;
  await sandbox.postOrder('5001', { to: canvas.ordersUrl, token });
  await floor.pass(300);
  expect(await floor.order('cc:5001')).toMatchObject({ items: [], problem: null });
  sandbox.place({ orderId: '5001' });
  const order = await canvas.untilReady('5001');
  expect(order.items).toHaveLength(1);
  expect(order.jobs).toHaveLength(1);
});

test('an order of which no project ever comes is a problem after a day, not before', async () => {
  await using canvas = await openCanvas({ settings: { pollSeconds: 86_400 } });
  const { floor, sandbox } = canvas;
  await sandbox.postOrder('5001', { to: canvas.ordersUrl, token });
  await floor.pass(600);
  await floor.stop();
  await floor.clock.advance(24 * 3_600_000);
  await floor.start();
  await canvas.untilOrder('5001', 'is a problem', ({ jobs }) => jobs[0]?.problem !== null && jobs[0] !== undefined);
  expect((await floor.order('cc:5001')).problem).toContain('5001');
});

test("Shopify's orders/create is taken with its signature, and with a wrong one answered 401", async () => {
  await using canvas = await openCanvas(rarely);
  const { floor, clock, sandbox } = canvas;
  // Larger than JavaScript counts exactly.
  const orderId = '9007199254740993';
  sandbox.place({ orderId });
  const right = shopifyWebhook(orderId, shopSecret, new Date(clock.nowMs()));
  const wrong = [
    shopifyWebhook(orderId, 'another secret', new Date(clock.nowMs())),
    { ...right, body: right.body.replace('"total_price":"49.00"', '"total_price":"0.00"') },
    { ...right, headers: { 'content-type': 'application/json' } },
    { ...right, headers: { ...right.headers, 'x-shopify-hmac-sha256': '' } },
    jsonWebhook(orderId, 'another token'),
    jsonWebhook(orderId, shopSecret),
  ];
  for (const webhook of wrong) {
    expect(await sandbox.postWebhook(webhook, canvas.ordersUrl)).toMatchObject({ answer: { status: 401 } });
  }
  await floor.pass(60);
  expect(await floor.orders()).toEqual([]);
  expect(await sandbox.postWebhook(right, canvas.ordersUrl)).toMatchObject({ answer: { status: 202 } });
  await canvas.untilReady(orderId);
  // The same again changes nothing.
  const before = orderFacts(await floor.orders());
  expect(await sandbox.postWebhook(right, canvas.ordersUrl)).toMatchObject({ answer: { status: 202 } });
  await floor.pass(60);
  expect(orderFacts(await floor.orders())).toEqual(before);
});

test('the sweep finds orders that nobody told of, of our storefront only', async () => {
  await using canvas = await openCanvas();
  const { floor, sandbox } = canvas;
  sandbox.place({ orderId: '5001' });
  sandbox.place({ orderId: '5001', storefrontId: 43 });
  sandbox.place({ orderId: '5002', projects: [{ createdAtMs: floor.clock.nowMs() - 40 * 86_400_000 }] });
  await canvas.untilReady('5001');
  await floor.pass(120);
  const orders = await floor.orders();
  expect(orders.map(({ externalId, jobs }) => [externalId, jobs.length])).toEqual([['5001', 1]]);
  expect((await floor.connection('cc')).reconciliation).toMatchObject({ there: 0, here: 0 });
});

test('a project that waits for a status is shown so and is no problem; with the status its pipeline runs', async () => {
  await using canvas = await openCanvas();
  const { floor, sandbox } = canvas;
  const { projects } = sandbox.place({ orderId: '5001', projects: [{ waitsForStatus: true }] });
  const waiting = await canvas.untilOrder('5001', 'is here', ({ jobs }) => jobs.length === 1);
  expect(waiting.problem).toBeNull();
  expect(waiting.jobs[0]).toMatchObject({ state: 'waiting', warnings: ['mayWaitForStatus'] });
  expect(waiting.jobs[0]?.beliefs).toContainEqual({
    name: 'processingStatus',
    value: 'Pending: may be waiting for a status',
  });
  await floor.pass(900);
  expect(canvas.calls('processingResults')).toEqual([]);
  sandbox.changeStatus(projects[0]?.id ?? 0, 2);
  const ready = await canvas.untilReady('5001');
  expect(ready.jobs[0]).toMatchObject({ state: 'done', warnings: [] });
});

test('100 open projects cost one list a cycle, and nobody asks for results that are not there', async () => {
  await using canvas = await openCanvas({ sandbox: { pipelineMs: 3_600_000 } });
  const { floor, sandbox } = canvas;
  for (let number = 1; number <= 50; number += 1) sandbox.place({ orderId: `${number}`, projects: [{}, {}] });
  await floor.until('all are followed', async () => (await floor.connection('cc')).jobs?.open === 100);
  const before = canvas.calls('projects').length;
  await floor.pass(600);
  expect(canvas.calls('projects').length - before).toBe(10);
  expect(canvas.calls('project')).toEqual([]);
  expect(canvas.calls('processingResults')).toEqual([]);
});

test('nothing is followed before a storefront is chosen, and the connection says so', async () => {
  await using canvas = await openCanvas({ settings: { storefrontId: null } });
  const { floor, sandbox } = canvas;
  sandbox.place({ orderId: '5001' });
  await floor.until('it says so', async () => (await floor.connection('cc')).problem !== null);
  expect((await floor.connection('cc')).problem).toContain('storefront');
  await floor.pass(300);
  expect(await floor.orders()).toEqual([]);
});
