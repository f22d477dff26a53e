import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { reorderOf } from '../../sandbox/cloudprinter/make-order.ts';
import { longTest, patience } from '../../support/screen-page.ts';
import { freshOrder, openScreenShop, type ScreenShop } from '../../support/screen-shop.ts';

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
}, 60_000);
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
  for (let presses = 0; presses < 40 && (await focused()) !== (await numbersOf(page))[0]; presses += 1) {
    await page.keyboard.press('Tab');
  }
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
