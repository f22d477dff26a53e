import { readdir } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { itemId, type OrderSpec } from '../../../main/training/orders/make-order.ts';
import type { CloudprinterOrder } from '../../../main/training/orders/order.ts';
import { CANCEL_CAUSES } from '../../sandbox/cloudprinter/cancel-causes.ts';
import { longTest, patience } from '../../support/screen-page.ts';
import { freshOrder, openScreenShop, type ScreenShop } from '../../support/screen-shop.ts';

vi.setConfig(longTest);

let shop: ScreenShop;
let lastNumber = 0;

beforeAll(async () => {
  shop = await openScreenShop({ undoSeconds: 4, hotFolders: { press: { name: 'Press', mode: 'manual' } } });
}, 120_000);
afterAll(() => shop?.close());

/** An order of its own for each test, print-ready. */
const printReady = async (items: NonNullable<OrderSpec['items']>): Promise<CloudprinterOrder> => {
  lastNumber += 1;
  const order = freshOrder({ number: lastNumber, items });
  await shop.post(order);
  await shop.untilOrder(order, 'print-ready', ({ stage }) => stage === 'printReady');
  return order;
};
const openOrder = (order: CloudprinterOrder): Promise<Page> => shop.open(`/orders/cp:${order.id}`);
const itemOn = (page: Page, number: number): Locator =>
  page.getByRole('region', { name: new RegExp(`^Item ${number}:`) });
/** The hot folder among the targets of an item. */
const pressOf = (item: Locator): Locator =>
  item.getByRole('region', { name: 'Hand over to a hot folder' }).getByRole('button', { name: /^Press/ });

const signalsOf = (order: CloudprinterOrder, type: string) =>
  shop.sandbox.ledger.ofKind('signal').filter((signal) => signal.order === order.id && signal.type === type);
const untilTold = (order: CloudprinterOrder, number: number, type: string) =>
  shop.sandbox.ledger.waitFor(
    'signal',
    (signal) => signal.accepted && signal.type === type && signal.item === itemId(order.id, number),
    patience.timeout,
  );

const shipFirstItem = async (page: Page, tracking: string): Promise<void> => {
  await itemOn(page, 1).getByRole('button', { name: 'Ship…' }).click();
  const dialog = page.getByRole('dialog', { name: /^Ship item 1/ });
  await dialog.getByLabel('Tracking number').fill(tracking);
  await dialog.getByRole('button', { name: 'Ship', exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
};

test('an item is produced and packed, and the platform is told each time', async () => {
  const order = await printReady([{ product: 'book', title: 'Field notes' }]);
  await using page = await openOrder(order);
  await itemOn(page, 1).getByRole('button', { name: 'Produced' }).click();
  await untilTold(order, 1, 'ItemProduced');
  await itemOn(page, 1)
    .getByRole('button', { name: /^Produced\s*told \d\d:\d\d/ })
    .waitFor();
  await itemOn(page, 1).getByRole('button', { name: 'Packed' }).click();
  await untilTold(order, 1, 'ItemPacked');
  await itemOn(page, 1).getByText('packed', { exact: true }).waitFor();
});

// These three only wait for the time in which they can be undone, so they wait together.
test.concurrent('an error is told with its words and its delay', async () => {
  const order = await printReady([{ product: 'softcover' }]);
  await using page = await openOrder(order);
  await itemOn(page, 1).getByRole('button', { name: 'Error…' }).click();
  const dialog = page.getByRole('dialog', { name: /^Error with item 1/ });
  const report = dialog.getByRole('button', { name: 'Report the error' });
  await dialog.getByLabel('What is wrong, in words for the platform').fill('The book block must be printed again');
  expect(await report.isDisabled(), 'without a delay').toBe(true);
  await dialog.getByRole('button', { name: '24 hours' }).click();
  expect(await dialog.getByLabel('Delay in hours').inputValue()).toBe('24');
  await report.click();
  await dialog.waitFor({ state: 'hidden' });
  const { body } = await untilTold(order, 1, 'ItemError');
  expect({ cause: body.cause, delay: Number(body.delay) }).toEqual({
    cause: 'The book block must be printed again',
    delay: 24,
  });
});

test.concurrent('cancelling offers all 21 causes of the platform, and asks for a description before it is sent', async () => {
  const order = await printReady([{ product: 'poster' }, { product: 'flyer' }]);
  await using page = await openOrder(order);
  await itemOn(page, 1).getByRole('button', { name: 'Cancel…' }).click();
  const dialog = page.getByRole('dialog', { name: /^Cancel item 1/ });
  const submit = dialog.getByRole('button', { name: 'Cancel this item' });
  const missing = dialog.getByText('Fill in the fields marked * first.');
  await dialog.getByRole('combobox', { name: 'Cause' }).click();
  const causes = page.getByRole('listbox', { name: 'Cause' }).getByRole('option');
  await causes.first().waitFor();
  expect(await causes.count()).toBe(CANCEL_CAUSES.length);
  await causes.filter({ hasText: 'The files are damaged' }).click();
  await missing.waitFor();
  await dialog.getByLabel('Description').fill('   ');
  expect(await submit.isDisabled(), 'with an empty description').toBe(true);
  await missing.waitFor();

  await dialog.getByLabel('Description').fill('Page 1 stops the RIP');
  await missing.waitFor({ state: 'hidden' });
  await submit.click();
  const { body } = await untilTold(order, 1, 'ItemCanceled');
  expect(body).toMatchObject({ cause: 'CancelFilesCorrupt', message: 'Page 1 stops the RIP' });
  await itemOn(page, 1).getByText('cancelled', { exact: true }).waitFor();
  await itemOn(page, 2).getByText('print-ready', { exact: true }).waitFor();
});

test.concurrent('all items that are left are shipped with one tracking number', async () => {
  const order = await printReady([{ product: 'book' }, { product: 'poster' }, { product: 'flyer' }]);
  await using page = await openOrder(order);
  await page.getByRole('button', { name: 'Ship all items…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Ship 3 items with one tracking number' });
  await dialog.getByLabel('Tracking number').fill('ONE-PARCEL');
  await dialog.getByRole('button', { name: 'Ship 3 items' }).click();
  for (const number of [1, 2, 3]) await untilTold(order, number, 'ItemShipped');
  expect(signalsOf(order, 'ItemShipped').map(({ body }) => body.tracking)).toEqual(Array(3).fill('ONE-PARCEL'));
});

test.concurrent('several items are chosen and told of in one go, all that can be', async () => {
  const order = await printReady([
    { product: 'book' },
    { product: 'poster' },
    { product: 'flyer' },
    { product: 'flyer' },
  ]);
  await using page = await openOrder(order);
  const chosen = page.getByRole('region', { name: 'What is chosen' });
  const choose = (number: number): Promise<void> => page.getByLabel(`Choose item ${number}`).check();
  await itemOn(page, 2).getByRole('button', { name: 'Packed' }).click();
  await itemOn(page, 2).getByText('packed', { exact: true }).waitFor();
  await choose(1);
  await choose(2);
  await chosen.getByText('2 items chosen').waitFor();
  await chosen.getByRole('button', { name: 'Packed 1 of them' }).click();
  await page.getByText('Packed: 1 item.').waitFor();
  await untilTold(order, 1, 'ItemPacked');
  await chosen.getByRole('button', { name: 'Ship…' }).click();
  const ship = page.getByRole('dialog', { name: 'Ship 2 items with one tracking number' });
  await ship.getByLabel('Tracking number').fill('HALF-PARCEL');
  await ship.getByRole('button', { name: 'Ship 2 items' }).click();
  await chosen.waitFor({ state: 'hidden' });

  await choose(3);
  await choose(4);
  await chosen.getByRole('button', { name: 'Cancel…' }).click();
  const cancel = page.getByRole('dialog', { name: 'Cancel 2 items' });
  await cancel.getByRole('combobox', { name: 'Cause' }).click();
  await page.getByRole('option', { name: 'The files are damaged' }).click();
  await cancel.getByLabel('Description').fill('Page 1 stops the RIP');
  await cancel.getByRole('button', { name: 'Cancel these items' }).click();
  await chosen.waitFor({ state: 'hidden' });
  for (const number of [1, 2]) await untilTold(order, number, 'ItemShipped');
  for (const number of [3, 4]) await untilTold(order, number, 'ItemCanceled');
  expect(signalsOf(order, 'ItemShipped').map(({ body }) => body.tracking)).toEqual(Array(2).fill('HALF-PARCEL'));
});

test('a held item cannot be handed over or told of until it is resumed', async () => {
  const order = await printReady([{ product: 'businessCards' }]);
  await using page = await openOrder(order);
  await itemOn(page, 1).getByRole('button', { name: 'Hold…' }).click();
  const dialog = page.getByRole('dialog', { name: /^Hold item 1/ });
  await dialog.getByLabel('Why, for whoever comes next').fill('Waits for the 350 g silk');
  await dialog.getByRole('button', { name: 'Hold this item' }).click();
  await itemOn(page, 1)
    .getByText(/^Held since .*: Waits for the 350 g silk$/)
    .waitFor();
  const steps = itemOn(page, 1).getByRole('group', { name: 'What to do next' }).getByRole('button');
  expect(await Promise.all((await steps.all()).map((step) => step.isDisabled()))).toEqual(Array(4).fill(true));
  const press = pressOf(itemOn(page, 1));
  await press.getByText('the item is held').waitFor();
  expect(await press.isDisabled()).toBe(true);

  await itemOn(page, 1).getByRole('button', { name: 'Resume' }).click();
  await itemOn(page, 1)
    .getByText(/^Held since/)
    .waitFor({ state: 'hidden' });
  await vi.waitFor(async () => expect(await steps.first().isEnabled()).toBe(true), patience);
  await vi.waitFor(async () => expect(await press.isEnabled()).toBe(true), patience);
});

test('an item is handed over with one tap, a second time only after a question, and reprinted with a reason', async () => {
  const order = await printReady([{ product: 'poster', title: 'Lighthouse', copies: 2 }]);
  await using page = await openOrder(order);
  const inPress = async () => (await readdir(shop.hotFolder('press'))).filter((name) => name.includes(order.id)).length;
  await pressOf(itemOn(page, 1)).click();
  await page.getByText('1 file goes to Press.').waitFor();
  await itemOn(page, 1)
    .getByText(/^handed over \d\d:\d\d, not picked up yet$/)
    .waitFor();
  expect(await inPress()).toBe(1);

  await itemOn(page, 1).getByText('was handed over before').waitFor();
  await pressOf(itemOn(page, 1)).click();
  const dialog = page.getByRole('dialog', { name: 'Hand over again to Press?' });
  await dialog.getByText(/it will be printed twice \(2 copies\)/).waitFor();
  await dialog.getByRole('button', { name: 'Back' }).click();
  await dialog.waitFor({ state: 'hidden' });
  expect(await inPress()).toBe(1);

  await itemOn(page, 1).getByRole('button', { name: 'Reprint…' }).click();
  const reprint = page.getByRole('dialog', { name: 'Reprint item 1: Lighthouse' });
  await reprint.getByLabel('Why').fill('Smeared in the guillotine');
  await reprint.getByRole('button', { name: 'Reprint this item' }).click();
  await itemOn(page, 1).getByText('print-ready', { exact: true }).waitFor();
  const past = itemOn(page, 1).getByRole('list', { name: 'Reprints' }).getByRole('listitem');
  await past.getByText(/^Reprint asked for \d\d:\d\d by a screen:/).waitFor();
  await past.getByText('Smeared in the guillotine').waitFor();
  expect(await itemOn(page, 1).getByRole('button', { name: 'Reprint…' }).count()).toBe(0);
});

test('notes of everybody stand above the items, the timeline says what proves each step and what the platform believes', async () => {
  const order = await printReady([{ product: 'poster' }]);
  await using page = await openOrder(order);
  await pressOf(itemOn(page, 1)).click();
  await itemOn(page, 1)
    .getByText(/^handed over/)
    .first()
    .waitFor();
  await itemOn(page, 1).getByRole('button', { name: 'Produced' }).click();
  await untilTold(order, 1, 'ItemProduced');
  await page.getByLabel('A note that everybody sees').fill('Customer calls at five');
  await page.keyboard.press('Enter');
  const notes = page.getByRole('region', { name: 'Notes' });
  await notes.getByText('Customer calls at five').waitFor();
  await notes.getByText(/^\d\d:\d\d · a screen$/).waitFor();
  expect(await page.getByLabel('A note that everybody sees').inputValue()).toBe('');

  const timeline = page.getByRole('region', { name: 'Timeline' });
  for (const [what, evidence] of [
    ['Received', 'platform said'],
    ['ItemRegistered accepted', 'platform said'],
    ['Print-ready', 'hash matched'],
    ['Handed over to Press', 'written to the folder'],
    ['Produced', 'operator said'],
  ] as const) {
    await timeline.getByRole('listitem').filter({ hasText: what }).filter({ hasText: evidence }).first().waitFor();
  }
  const beliefs = page.getByRole('region', { name: 'What Cloudprinter.com believes' });
  for (const signal of ['ItemRegistered', 'ItemProduced']) {
    const line = beliefs.getByRole('listitem').filter({ hasText: signal });
    await line.getByText(/^accepted \d\d:\d\d \(200\)$/).waitFor();
  }
});

test('Undo takes a shipment back on whatever screen somebody is; only what is shipped again reaches the platform', async () => {
  const order = await printReady([{ product: 'poster', title: 'Lighthouse' }]);
  await using elsewhere = await shop.open('/hot-folders');
  await using page = await openOrder(order);
  const undoOn = (screen: Page): Locator => screen.getByRole('region', { name: 'Undo' });
  await undoOn(elsewhere).waitFor({ state: 'hidden' });
  await shipFirstItem(page, 'WRONG-PARCEL');
  await undoOn(page).getByText('Shipped: item 1, Lighthouse').waitFor();
  await undoOn(elsewhere).getByText(`order ${order.id} · by a screen · WRONG-PARCEL`).waitFor();
  await undoOn(elsewhere)
    .getByText(/^0:0\d left$/)
    .waitFor();
  await elsewhere.keyboard.press('Alt+z');
  await elsewhere.keyboard.press('Enter');
  await elsewhere.getByText('Taken back: nothing was sent.').waitFor();
  await undoOn(page).waitFor({ state: 'hidden' });
  await itemOn(page, 1).getByText('print-ready', { exact: true }).waitFor();

  await shipFirstItem(page, 'RIGHT-PARCEL');
  await undoOn(page).waitFor();
  const { body } = await untilTold(order, 1, 'ItemShipped');
  expect(body).toMatchObject({ tracking: 'RIGHT-PARCEL', shipping_option: 'ups_international_standard' });
  await undoOn(page).waitFor({ state: 'hidden' });
  await itemOn(page, 1).getByText('shipped', { exact: true }).waitFor();
  expect(await itemOn(page, 1).getByRole('button', { name: 'Error…' }).isDisabled()).toBe(true);
  expect(signalsOf(order, 'ItemShipped').length, 'the first parcel was never told of').toBe(1);
});
