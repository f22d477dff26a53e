import { access, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OrderView } from '../../../main/contract/orders.ts';
import { createStation } from '../../../main/core/station.ts';
import { openPractice, type Practice } from '../../../main/training/practice.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { until } from '../../support/scenario-until.ts';
import { makeTemporaryFolder } from '../../support/temporary-folder.ts';

const caller = { by: 'screen' };
const clock = createFakeClock();
const turning = { turning: clock };

let folder: string;
let removeFolder: () => Promise<void>;
let practice: Practice;

beforeAll(async () => {
  const temporary = await makeTemporaryFolder();
  removeFolder = temporary.remove;
  folder = join(temporary.path, 'training');
  // What a crash left behind.
  await mkdir(join(folder, 'hot-folder', 'old'), { recursive: true });
  practice = await openPractice({ createStation, folder, host: 'browser', version: '1', clock });
});
afterAll(async () => {
  await practice?.close();
  await removeFolder();
});

test('nobody can connect it to a real platform, folder or setting', async () => {
  const { handlers } = practice.station;
  const refused = { code: 'unavailable', message: 'this stays as it is in training' };
  const calls = [
    handlers.connections.save({ id: 'cp', platform: 'cloudprinter', settings: {}, secrets: {} }, caller),
    handlers.hotFolders.remove({ id: 'practice-rip' }, caller),
    handlers.hotFolders.check({ path: '/', preset: 'plain', outcome: { accepted: [], failed: [] } }, caller),
    handlers.station.backup({ path: '/tmp/platen.db' }, caller),
  ];
  for (const call of calls) await expect(call).rejects.toMatchObject(refused);
  expect((await handlers.hotFolders.list({}, caller)).hotFolders).toMatchObject([{ id: 'practice-rip' }]);
});

test('orders come in by themselves, one is made and shipped as a real one, and then all of it is gone', async () => {
  const { handlers } = practice.station;
  const ordersNow = async (): Promise<readonly OrderView[]> => {
    const { orders } = await handlers.orders.listDetailed(
      { offset: 0, limit: 100, problemsOnly: false, openOnly: false },
      caller,
    );
    return orders as readonly OrderView[];
  };
  const orderNow = async (titles: string): Promise<OrderView | undefined> =>
    (await ordersNow()).find((order) => order.titles.includes(titles));

  await until('five orders', async () => (await ordersNow()).length === 5, turning);
  const poster = await until(
    'the poster is print-ready',
    async () => {
      const order = await orderNow('Lighthouse');
      return order?.stage === 'printReady' ? order : null;
    },
    turning,
  );
  const item = poster.items[0]?.id ?? 0;
  expect(poster.items[0]?.files[0]).toMatchObject({ state: 'ready', verification: 'size+md5' });
  expect((await ordersNow()).map(({ customer }) => customer).every((name) => name.startsWith('Training: '))).toBe(true);

  await handlers.hotFolders.release({ item, hotFolder: 'practice-rip', again: false, anyway: false }, caller);
  await until('the RIP has it', async () => (await orderNow('Lighthouse'))?.stage === 'pickedUp', turning);
  await handlers.items.signal({ item, signal: { kind: 'shipped', tracking: '1ZTEST' } }, caller);
  await until(
    'the platform knows',
    async () => {
      const signals = (await orderNow('Lighthouse'))?.items[0]?.signals ?? [];
      return signals.length > 1 && signals.every(({ state }) => state === 'sent');
    },
    turning,
  );

  const flyer = await orderNow('Harvest market');
  expect(flyer).toMatchObject({ problemCount: 1 });
  await handlers.files.retry({ file: flyer?.items[0]?.files[0]?.id ?? 0 }, caller);
  await until('the late file came', async () => (await orderNow('Harvest market'))?.stage === 'printReady', turning);

  await practice.close();
  await expect(access(folder)).rejects.toMatchObject({ code: 'ENOENT' });
});
