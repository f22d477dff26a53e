import { expect, test } from 'vitest';
import { createCustomersCanvasSandbox } from '../../sandbox/customerscanvas/sandbox.ts';
import { createPrintApiSandbox } from '../../sandbox/printapi/sandbox.ts';
import { createPrintessSandbox } from '../../sandbox/printess/sandbox.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { PlatformFloor } from '../../support/platform-floor.ts';
import { toCustomersCanvas, toPrintApi, toPrintess } from '../../support/sandbox-connections.ts';

const hourMs = 3_600_000;
const pollSeconds = 60;

test('after 62 hours off, with every callback lost, everything is here within one cycle of each poll', async () => {
  const clock = createFakeClock();
  const nowMs = (): number => clock.nowMs();
  await using printess = await createPrintessSandbox({ nowMs, renderMs: hourMs, behaviour: { callbacks: 'lose' } });
  await using printApi = await createPrintApiSandbox({ nowMs, webhooks: 'lose' });
  await using canvas = await createCustomersCanvasSandbox({ nowMs, pipelineMs: hourMs });
  const floor = await PlatformFloor.open({
    clock,
    connections: [toPrintess(printess), toPrintApi(printApi), toCustomersCanvas(canvas)],
  });

  await floor.produce('px', [{ template: 'st:CARD', order: 'SO-1' }]);
  await printApi.place({ id: 'PA-1', items: [{ productId: 'poster_a3_sta', quantity: 1 }] });
  canvas.place({ orderId: '7001', projects: [{ name: 'Card' }] });
  await floor.until(
    'all three are followed',
    async () => (await floor.jobs()).filter((job) => job.externalId !== null).length === 3,
  );
  await floor.stop();

  // While nobody looks: what was open ends, and new work comes and ends as well.
  await clock.advance(10 * hourMs);
  printess.startOrder({ origin: 'WC shop', externalOrderId: 'SO-2', lines: [{ templateName: 'st:BOOK' }] });
  await printApi.place({ id: 'PA-2', items: [{ productId: 'poster_a3_sta', quantity: 1 }] });
  canvas.place({ orderId: '7002', projects: [{ name: 'Flyer' }] });
  await clock.advance(20 * hourMs);
  await printApi.setStatus('PA-1', 'Shipped', { trackingUrl: 'https://carrier.example/t/1' });
  await printApi.setStatus('PA-2', 'Processing');
  await clock.advance(32 * hourMs);

  const before = clock.nowMs();
  await floor.start();
  await floor.until('everything is here', async () => {
    const orders = await floor.orders();
    const ready = orders.filter((order) => order.lane === 'own' && order.stage === 'printReady');
    const shipped = orders.find((order) => order.externalId === 'PA-1')?.stage === 'shipped';
    const working = orders.find((order) => order.externalId === 'PA-2')?.jobs[0]?.state === 'working';
    return ready.length === 4 && shipped && working;
  });
  expect(clock.nowMs() - before).toBeLessThanOrEqual(pollSeconds * 1000);

  const { station } = await floor.station.handlers.station.get({}, { by: 'AB' });
  expect(station.startReport?.offSeconds).toBe(62 * 3600);
  expect(station.startReport?.connections).toEqual([
    expect.objectContaining({ connection: 'cc', there: 2, here: 2, missing: 1, ended: 1, callbacks: 'none' }),
    expect.objectContaining({ connection: 'pa', there: 2, here: 2, missing: 1, callbacks: 'probablyLost' }),
    expect.objectContaining({ connection: 'px', there: 2, here: 2, missing: 1, ended: 1, callbacks: 'probablyLost' }),
  ]);
});
