import { expect, test } from 'vitest';
import type { OrderView } from '../../main/contract/orders.ts';
import { makeOrder } from '../../main/training/orders/make-order.ts';
import { createPrintApiSandbox } from '../sandbox/printapi/sandbox.ts';
import { createPrintessSandbox } from '../sandbox/printess/sandbox.ts';
import { PlatformFloor } from '../support/platform-floor.ts';
import { toPrintApi, toPrintess } from '../support/sandbox-connections.ts';
import { openShop } from '../support/scenario-shop.ts';
import { startStation } from '../support/scenario-station.ts';
import { until } from '../support/scenario-until.ts';
import { itemRefOf, untilOrder } from '../support/scenario-views.ts';
import { createSettableClock } from '../support/settable-clock.ts';

const dayMs = 86_400_000;
const minuteMs = 60_000;

test('What was said while the clock was a day ahead is sent within minutes once it is right again, also after a restart', async () => {
  const shop = await openShop({ config: { signals: { undoSeconds: 15 } } });
  const { sandbox } = shop;
  const clock = createSettableClock();
  const turning = { turning: clock, stepMs: 2_000 };
  const first = await startStation(shop, { clock });
  const order = makeOrder({ number: 1, items: [{ product: 'poster' }, { product: 'flyer' }] });
  await sandbox.post(order, { to: first.intakeUrl });
  const isRegistered = ({ items }: OrderView): boolean =>
    items.every(({ reached }) => reached.registered !== undefined);
  await untilOrder(first.client, order, 'is registered', isRegistered, turning);
  const told = (position: number): readonly string[] => sandbox.acceptedTypes(order.items[position - 1]?.id ?? '');
  const shipAhead = async (client: typeof first.client, position: number): Promise<number> => {
    clock.setAhead(dayMs);
    const signal = { kind: 'shipped', tracking: `1Z-${position}` } as const;
    await client.items.signal({ item: itemRefOf(order, position), signal });
    clock.setAhead(0);
    expect(told(position)).not.toContain('ItemShipped');
    return clock.nowMs();
  };

  const setBackAtMs = await shipAhead(first.client, 1);
  await until('it is told while the station runs', () => told(1).includes('ItemShipped'), turning);
  expect(clock.nowMs() - setBackAtMs).toBeLessThan(3 * minuteMs);

  await shipAhead(first.client, 2);
  await first.stop();
  const startedAtMs = clock.nowMs();
  await startStation(shop, { clock });
  await until('it is told after a restart', () => told(2).includes('ItemShipped'), turning);
  expect(clock.nowMs() - startedAtMs).toBeLessThan(3 * minuteMs);
  expect([told(1), told(2)]).toEqual([
    ['ItemRegistered', 'ItemShipped'],
    ['ItemRegistered', 'ItemShipped'],
  ]);
});

test('A platform that was away while the clock was a day ahead is asked again within minutes once it is right', async () => {
  const clock = createSettableClock();
  await using sandbox = await createPrintApiSandbox({ nowMs: () => clock.real.nowMs(), webhooks: 'lose' });
  const floor = await PlatformFloor.open({ clock, connections: [toPrintApi(sandbox)] });
  const pass = async (): Promise<void> => {
    await clock.advance(5_000);
    await floor.settle();
  };
  clock.setAhead(dayMs);
  await sandbox.goOffline();
  for (let step = 0; step < 40; step += 1) await pass();
  expect(await floor.connection('pa')).toMatchObject({ state: 'waiting' });
  clock.setAhead(0);
  await sandbox.goOnline();
  await sandbox.place({ id: 'PA-1', items: [{ productId: 'poster', quantity: 1 }] });
  const setBackAtMs = clock.nowMs();
  await until('the order is here', async () => {
    await pass();
    return (await floor.orders()).some(({ items }) => items.length === 1);
  });
  expect(clock.nowMs() - setBackAtMs).toBeLessThan(3 * minuteMs);
  expect(await floor.connection('pa')).toMatchObject({ state: 'open' });
  await floor.stop();
});

test('A produce that a clock asked for that was a day ahead, and whose answer was lost, is found and never made twice', async () => {
  const clock = createSettableClock();
  await using sandbox = await createPrintessSandbox({ nowMs: () => clock.real.nowMs(), renderMs: 20_000 });
  const floor = await PlatformFloor.open({ clock, connections: [toPrintess(sandbox)] });
  sandbox.callKnobs.set({ match: { endpoint: '/production/produce' }, times: 1, fault: { kind: 'answerLost' } });
  clock.setAhead(dayMs);
  await floor.produce('px', [{ template: 'st:CARD', order: 'SO-1' }]);
  await until('its answer is lost', async () => (await floor.outbox())[0]?.state === 'maybe');
  clock.setAhead(0);
  await until('it is known', async () => {
    await clock.advance(5_000);
    await floor.settle();
    return (await floor.outbox())[0]?.state === 'sent';
  });
  expect(sandbox.jobs()).toHaveLength(1);
  expect((await floor.jobs()).map(({ externalId }) => externalId)).toEqual(sandbox.jobs().map(({ jobId }) => jobId));
  await floor.stop();
});
