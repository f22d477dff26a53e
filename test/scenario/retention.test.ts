import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { type Clock, systemClock } from '../../main/core/ports/clock.ts';
import { makeOrder } from '../../main/training/orders/make-order.ts';
import { valuesOf } from '../support/scenario-database.ts';
import { startRip } from '../support/scenario-rip.ts';
import { openShop } from '../support/scenario-shop.ts';
import { startStation } from '../support/scenario-station.ts';
import { until } from '../support/scenario-until.ts';
import { filesOfOrder, itemRefOf, orderOf, untilOrder } from '../support/scenario-views.ts';

const dayMs = 86_400_000;

/** The same machine, so much later. */
const clockAhead = (aheadMs: number): Clock => ({
  nowMs: () => systemClock.nowMs() + aheadMs,
  elapsedMs: () => systemClock.elapsedMs() + aheadMs,
  at: (atMs, task) => systemClock.at(atMs - aheadMs, task),
});

test('Files and personal data are deleted N days after shipped, with a log of it; unshipped work stays', {
  timeout: 120_000,
}, async () => {
  const shop = await openShop();
  const rip = await startRip(shop.hotFolder);
  const [shipped, open] = [1, 2].map((number) =>
    makeOrder({ number, items: [{ product: 'poster', exactBytes: 60_000 }] }),
  );
  if (shipped === undefined || open === undefined) throw new Error('no orders');
  const first = await startStation(shop);
  for (const order of [shipped, open]) await shop.sandbox.post(order, { to: first.intakeUrl });
  for (const order of [shipped, open]) {
    await untilOrder(first.client, order, 'is at the RIP', ({ stage }) => stage === 'pickedUp');
  }
  const item = itemRefOf(shipped, 1);
  await first.client.items.signal({ item, signal: { kind: 'shipped', tracking: '1Z999' } });
  await until(
    'every signal is sent',
    () => valuesOf(shop.dataFolder, `SELECT id FROM outbox WHERE state <> 'sent'`).length === 0,
  );
  const [before] = filesOfOrder(await orderOf(first.client, shipped));
  expect(before).toMatchObject({ state: 'ready', deletedAt: null });
  await first.stop();

  const second = await startStation(shop, { clock: clockAhead(31 * dayMs) });
  const gone = await untilOrder(second.client, shipped, 'says nothing of persons', ({ customer }) => customer === '');
  expect(gone).toMatchObject({ stage: 'shipped', delivery: null, reference: '', titles: '' });
  expect(filesOfOrder(gone)).toMatchObject([{ path: null, deletedAt: expect.any(String), sha256: before?.sha256 }]);
  const kept = filesOfOrder(await orderOf(second.client, open));
  expect(kept).toMatchObject([{ state: 'ready', deletedAt: null }]);
  const lying = (await readdir(shop.filesFolder, { recursive: true })).filter((name) => name.endsWith('.pdf'));
  expect(lying).toEqual([expect.stringContaining(open.id)]);
  expect(valuesOf(shop.dataFolder, 'SELECT what FROM deletions ORDER BY id')).toEqual(['files', 'personal']);
  await rip.stop();
});
