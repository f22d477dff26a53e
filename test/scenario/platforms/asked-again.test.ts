import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createCustomersCanvasSandbox } from '../../sandbox/customerscanvas/sandbox.ts';
import { createPrintApiSandbox } from '../../sandbox/printapi/sandbox.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { PlatformFloor } from '../../support/platform-floor.ts';
import { toCustomersCanvas, toPrintApi } from '../../support/sandbox-connections.ts';

test('a webhook that comes while the order is being asked for is not lost', async () => {
  const clock = createFakeClock();
  await using printApi = await createPrintApiSandbox({ nowMs: () => clock.nowMs(), webhooks: 'manual' });
  const floor = await PlatformFloor.open({
    clock,
    connections: [toPrintApi(printApi, 'pa', { pollSeconds: 86_400 })],
    timeoutsMs: 3000,
  });
  await floor.pass(3);
  const { id } = await printApi.place({
    items: [
      { productId: 'poster_a3_sta', quantity: 1, files: { content: { downloadUrl: 'https://x.example/a.pdf' } } },
    ],
  });
  printApi.requestKnobs.set({ match: { endpoint: 'order' }, times: 1, fault: { kind: 'delay', delayMs: 800 } });
  await printApi.sendWebhook(id, { to: `${floor.intakeUrl}/in/pa` });
  await printApi.ledger.waitFor('request', ({ endpoint }) => endpoint === 'order');
  await printApi.setFile(id, '00001', 'content', 'DownloadFailed');
  await printApi.sendWebhook(id, { to: `${floor.intakeUrl}/in/pa` });
  await delay(1500);
  const beforeMs = clock.nowMs();
  await floor.until('the problem is seen', async () => (await floor.order(`pa:${id}`).catch(() => null))?.problem);
  expect((clock.nowMs() - beforeMs) / 1000).toBeLessThanOrEqual(31);
});

test('a webhook asks for the order although a list tells of it meanwhile', async () => {
  const clock = createFakeClock();
  await using printApi = await createPrintApiSandbox({ nowMs: () => clock.nowMs(), webhooks: 'manual' });
  const floor = await PlatformFloor.open({ clock, connections: [toPrintApi(printApi, 'pa', { pollSeconds: 10 })] });
  await floor.pass(3);
  const { id } = await printApi.place({
    items: [
      { productId: 'poster_a3_sta', quantity: 1, files: { content: { downloadUrl: 'https://x.example/a.pdf' } } },
    ],
  });
  await printApi.sendWebhook(id, { to: `${floor.intakeUrl}/in/pa` });
  await floor.until('known', async () =>
    (await floor.order(`pa:${id}`).catch(() => null))?.jobs[0]?.beliefs.some(({ name }) => name.startsWith('file')),
  );
  await printApi.setFile(id, '00001', 'content', 'DownloadFailed');
  await printApi.sendWebhook(id, { to: `${floor.intakeUrl}/in/pa` });
  const beforeMs = clock.nowMs();
  await floor.until('the problem is seen', async () => (await floor.order(`pa:${id}`)).problem);
  expect((clock.nowMs() - beforeMs) / 1000).toBeLessThanOrEqual(31);
});

test('the tracking link stays when the list follows', async () => {
  const clock = createFakeClock();
  await using printApi = await createPrintApiSandbox({ nowMs: () => clock.nowMs(), webhooks: 'manual' });
  const floor = await PlatformFloor.open({ clock, connections: [toPrintApi(printApi, 'pa', { pollSeconds: 300 })] });
  await floor.pass(3);
  const { id } = await printApi.place({ items: [{ productId: 'poster_a3_sta', quantity: 1 }] });
  await printApi.sendWebhook(id, { to: `${floor.intakeUrl}/in/pa` });
  await floor.pass(40);
  await printApi.setStatus(id, 'Shipped', { trackingUrl: 'https://carrier.example/t/1' });
  await printApi.sendWebhook(id, { to: `${floor.intakeUrl}/in/pa` });
  await floor.until('link', async () =>
    (await floor.order(`pa:${id}`)).jobs[0]?.beliefs.some(({ name }) => name === 'trackingLink'),
  );
  await floor.pass(400);
  expect((await floor.order(`pa:${id}`)).jobs[0]?.beliefs.map(({ name }) => name)).toContain('trackingLink');
});

test('a pipeline that is resumed has its files fetched', async () => {
  const clock = createFakeClock();
  await using canvas = await createCustomersCanvasSandbox({ nowMs: () => clock.nowMs() });
  canvas.place({ orderId: '5002', projects: [{ pipelineMs: 0, failsWith: 'font missing' }] });
  const floor = await PlatformFloor.open({ clock, connections: [toCustomersCanvas(canvas, 'cc', { pollSeconds: 5 })] });
  const failed = await floor.until('failed', async () =>
    (await floor.jobs()).find(({ state, problem }) => state === 'failed' && problem?.includes('font')),
  );
  await floor.station.handlers.jobs.command({ job: failed.id, command: 'resume' }, { by: 'AB' });
  await floor.pass(180);
  expect((await floor.order('cc:5002')).stage).toBe('printReady');
});

test('an order that the shop tells of when its projects are ready has its files at once', async () => {
  const clock = createFakeClock();
  await using canvas = await createCustomersCanvasSandbox({ nowMs: () => clock.nowMs() });
  const floor = await PlatformFloor.open({
    clock,
    connections: [toCustomersCanvas(canvas, 'cc', { pollSeconds: 60 })],
  });
  await floor.pass(3);
  canvas.place({ orderId: '5001' });
  await canvas.postShopifyOrder('5001', {
    to: `${floor.intakeUrl}/in/cc/orders`,
    shopSecret: 'shopify-secret-of-the-shop',
  });
  const beforeMs = clock.nowMs();
  await floor.until('files', async () => (await floor.order('cc:5001')).stage === 'printReady');
  expect((clock.nowMs() - beforeMs) / 1000).toBeLessThan(30);
});
