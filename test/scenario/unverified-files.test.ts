import { readdir } from 'node:fs/promises';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { makeOrder } from '../../main/training/orders/make-order.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { watchFolder } from '../support/scenario-rip.ts';
import { openShop } from '../support/scenario-shop.ts';
import { startStation } from '../support/scenario-station.ts';
import { filesOfOrder, untilOrder } from '../support/scenario-views.ts';

const seenUnder = (names: ReadonlySet<string>): readonly string[] => [...names].map((name) => basename(name));

test('A file that fails its MD5 never appears under its final name, in the files folder or a hot folder', async () => {
  const shop = await openShop();
  const { sandbox } = shop;
  const clock = createFakeClock();
  const inFiles = await watchFolder(shop.filesFolder);
  const inHotFolder = await watchFolder(shop.hotFolder);
  const { client, intakeUrl } = await startStation(shop, { clock });
  const bad = sandbox.fileKnobs.set({ match: { role: 'book' }, fault: { kind: 'badMd5' } });
  const order = makeOrder({ number: 1, items: [{ product: 'book', exactBytes: 600_000 }, { product: 'poster' }] });
  await sandbox.post(order, { to: intakeUrl });

  const failed = await untilOrder(
    client,
    order,
    'has a problem and the rest is handed over',
    (view) =>
      filesOfOrder(view).some(({ state }) => state === 'problem') &&
      view.items.flatMap(({ handovers }) => handovers).filter(({ state }) => state === 'sent').length === 2,
    { turning: clock },
  );
  const files = filesOfOrder(failed);
  const block = files.find(({ role }) => role === 'bookBlock');
  const good = files.filter(({ role }) => role !== 'bookBlock').map(({ name }) => name);
  expect(block).toMatchObject({ state: 'problem', path: null, attempts: 4 });
  // It says both values, as the operator needs them to complain.
  expect(block?.problem).toContain(block?.expectedMd5);
  expect(block?.problem).toContain(block?.md5);
  expect(block?.md5).not.toBe(block?.expectedMd5);
  expect(bad.strikes).toBe(4);

  // Watched all the time; the good files show that the watch sees what appears.
  for (const watched of [inFiles, inHotFolder]) {
    expect(seenUnder(watched.names)).toEqual(expect.arrayContaining([...good]));
    expect(seenUnder(watched.names)).not.toContain(block?.name);
  }
  expect((await readdir(shop.hotFolder)).toSorted()).toEqual(good.toSorted());
  await expect(client.hotFolders.release({ item: failed.items[0]?.id ?? 0, hotFolder: 'press' })).rejects.toThrow(
    /not ready yet|handed over already/u,
  );

  // The same file, sent as it should be, appears in both.
  bad.remove();
  await client.files.retry({ file: block?.id ?? 0 });
  await untilOrder(
    client,
    order,
    'is whole',
    (view) => view.items.flatMap(({ handovers }) => handovers).filter(({ state }) => state === 'sent').length === 3,
    { turning: clock },
  );
  expect(seenUnder(await inFiles.stop())).toContain(block?.name);
  expect(seenUnder(await inHotFolder.stop())).toContain(block?.name);
});
