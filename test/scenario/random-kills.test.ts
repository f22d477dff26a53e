import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Client } from '../../main/contract/contract.ts';
import { makeOrder } from '../../main/training/orders/make-order.ts';
import { type CloudprinterOrder, filesOf } from '../../main/training/orders/order.ts';
import { type SeededRandom, seededRandom } from '../../main/training/random/seeded-random.ts';
import type { CloudprinterSandbox } from '../sandbox/cloudprinter/sandbox.ts';
import { integrityOf } from '../support/scenario-database.ts';
import { postDocument } from '../support/scenario-post.ts';
import { spawnStation, startStationProcess } from '../support/scenario-process.ts';
import { startRip } from '../support/scenario-rip.ts';
import { openShop } from '../support/scenario-shop.ts';
import { until } from '../support/scenario-until.ts';
import { everyOrder, filesOfOrder, settleDoubts } from '../support/scenario-views.ts';

const kills = 8;
const ordersARound = 2;
/** Every so many kills comes while the station is still starting. */
const earlyKillEvery = 4;
const seed = 20_260_302;

/** Orders of all sizes, some of whose files come slowly or damaged at first. */
const ordersOf = (random: SeededRandom): readonly CloudprinterOrder[] =>
  Array.from({ length: kills * ordersARound }, (_, index) =>
    makeOrder({
      number: index + 1,
      items: Array.from({ length: 1 + random.below(2) }, () => ({
        product: random.pick(['book', 'poster', 'flyer']),
        exactBytes: 60_000 + random.below(400_000),
      })),
    }),
  );

/** The floor works on what it sees, and does not mind that the station may be gone the next moment. */
const workOnSome = async (client: Client, random: SeededRandom): Promise<void> => {
  const { orders } = await client.orders.listDetailed({ openOnly: true });
  for (const { id, stage, reached } of orders.flatMap((order) => order.items)) {
    if (stage !== 'pickedUp' && reached.produced === undefined) continue;
    if (random.next() < 0.5) continue;
    const signal =
      reached.produced === undefined
        ? ({ kind: 'produced' } as const)
        : ({ kind: 'shipped', tracking: `1Z-${id}` } as const);
    await client.items.signal({ item: id, signal });
  }
};

/** What the platform took for an item, without the repeats that a kill may cause. */
const toldOf = (sandbox: CloudprinterSandbox, item: string): readonly string[] =>
  sandbox.acceptedTypes(item).filter((type, index, all) => type !== all[index - 1]);

test('8 random kills in one run: every order once, every hash right, every signal in order, each hand-over once or asked about', {
  timeout: 300_000,
}, async () => {
  const shop = await openShop();
  const { sandbox } = shop;
  const random = seededRandom(seed);
  const rip = await startRip(shop.hotFolder);
  const orders = ordersOf(random);
  for (const order of orders) await sandbox.publish(order);
  sandbox.fileKnobs.set({ fault: { kind: 'slow', bytesPerSecond: 2_000_000 }, chance: 0.5 });
  sandbox.fileKnobs.set({ fault: { kind: 'badMd5' }, times: 2, chance: 0.1 });
  sandbox.signalKnobs.set({ fault: { kind: 'delay', delayMs: 60 }, chance: 0.5 });
  const unanswered: CloudprinterOrder[] = [];
  let doubts = 0;

  for (let kill = 0; kill < kills; kill += 1) {
    const inRound = orders.slice(kill * ordersARound, (kill + 1) * ordersARound);
    if (kill % earlyKillEvery === earlyKillEvery - 1) {
      const starting = spawnStation(shop);
      await delay(300 + random.below(900));
      await starting.kill();
      unanswered.push(...inRound);
      continue;
    }
    const station = await startStationProcess(shop);
    const killAfterMs = random.below(500);
    const working = Promise.all([
      ...inRound.map(async (order) => {
        const { status } = await postDocument(station.intakeUrl, await sandbox.document(order));
        if (status !== 200) unanswered.push(order);
      }),
      workOnSome(station.client, random).catch(() => undefined),
    ]);
    await delay(killAfterMs);
    await station.kill();
    await working;
  }
  expect(unanswered.length).toBeLessThan(orders.length);

  // The platform sends again what was not answered; then everything goes its way to the end.
  const station = await startStationProcess(shop);
  const { client } = station;
  for (const order of unanswered) {
    expect(await postDocument(station.intakeUrl, await sandbox.document(order))).toMatchObject({ status: 200 });
  }
  const fileCount = orders.flatMap(filesOf).length;
  const handedOver = await until(
    'every file is at the RIP',
    async () => {
      doubts += await settleDoubts(client, rip);
      const all = await everyOrder(client);
      const states = all.flatMap((order) => order.items).flatMap((item) => item.handovers.map(({ state }) => state));
      return states.length === fileCount && states.every((state) => state === 'pickedUp') ? all : null;
    },
    { withinMs: 90_000, everyMs: 100 },
  );
  for (const { id, reached } of handedOver.flatMap((order) => order.items)) {
    if (reached.produced === undefined) await client.items.signal({ item: id, signal: { kind: 'produced' } });
    if (reached.shipped === undefined) {
      await client.items.signal({ item: id, signal: { kind: 'shipped', tracking: `1Z-${id}` } });
    }
  }
  await until('nothing is left to send', async () => {
    const { countByState } = await client.outbox.list({});
    return Object.entries(countByState).every(([state, count]) => count === 0 || state === 'sent');
  });

  const audited = await everyOrder(client);
  expect(audited.map(({ externalId }) => externalId).toSorted()).toEqual(orders.map(({ id }) => id).toSorted());
  expect(audited.every(({ stage, problemCount }) => stage === 'shipped' && problemCount === 0)).toBe(true);
  const names = audited.flatMap(filesOfOrder).map(({ name }) => name);
  expect(new Set(names).size).toBe(fileCount);
  expect(rip.taken.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
  const md5Sent = orders.flatMap(filesOf).map(({ path }) => sandbox.shelf.get(path)?.md5 ?? '');
  const md5Taken = await Promise.all(rip.taken.map((taken) => rip.md5Of(taken)));
  expect(md5Taken.toSorted()).toEqual(md5Sent.toSorted());
  expect(audited.flatMap(filesOfOrder).every(({ md5, expectedMd5 }) => md5 === expectedMd5)).toBe(true);

  const items = orders.flatMap((order) => order.items);
  for (const { id } of items) expect(toldOf(sandbox, id)).toEqual(['ItemRegistered', 'ItemProduced', 'ItemShipped']);
  // Said twice is only what a kill cut off: at most what was under way at each.
  const repeats = items.flatMap(({ id }) => sandbox.acceptedTypes(id)).length - items.length * 3;
  expect(repeats).toBeLessThanOrEqual(kills * 16);
  expect(doubts).toBeLessThanOrEqual(kills);
  await station.stop();
  expect(integrityOf(shop.dataFolder)).toBe('ok');
});
