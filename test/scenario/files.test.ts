import { expect, test } from 'vitest';
import type { Client } from '../../main/contract/contract.ts';
import { makeOrder } from '../../main/training/orders/make-order.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { openShop } from '../support/scenario-shop.ts';
import { startStation } from '../support/scenario-station.ts';
import { until } from '../support/scenario-until.ts';
import { filesOfOrder, orderOf, untilOrder } from '../support/scenario-views.ts';

const minuteMs = 60_000;

const changeFileSettings = async (client: Client, files: Readonly<Record<string, number>>): Promise<void> => {
  const { settings } = await client.station.settings({});
  await client.station.saveSettings({ settings: { ...settings, files: { ...settings.files, ...files } } });
};

test('A 403 on files waits with "check the download addresses (ACL) at Cloudprinter", and recovers when it is lifted', async () => {
  const shop = await openShop();
  const { sandbox } = shop;
  const clock = createFakeClock();
  const { client, intakeUrl } = await startStation(shop, { clock });
  const acl = sandbox.fileKnobs.set({ fault: { kind: 'status', status: 403, message: 'not from this address' } });
  const orders = [1, 2].map((number) => makeOrder({ number, items: [{ product: 'book' }] }));
  for (const order of orders) await sandbox.post(order, { to: intakeUrl });
  const [first, second] = orders;
  const advice = /check the download addresses \(ACL\) at Cloudprinter/u;
  await until('files wait with advice', async () => {
    const { files } = await client.files.list({ states: ['waiting'] });
    return files.length > 0 && files.every(({ problem }) => advice.test(problem ?? ''));
  });
  // A working day of it: rare probes, one alarm, and nothing that failed.
  for (let passedMs = 0; passedMs < 8 * 60 * minuteMs; passedMs += minuteMs) await clock.advance(minuteMs);
  await until('nothing is being fetched', async () => (await client.files.list({ states: ['fetching'] })).total === 0);
  const { station } = await client.station.get({});
  expect(station.counts).toMatchObject({ problemFiles: 0, problemOrders: 0, unfinishedFiles: 4 });
  const alarms = station.notices.filter(({ code }) => code === 'channelAlarm');
  expect(alarms).toHaveLength(1);
  expect(alarms[0]?.text).toMatch(advice);
  // All at once at first, then one more file as a second opinion, then one probe every quarter of an hour or more.
  expect(acl.strikes).toBeLessThanOrEqual(4 + 1 + 4 * 8);
  for (const order of orders) {
    expect((await orderOf(client, order)).items[0]?.reached.registered).toBeDefined();
  }

  acl.remove();
  const turning = { turning: clock, stepMs: minuteMs };
  for (const order of [first, second]) {
    if (order !== undefined) await untilOrder(client, order, 'is ready', ({ filesReady }) => filesReady === 2, turning);
  }
  await until('the alarm is over', async () =>
    (await client.station.get({})).station.notices.every(({ code }) => code !== 'channelAlarm'),
  );
  expect((await client.connections.list({})).connections[0]).toMatchObject({ state: 'open', problem: null });
});

test('With less room than the minimum nothing is fetched and one alarm says so; with room again the files come', async () => {
  const shop = await openShop();
  const { sandbox } = shop;
  const clock = createFakeClock();
  const turning = { turning: clock };
  const { client, intakeUrl } = await startStation(shop, { clock });
  const { diskFreeBytes } = (await client.station.get({})).station;
  expect(diskFreeBytes).toBeGreaterThan(0);
  await changeFileSettings(client, { minimumFreeBytes: (diskFreeBytes ?? 0) * 2 });
  const order = makeOrder({ number: 1, items: [{ product: 'book' }] });
  expect((await sandbox.post(order, { to: intakeUrl })).answer).toMatchObject({ status: 200 });
  const full = await untilOrder(client, order, 'waits for room', (view) =>
    filesOfOrder(view).every(({ state }) => state === 'waiting'),
  );
  expect(filesOfOrder(full).every(({ problem }) => /^the disk is full: \d+ bytes free/u.test(problem ?? ''))).toBe(
    true,
  );
  for (let look = 0; look < 20; look += 1) await clock.advance(minuteMs);
  const fullNotices = (await client.station.get({})).station.notices.filter(({ code }) => code === 'diskFull');
  expect(fullNotices).toHaveLength(1);
  expect(fullNotices[0]).toMatchObject({ level: 'alarm' });
  expect(sandbox.ledger.ofKind('file')).toEqual([]);
  expect((await orderOf(client, order)).problemCount).toBe(0);
  // The order was taken and registered all the same: only its files wait.
  await sandbox.ledger.waitFor('signal', ({ accepted }) => accepted);

  await changeFileSettings(client, { minimumFreeBytes: 0 });
  await untilOrder(client, order, 'is ready', ({ filesReady }) => filesReady === 2, { ...turning, stepMs: 5_000 });
  expect((await client.station.get({})).station.notices.filter(({ code }) => code === 'diskFull')).toEqual([]);
  expect(sandbox.ledger.ofKind('file')).toHaveLength(2);
});

test('Transfers together take no more than the bandwidth that is allowed, plus a burst', async () => {
  const shop = await openShop();
  const { sandbox } = shop;
  const { client, intakeUrl } = await startStation(shop);
  const bytesPerSecond = 1_000_000;
  const fileBytes = 500_000;
  const orders = (first: number) =>
    Array.from({ length: 6 }, (_, index) =>
      makeOrder({ number: first + index, items: [{ product: 'poster', exactBytes: fileBytes }] }),
    );
  const timeOf = async (group: ReturnType<typeof orders>): Promise<number> => {
    for (const order of group) await sandbox.publish(order);
    const startedAtMs = performance.now();
    await Promise.all(group.map((order) => sandbox.post(order, { to: intakeUrl })));
    for (const order of group) {
      await untilOrder(client, order, 'is ready', ({ filesReady }) => filesReady === 1, { everyMs: 50 });
    }
    return performance.now() - startedAtMs;
  };
  await changeFileSettings(client, { bandwidthBytesPerSecond: bytesPerSecond });
  const cappedMs = await timeOf(orders(1));
  // 3 MB at 1 MB/s take three seconds; a third of that is allowed for what lies ready in buffers on the way.
  const leastMs = (6 * fileBytes * 1000) / bytesPerSecond;
  expect(cappedMs).toBeGreaterThan(leastMs / 3);
  expect(sandbox.ledger.ofKind('file').reduce((sum, { bytesSent }) => sum + bytesSent, 0)).toBe(6 * fileBytes);
  // The control: without the cap the same amount comes, whatever the time.
  await changeFileSettings(client, { bandwidthBytesPerSecond: 0 });
  await timeOf(orders(7));
  expect(sandbox.ledger.ofKind('file')).toHaveLength(12);
});
