import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { itemId } from '../../../main/training/orders/make-order.ts';
import type { CloudprinterOrder } from '../../../main/training/orders/order.ts';
import { accessFaults } from '../../support/screen-axe.ts';
import { longTest, patience } from '../../support/screen-page.ts';
import { freshOrder, openScreenShop, type ScreenShop } from '../../support/screen-shop.ts';

/** A channel whose platform cannot be reached waits 12 to 18 s, then 24 to 36 s, then 48 to 72 s. */
const backByItselfWithinMs = 100_000;
const ofTheOutage = freshOrder({ number: 1, items: [{ product: 'softcover' }] });

vi.setConfig(longTest);

let shop: ScreenShop;

beforeAll(async () => {
  shop = await openScreenShop();
}, 120_000);
afterAll(() => shop?.close());

/** The rows of an item's signals, the newest first. */
const rowsOf = (page: Page, order: CloudprinterOrder) =>
  page
    .getByRole('list', { name: 'Signals' })
    .getByRole('listitem')
    .filter({ hasText: itemId(order.id, 1) });
const show = (page: Page, group: RegExp): Promise<void> => page.getByRole('button', { name: group }).click();
/** The number in `#12, queued 14:02`. */
const numberIn = async (row: ReturnType<typeof rowsOf>): Promise<number> =>
  Number(/#(\d+), queued/.exec((await row.textContent()) ?? '')?.[1]);

test('while the platform is away its signals wait, with the reason, the next try and the time left', async () => {
  await shop.sandbox.goOffline();
  await shop.post(ofTheOutage);
  await using page = await shop.open('/signals');
  await show(page, /^Waiting/);
  const row = rowsOf(page, ofTheOutage);
  await row.getByText('waiting', { exact: true }).waitFor();
  await row.getByText(/refuses connections/).waitFor();
  await row.getByText(/next try in 0:\d\d/).waitFor();
  const left = row.getByText(/^1[0-4]:\d\d left$/);
  const before = await left.textContent();
  await vi.waitFor(
    async () => expect(await left.textContent(), 'the deadline comes nearer').not.toBe(before),
    patience,
  );
  await page
    .getByRole('region', { name: 'Connections' })
    .getByText(/signals: waiting, next try in/)
    .waitFor();
  await shop.sandbox.goOnline();
});

test('a signal that the platform refuses is a problem in its own words; sent again it keeps its old attempts', async () => {
  await shop.connect('first');
  const order = freshOrder({ number: 2, items: [{ product: 'poster' }] });
  const refusal = shop.sandbox.signalKnobs.set({
    match: { order: order.id },
    fault: { kind: 'status', status: 400, message: 'item is unknown to this site' },
  });
  await shop.post(order, 'first');
  await using page = await shop.open('/signals');
  const rows = rowsOf(page, order);
  await rows.getByText('problem: not accepted').waitFor();
  await rows.getByText(/item is unknown to this site/).waitFor();
  await page.getByRole('link', { name: /^Signals.*1 problem$/ }).waitFor();
  await rows.getByRole('button', { name: '1 attempt' }).click();
  const attempts = page.getByRole('dialog', { name: /^ItemRegistered of item/ });
  await attempts.getByText(/HTTP 400/).waitFor();
  await attempts.getByText(/item is unknown to this site/).waitFor();
  await attempts.getByRole('button', { name: 'Close' }).click();

  const oldNumber = await numberIn(rows);
  refusal.remove();
  await rows.getByRole('button', { name: 'Send now' }).click();
  await shop.sandbox.ledger.waitFor('signal', (signal) => signal.accepted && signal.order === order.id);
  await show(page, /^All$/);
  await rows.getByText('sent and accepted').waitFor();
  const accepted = rows.filter({ hasText: 'sent and accepted' });
  const old = rows.filter({ hasText: `#${oldNumber}, queued` });
  await old.getByText(`sent again as #${await numberIn(accepted)}`).waitFor();
  await old.getByText('replaced').waitFor();
});

test('signals that failed for one reason are one card that says what to do, and all of them are sent again at a tap', async () => {
  await shop.connect('batch');
  const orders = [11, 12, 13].map((number) => freshOrder({ number, items: [{ product: 'flyer' }] }));
  const refusals = orders.map((order) =>
    shop.sandbox.signalKnobs.set({
      match: { order: order.id },
      fault: { kind: 'status', status: 400, message: `item ${itemId(order.id, 1)} is closed for today` },
    }),
  );
  for (const order of orders) await shop.post(order, 'batch');
  await using page = await shop.open('/signals');
  await show(page, /^By cause/);
  const card = page
    .getByRole('list', { name: 'Failed signals by their cause' })
    .getByRole('listitem', { name: '3 × ItemRegistered, batch' });
  await card.getByText(/400: item … is closed for today/).waitFor();
  await card.getByText(/^What to do: Read its words\./).waitFor();
  expect(await accessFaults(page, 'every')).toEqual([]);
  await card.getByRole('button', { name: 'Show them' }).click();
  for (const order of orders) await rowsOf(page, order).getByText('problem: not accepted').waitFor();

  await show(page, /^By cause/);
  for (const refusal of refusals) refusal.remove();
  await card.getByRole('button', { name: 'Send all 3 again' }).click();
  for (const order of orders) {
    await shop.sandbox.ledger.waitFor('signal', (signal) => signal.accepted && signal.order === order.id);
  }
  await card.waitFor({ state: 'detached' });
});

test('a problem that is given up is never sent, and the history keeps the reason', async () => {
  await shop.connect('second');
  const order = freshOrder({ number: 3, items: [{ product: 'poster' }] });
  shop.sandbox.signalKnobs.set({
    match: { order: order.id, type: 'ItemRegistered' },
    fault: { kind: 'status', status: 400, message: 'this order was withdrawn' },
  });
  await shop.post(order, 'second');
  await using page = await shop.open('/signals');
  const row = rowsOf(page, order);
  await row.getByText('problem: not accepted').waitFor();
  await row.getByRole('button', { name: 'Give up…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Give ItemRegistered up' });
  await dialog.getByLabel('Reason, for the history').fill('Told by phone');
  await dialog.getByRole('button', { name: 'Give up', exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page
    .getByRole('link', { name: /^Signals/ })
    .getByText(/problem/)
    .waitFor({ state: 'detached' });
  await row.getByRole('link', { name: itemId(order.id, 1) }).click();
  const timeline = page.getByRole('region', { name: 'Timeline' });
  await timeline.getByText('ItemRegistered given up: Told by phone').waitFor();
  expect(shop.sandbox.acceptedTypes(itemId(order.id, 1))).toEqual([]);
});

test('a key that the platform refuses is one alarm, marks no signal as failed, and ends with the right key', async () => {
  await shop.connect('third', { signalKey: 'a-key-of-yesterday' });
  const orders = [4, 5, 6].map((number) => freshOrder({ number, items: [{ product: 'businessCards' }] }));
  for (const order of orders) await shop.post(order, 'third');
  await using page = await shop.open('/signals');
  const strip = page.getByRole('region', { name: 'Connections' });
  await strip.getByRole('link', { name: /^third .*refused, needs a person/ }).waitFor();
  await page.getByRole('button', { name: '1 notice' }).click();
  const notices = page.getByRole('dialog', { name: 'Notices' });
  await notices.getByText(/^third \(signals\) is stopped: /).waitFor();
  expect(await notices.getByRole('listitem').count()).toBe(1);
  await notices.getByRole('button', { name: 'Close' }).click();
  for (const order of orders) {
    await vi.waitFor(async () => expect(await rowsOf(page, order).textContent()).toMatch(/queued|waiting/), patience);
    expect(await rowsOf(page, order).getByText('problem').count()).toBe(0);
  }

  await strip.getByRole('link', { name: /^third/ }).click();
  await page.getByRole('region', { name: 'third' }).getByRole('button', { name: 'Edit…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Edit third' });
  await dialog.getByLabel('Signal key').fill(shop.sandbox.signalKey);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByText('third is saved.').waitFor();
  for (const order of orders) {
    await shop.sandbox.ledger.waitFor('signal', (signal) => signal.accepted && signal.order === order.id);
  }
  await strip.getByRole('link', { name: /^third .*open/ }).waitFor();
  await page.getByRole('button', { name: 'Notices: none' }).waitFor();
});

test('“Send now” tries a platform that could not be reached at once', async () => {
  await shop.connect('fourth');
  const order = freshOrder({ number: 7, items: [{ product: 'flyer' }] });
  const outage = shop.sandbox.signalKnobs.set({ match: { order: order.id }, fault: { kind: 'status', status: 503 } });
  await shop.post(order, 'fourth');
  await using page = await shop.open('/signals');
  const row = rowsOf(page, order);
  await row.getByText('waiting', { exact: true }).waitFor();
  await row.getByText(/answered 503/).waitFor();
  outage.remove();
  await row.getByRole('button', { name: 'Send now' }).click();
  await row.getByText('sent and accepted').waitFor();
});

test('once the platform is back, what waited for it has left by itself', { timeout: 130_000 }, async () => {
  // High enough for all rows: whatever was sent meanwhile stands above it.
  await using page = await shop.open('/signals', { viewport: { width: 1280, height: 2400 } });
  const row = rowsOf(page, ofTheOutage);
  await row.getByText('sent and accepted').waitFor({ timeout: backByItselfWithinMs });
  await row.getByText(/^accepted \d\d:\d\d/).waitFor();
  await page
    .getByRole('region', { name: 'Connections' })
    .getByRole('link', { name: /^Cloudprinter\.com open/ })
    .waitFor();
});
