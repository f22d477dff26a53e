import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { stampOf } from '../../main/core/recovery/rolling-name.ts';
import { lookAtDatabase } from '../../main/core/store/look-at-database.ts';
import { makeOrder } from '../../main/training/orders/make-order.ts';
import type { CloudprinterOrder } from '../../main/training/orders/order.ts';
import { seededRandom } from '../../main/training/random/seeded-random.ts';
import { integrityOf } from '../support/scenario-database.ts';
import { type StationProcess, spawnStation, startStationProcess } from '../support/scenario-process.ts';
import { startRip } from '../support/scenario-rip.ts';
import { openShop, type Shop } from '../support/scenario-shop.ts';
import { everyOrder, filesOfOrder, itemRefOf, untilOrder } from '../support/scenario-views.ts';
import { compileCache, stationProgram } from '../support/station-program.ts';

const timeout = 240_000;

const order = (number: number): CloudprinterOrder =>
  makeOrder({ number, items: [{ product: 'poster', exactBytes: 60_000 }] });

const makeOrders = async (shop: Shop, station: StationProcess, numbers: readonly number[]): Promise<void> => {
  for (const number of numbers) await shop.sandbox.post(order(number), { to: station.intakeUrl });
  for (const number of numbers) {
    await untilOrder(station.client, order(number), 'is at the RIP', ({ stage }) => stage === 'pickedUp');
  }
};

/** A backup of this moment, under the name of a rolling one. */
const backUp = async ({ dataFolder }: Shop, { client }: StationProcess): Promise<void> => {
  // The one of the start is a second old at least.
  await delay(1100);
  await client.station.backup({ path: join(dataFolder, 'backups', `platen-${stampOf(Date.now())}.db`) });
};

const overwrite = async (path: string, bytes: Buffer, from: number): Promise<void> => {
  const file = await open(path, 'r+');
  await file.write(bytes, 0, bytes.length, from);
  await file.close();
};

const garbage = (seed: number, length: number): Buffer => {
  const random = seededRandom(seed);
  return Buffer.from(Array.from({ length }, () => random.below(256)));
};

const damages: readonly (readonly [string, boolean, (shop: Shop) => Promise<void>])[] = [
  [
    'flipped bytes in pages of a station that was stopped',
    true,
    async ({ dataFolder }) => {
      const path = join(dataFolder, 'platen.db');
      const random = seededRandom(11);
      const pages = Math.floor((await stat(path)).size / 4096);
      while ((await lookAtDatabase(path)).kind === 'good') {
        await overwrite(path, garbage(random.below(1000), 300), (2 + random.below(pages - 2)) * 4096);
      }
    },
  ],
  [
    'garbage over the header and the log of a station that was killed',
    false,
    async ({ dataFolder }) => {
      await overwrite(join(dataFolder, 'platen.db'), garbage(5, 8192), 0);
      await overwrite(join(dataFolder, 'platen.db-wal'), garbage(6, 8192), 0);
    },
  ],
];

test.each(damages)(
  'A corrupted database, by %s: the newest good backup is restored, every order the platform knows is there or reported, and no file goes to the RIP twice',
  {
    timeout,
  },
  async (_how, stoppedFirst, damage) => {
    const shop = await openShop();
    const rip = await startRip(shop.hotFolder);
    const first = await startStationProcess(shop);
    await makeOrders(shop, first, [1, 2]);
    await backUp(shop, first);
    await makeOrders(shop, first, [3, 4]);
    await (stoppedFirst ? first.stop() : first.kill());
    await damage(shop);

    // Neither a kill while it is restored nor one while it is settled changes what comes of it.
    for (const afterMs of [250, 400, 550]) {
      const killed = spawnStation(shop);
      await delay(afterMs);
      await killed.kill();
    }
    const second = await startStationProcess(shop);
    const { station } = await second.client.station.get({});
    expect(station.notices.map(({ text }) => text)).toContainEqual(
      expect.stringMatching(
        /restored from platen-[\d-]+\.db .*what came later and is not here, a platform must send again$/,
      ),
    );
    const recovered = station.startReport?.recovered;
    const here = (await everyOrder(second.client)).map(({ externalId }) => `cp:${externalId}`);
    const known = new Set([...here, ...(recovered?.missing ?? [])]);
    for (const number of [1, 2, 3, 4]) expect(known).toContain(`cp:${order(number).id}`);

    // The platform posts the missing ones again, and a new one: the station works on.
    for (const number of [3, 4, 5]) await shop.sandbox.post(order(number), { to: second.intakeUrl });
    await untilOrder(second.client, order(5), 'is at the RIP', ({ stage }) => stage === 'pickedUp');
    // What came again may have been printed: a person looks first.
    for (const number of [3, 4]) {
      const { items } = await untilOrder(
        second.client,
        order(number),
        'is held, its file ready',
        (found) => found.held && filesOfOrder(found).every(({ state }) => state === 'ready'),
      );
      expect(items[0]?.held?.note).toContain('look whether this was printed since');
    }
    const names = rip.taken.map(({ name }) => name);
    expect(names.toSorted()).toEqual([...new Set(names)].toSorted());
    expect((await everyOrder(second.client)).map(({ externalId }) => externalId).toSorted()).toEqual(
      [1, 2, 3, 4, 5].map((number) => order(number).id).toSorted(),
    );
    await second.client.items.resume({ item: itemRefOf(order(3), 1) });
    await untilOrder(second.client, order(3), 'is at the RIP once more', ({ stage }) => stage === 'pickedUp');
    await second.stop();
    expect(integrityOf(shop.dataFolder)).toBe('ok');
  },
);

const spawnPlaten = (args: readonly string[]): { readonly child: ChildProcess; readonly closed: Promise<unknown> } => {
  const child = spawn(process.execPath, [stationProgram, ...args], {
    stdio: 'ignore',
    env: { ...process.env, NODE_COMPILE_CACHE: compileCache },
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return { child, closed: once(child, 'close') };
};

const sounds = async (folder: string): Promise<readonly string[]> =>
  Promise.all(
    (await readdir(folder))
      .filter((name) => name.endsWith('.db'))
      .map(async (name) => (await lookAtDatabase(join(folder, name))).kind),
  );

test('A kill in the middle of a backup or a restore leaves good backups only, and the old database or the new one', {
  timeout,
}, async () => {
  const shop = await openShop();
  await startRip(shop.hotFolder);
  const { dataFolder } = shop;
  const backups = join(dataFolder, 'backups');
  const station = await startStationProcess(shop);
  await makeOrders(shop, station, [1]);
  await backUp(shop, station);
  await makeOrders(shop, station, [2]);
  const copying = station.client.station.backup({ path: join(backups, 'asked-for.db') }).catch(() => null);
  await delay(5);
  await station.kill();
  await copying;
  expect(new Set(await sounds(backups))).toEqual(new Set(['good']));

  const startedAt = Date.now();
  await spawnPlaten(['restore', '--newest', '--data', dataFolder]).closed;
  const wholeMs = Date.now() - startedAt;
  expect(await lookAtDatabase(join(dataFolder, 'platen.db'))).toMatchObject({ kind: 'good', orders: 1 });
  let setAside = (await readdir(join(dataFolder, 'set-aside'))).length;
  for (const part of [0.35, 0.5, 0.6, 0.7, 0.8, 0.9]) {
    const { child, closed } = spawnPlaten(['restore', '--newest', '--data', dataFolder]);
    await delay(wholeMs * part);
    child.kill('SIGKILL');
    await closed;
    // Between moving away and putting in place there is no database; what is moved away is all there.
    const aside = await readdir(join(dataFolder, 'set-aside'));
    expect(aside.length).toBeGreaterThanOrEqual(setAside);
    setAside = aside.length;
  }
  const after = await startStationProcess(shop);
  expect((await everyOrder(after.client)).map(({ externalId }) => externalId)).toContain(order(1).id);
  await after.stop();
  expect(integrityOf(dataFolder)).toBe('ok');
  expect(await readdir(dataFolder)).not.toContain('restoring');
  expect((await readdir(backups)).filter((name) => name.startsWith('platen-') && !name.endsWith('.db'))).toEqual([]);
});
