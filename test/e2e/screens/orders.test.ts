import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { itemId, reorderOf } from '../../../main/training/orders/make-order.ts';
import { longTest, patience } from '../../support/screen-page.ts';
import { freshOrder, openScreenShop, type ScreenShop } from '../../support/screen-shop.ts';
import { faultsOf } from './page-faults.ts';

const fieldNotes = freshOrder({
  number: 1,
  clientReference: 'FJORD-77',
  items: [{ product: 'book', title: 'Field notes', copies: 3 }],
});
const lighthouse = freshOrder({
  number: 2,
  clientName: 'North Quay Museum',
  items: [{ product: 'poster', title: 'Lighthouse' }],
});
const harvest = freshOrder({
  number: 3,
  clientName: 'Harbour Press',
  items: [{ product: 'flyer', title: 'Harvest market' }],
});

vi.setConfig(longTest);

let shop: ScreenShop;

beforeAll(async () => {
  shop = await openScreenShop();
  // The platform has lost a file: a problem at once.
  shop.sandbox.fileKnobs.set({ match: { order: harvest.id }, fault: { kind: 'status', status: 404 } });
  for (const order of [fieldNotes, lighthouse, harvest]) await shop.post(order);
  for (const order of [fieldNotes, lighthouse]) {
    await shop.untilOrder(order, 'print-ready', ({ stage }) => stage === 'printReady');
  }
  await shop.untilOrder(harvest, 'a problem', ({ problemCount }) => problemCount > 0);
}, 120_000);
afterAll(() => shop?.close());

const rows = (page: Page) => page.getByRole('list', { name: 'Orders' }).getByRole('listitem');
const numbersOf = (page: Page): Promise<string[]> => rows(page).getByRole('link').allTextContents();
const untilShown = (page: Page, numbers: readonly string[]): Promise<void> =>
  vi.waitFor(async () => expect((await numbersOf(page)).toSorted()).toEqual(numbers.toSorted()), patience);
const placesOf = async (page: Page): Promise<Record<string, number | undefined>> => {
  const found: [string, number | undefined][] = [];
  for (const row of await rows(page).all()) {
    found.push([(await row.getByRole('link').textContent()) ?? '', (await row.boundingBox())?.y]);
  }
  return Object.fromEntries(found);
};

test('new orders are announced in a bar, and no row moves until the bar is tapped', async () => {
  await using page = await shop.open('/orders');
  await untilShown(page, [fieldNotes.id, lighthouse.id, harvest.id]);
  const before = await placesOf(page);
  const again = freshOrder({
    number: 4,
    items: [{ product: 'book', title: 'Field notes', copies: 2, reorder: reorderOf(fieldNotes) }],
  });
  const cards = freshOrder({ number: 5, items: [{ product: 'businessCards' }] });

  await shop.post(again);
  await page.getByRole('button', { name: '1 new order: show' }).waitFor();
  await shop.post(cards);
  const bar = page.getByRole('button', { name: '2 new orders: show' });
  await bar.waitFor();
  for (const order of [again, cards]) {
    await shop.untilOrder(order, 'print-ready', ({ stage }) => stage === 'printReady');
  }
  expect(await placesOf(page)).toEqual(before);

  await bar.click();
  await untilShown(page, [fieldNotes.id, lighthouse.id, harvest.id, again.id, cards.id]);
  expect((await numbersOf(page))[0], 'the reorder stands first').toBe(again.id);
  await rows(page).first().getByText('REORDER').waitFor();
  expect(await bar.count()).toBe(0);
});

test('orders with a problem are counted, and one tap shows them alone', async () => {
  await using page = await shop.open('/orders');
  const problems = page.getByRole('button', { name: 'Problems (1)' });
  await problems.click();
  await untilShown(page, [harvest.id]);
  await rows(page)
    .getByText(/answered 404$/)
    .waitFor();
  await problems.click();
  await vi.waitFor(async () => expect((await numbersOf(page)).length).toBeGreaterThan(1), patience);
});

test('an order is found by its number, by the customer’s reference and by what is printed', async () => {
  await using page = await shop.open('/orders');
  const search = page.getByRole('textbox', { name: 'Scan or search…' });
  for (const [typed, order] of [
    [lighthouse.id, lighthouse],
    ['fjord-77', fieldNotes],
    ['harvest', harvest],
    ['north quay', lighthouse],
  ] as const) {
    await search.fill(typed);
    await untilShown(page, [order.id]);
  }
  await search.fill('nobody ordered this');
  await page.getByText('No order matches').waitFor();
  // Left at once, before the search has begun.
  await search.fill('harvest');
  await page.getByRole('link', { name: 'Signals' }).click();
  await page.getByRole('region', { name: 'Signals' }).waitFor();
  await page.getByRole('link', { name: /^Orders/ }).click();
  await untilShown(page, [harvest.id]);
  expect(await search.inputValue()).toBe('harvest');
});

test('a filter is saved under a name, and one tap shows the same again after a reload', async () => {
  await using page = await shop.open('/orders');
  const search = page.getByRole('textbox', { name: 'Scan or search…' });
  await rows(page).first().waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('north quay');
  await untilShown(page, [lighthouse.id]);
  await page.getByRole('button', { name: 'Save filter…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Save what is shown as a filter' });
  await dialog.getByLabel('Name of the button').fill('Museum');
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Museum', pressed: true }).waitFor();

  await page.reload();
  const museum = page.getByRole('button', { name: 'Museum' });
  await vi.waitFor(async () => expect((await numbersOf(page)).length).toBeGreaterThan(2), patience);
  await museum.click();
  await untilShown(page, [lighthouse.id]);
  expect(await search.inputValue()).toBe('north quay');
  await search.press('Escape');
  await vi.waitFor(async () => expect((await numbersOf(page)).length).toBeGreaterThan(2), patience);
  expect(await search.inputValue()).toBe('');
  await museum.click();
  await page.getByRole('button', { name: 'Forget filter' }).click();
  await museum.waitFor({ state: 'hidden' });
});

test('several orders are chosen, produced and held in one go', async () => {
  const [one, two] = [7, 8].map((number) =>
    freshOrder({ number, items: [{ product: 'poster' }, { product: 'flyer' }] }),
  );
  if (one === undefined || two === undefined) throw new Error('no orders');
  for (const order of [one, two]) {
    await shop.post(order);
    await shop.untilOrder(order, 'print-ready', ({ stage }) => stage === 'printReady');
  }
  await shop.client.items.hold({ item: `cp:${itemId(two.id, 1)}`, note: 'Waits for paper' });
  await using page = await shop.open('/orders');
  const chosen = page.getByRole('region', { name: 'What is chosen' });
  const choose = page.getByRole('button', { name: 'Select' });
  await choose.click();
  await page.getByLabel(`Choose order ${one.id}`).check();
  // The whole row is the target.
  await page.getByRole('link', { name: two.id }).click();
  await chosen.getByText('2 orders chosen').waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await chosen.getByRole('button', { name: 'Produced' }).click();
  await page
    .getByText('Produced: 3 items of 2 orders. 1 item is left out: held, not ready, or told of before.')
    .waitFor();
  await shop.untilOrder(one, 'produced', ({ stage }) => stage === 'produced');
  await shop.untilOrder(two, 'produced but one', ({ items }) => items[1]?.stage === 'produced');

  await chosen.getByRole('button', { name: 'Hold…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Hold 2 orders' });
  await dialog.getByLabel('Why, for whoever comes next').fill('The customer calls back');
  await dialog.getByRole('button', { name: 'Hold these orders' }).click();
  await page.getByText(/^Held: 3 items of 2 orders\./).waitFor();
  await rows(page).filter({ hasText: one.id }).getByText('held at produced').waitFor();
  await chosen.getByRole('button', { name: 'Packed' }).click();
  await page.getByText(/^Nothing was said: all their items are held/).waitFor();

  await page.keyboard.press('Escape');
  await chosen.waitFor({ state: 'hidden' });
  // By the keyboard: the answer may lie over the row until it is read.
  await page.getByRole('link', { name: two.id }).press('Enter');
  await page.getByRole('article', { name: `Order ${two.id}` }).waitFor();
});

test('a scanned order number opens the order', async () => {
  await using page = await shop.open('/orders');
  await page.getByRole('textbox', { name: 'Scan or search…' }).click();
  await page.keyboard.type(lighthouse.id);
  await page.keyboard.press('Enter');
  await page.getByRole('article', { name: `Order ${lighthouse.id}` }).waitFor();
});

test('an order is opened with the keyboard alone, and the back button leads to the list again', async () => {
  await using page = await shop.open('/orders');
  await vi.waitFor(async () => expect((await numbersOf(page)).length).toBeGreaterThan(2), patience);
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
  const wanted = (await numbersOf(page))[2];
  await page.keyboard.press('/');
  await page.keyboard.press('ArrowDown');
  await vi.waitFor(async () => expect(await focused()).toBe((await numbersOf(page))[0]), patience);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await vi.waitFor(async () => expect(await focused()).toBe(wanted), patience);
  await page.keyboard.press('Enter');
  await page.getByRole('article', { name: `Order ${wanted}` }).waitFor();

  await page.goBack();
  await vi.waitFor(async () => expect(await numbersOf(page)).toContain(wanted), patience);
  await page.goForward();
  await page.getByRole('article', { name: `Order ${wanted}` }).waitFor();
  await page.getByRole('link', { name: 'Back to the orders' }).click();
  await rows(page).first().waitFor();
});

test('an address that names an order opens it, and leaves no key in the address bar', async () => {
  await using page = await shop.open(`/orders/cp:${fieldNotes.id}`);
  await page.getByRole('article', { name: `Order ${fieldNotes.id}` }).waitFor();
  expect(page.url()).not.toContain(shop.station.token);
  await page.reload();
  await page.getByRole('article', { name: `Order ${fieldNotes.id}` }).waitFor();
});

test('an address of an order that is not here says so', async () => {
  await using page = await shop.open('/orders/cp:123');
  await page.getByText('This order cannot be shown').waitFor();
});
