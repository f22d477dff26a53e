import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { OrderView } from '../../../main/contract/orders.ts';
import { itemCode } from '../../../renderer/features/print/item-code.ts';
import { commandCode } from '../../../renderer/features/scanner/command-code.ts';
import { testCode } from '../../../renderer/features/scanner/scan-test.ts';
import type { ScanCommand } from '../../../renderer/stores/scan-answer.ts';
import { longTest, patience } from '../../support/screen-page.ts';
import { freshOrder, openScreenShop, type ScreenShop } from '../../support/screen-shop.ts';
import { plugInScanner, type WedgeScanner } from '../../support/wedge-scanner.ts';
import { faultsOf } from './page-faults.ts';

vi.setConfig(longTest);

const book = freshOrder({
  number: 1,
  items: [
    { product: 'book', title: 'Field notes of a long journey around all of the islands', copies: 3 },
    { product: 'poster', title: 'Lighthouse' },
  ],
});
const flyers = freshOrder({
  number: 2,
  clientReference: 'NQ-0042',
  items: [{ product: 'flyer', title: 'North quay' }],
});
let shop: ScreenShop;
let view: OrderView;

beforeAll(async () => {
  shop = await openScreenShop({ undoSeconds: 120 });
  for (const order of [book, flyers]) await shop.post(order);
  await shop.untilOrder(flyers, 'print-ready', ({ stage }) => stage === 'printReady');
  view = await shop.untilOrder(book, 'print-ready', ({ stage }) => stage === 'printReady');
}, 120_000);
afterAll(() => shop?.close());

const rows = (page: Page): Locator => page.getByRole('list', { name: 'Orders' }).getByRole('listitem');
const itemIdOf = (number: number): number => view.items[number - 1]?.id ?? 0;
const codeOf = (number: number): string => itemCode(itemIdOf(number));
const panelOf = (page: Page): Locator => page.getByRole('region', { name: 'Scanner', exact: true });
const untilAnswer = (page: Page, answer: string): Promise<void> =>
  panelOf(page).getByRole('status').getByText(answer, { exact: true }).waitFor();
const say = (scanner: WedgeScanner, command: ScanCommand): Promise<void> => scanner.scan(commandCode(command));
const itemOn = (page: Page, number: number): Locator =>
  page.getByRole('region', { name: new RegExp(`^Item ${number}:`) });

test('a scanned job ticket opens its order from any screen, with its item in the focus and in the panel', async () => {
  await using page = await shop.open('/signals');
  const scanner = await plugInScanner(page);
  await page.getByRole('region', { name: 'Signals' }).waitFor();
  expect(await panelOf(page).count()).toBe(0);
  await scanner.scan(codeOf(2));
  await page.getByRole('article', { name: `Order ${book.id}` }).waitFor();
  await itemOn(page, 2).getByText('Scanned item').waitFor();
  await vi.waitFor(
    async () => expect(await itemOn(page, 2).evaluate((item) => item === document.activeElement)).toBe(true),
    patience,
  );
  await untilAnswer(page, 'This is the scanned item.');
  await panelOf(page).getByText('Item 2: Lighthouse').waitFor();
  await panelOf(page).getByText('print-ready').waitFor();
  expect(await itemOn(page, 1).getByText('Scanned item').count()).toBe(0);
});

test('what a scanner types stays in no field, and what a person types does', async () => {
  await using page = await shop.open('/orders');
  const scanner = await plugInScanner(page);
  const search = page.getByRole('textbox', { name: 'Scan or search…' });
  const selection = () => search.evaluate((field: HTMLInputElement) => [field.selectionStart, field.selectionEnd]);
  await search.fill('north quay');
  await vi.waitFor(async () => expect(await rows(page).count()).toBe(1), patience);
  await search.evaluate((field: HTMLInputElement) => field.setSelectionRange(2, 5));
  await scanner.scan(codeOf(1));
  await page.getByRole('article', { name: `Order ${book.id}` }).waitFor();
  await page.goBack();
  await search.waitFor();
  expect(await search.inputValue()).toBe('north quay');

  // Nothing leads away from an unknown code: the field is still there.
  await search.evaluate((field: HTMLInputElement) => field.setSelectionRange(2, 5));
  await search.focus();
  await scanner.scan('NOBODY-KNOWS-THIS');
  await untilAnswer(page, 'Nothing here has the number NOBODY-KNOWS-THIS.');
  expect(await search.inputValue()).toBe('north quay');
  expect(await selection()).toEqual([2, 5]);
  await search.press('End');
  await page.keyboard.type('side', { delay: 60 });
  expect(await search.inputValue()).toBe('north quayside');
  await search.fill('');
  await vi.waitFor(async () => expect(await rows(page).count()).toBe(2), patience);
  await search.fill('south quay');
  await vi.waitFor(async () => expect(await rows(page).count()).toBe(0), patience);
  await scanner.scan(codeOf(2), { end: 'none' });
  await itemOn(page, 2).getByText('Scanned item').waitFor();
  await page.goBack();
  await search.waitFor();
  expect(await search.inputValue()).toBe('south quay');
  // A program that writes for a person is as fast, but no code of ours, and ends with nothing.
  await search.fill('');
  await vi.waitFor(async () => expect(await rows(page).count()).toBe(2), patience);
  await search.focus();
  await scanner.scan('north quay', { end: 'none' });
  await vi.waitFor(async () => expect(await rows(page).count()).toBe(1), patience);
  expect(await search.inputValue()).toBe('north quay');
});

test('a platform’s number, or the customer’s, leads to the order from any screen', async () => {
  await using page = await shop.open('/today');
  const scanner = await plugInScanner(page);
  await page.getByRole('link', { name: 'Signals' }).waitFor();
  await scanner.scan(flyers.id, { end: 'Tab' });
  await page.getByRole('article', { name: `Order ${flyers.id}` }).waitFor();
  await untilAnswer(page, `Order ${flyers.id} is open.`);
  await page.getByRole('link', { name: 'Hot folders' }).click();
  await scanner.scan('nq-0042');
  await page.getByRole('article', { name: `Order ${flyers.id}` }).waitFor();
  await scanner.scan('90000');
  await untilAnswer(page, '2 orders have 90000: choose one.');
  expect(await page.getByRole('textbox', { name: 'Scan or search…' }).inputValue()).toBe('90000');
  await scanner.scan(itemCode(4_000_000));
  await untilAnswer(page, `No item here has the code ${itemCode(4_000_000)}.`);
});

test('the printed commands act on the scanned item, one after the other, and can be undone', async () => {
  await using page = await shop.open(`/orders/cp:${flyers.id}`);
  const scanner = await plugInScanner(page);
  await page.getByRole('article', { name: `Order ${flyers.id}` }).waitFor();
  await say(scanner, 'packed');
  await untilAnswer(page, 'Packed: of which item? Scan its job ticket first.');

  // A quick hand: the second scan comes before the first is answered.
  await scanner.scan(codeOf(2));
  await say(scanner, 'produced');
  await untilAnswer(page, 'Produced.');
  await page.getByRole('article', { name: `Order ${book.id}` }).waitFor();
  await panelOf(page).getByText('produced', { exact: true }).waitFor();
  await say(scanner, 'undo');
  await untilAnswer(page, 'Nothing of this item can be undone any more.');
  await say(scanner, 'hold');
  await untilAnswer(page, 'Held.');
  await itemOn(page, 2)
    .getByText(/Held with a scan/)
    .first()
    .waitFor();
  await say(scanner, 'packed');
  await untilAnswer(page, 'Packed: the item is held. Resume it first.');
  await say(scanner, 'resume');
  await untilAnswer(page, 'Resumed.');
  await say(scanner, 'packed');
  await untilAnswer(page, 'Packed.');

  await say(scanner, 'ship');
  await untilAnswer(page, 'Now scan or type the tracking number.');
  await panelOf(page).getByLabel('Tracking number').waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await scanner.scan(codeOf(1));
  await untilAnswer(page, 'That is no tracking number. Scan the parcel’s label, or Clear.');
  await scanner.scan('1Z999AA10123456784');
  await untilAnswer(page, 'Shipped.');
  await panelOf(page).getByLabel('Tracking number').waitFor({ state: 'hidden' });
  await page
    .getByRole('region', { name: 'Undo' })
    .getByText(/1Z999AA10123456784/)
    .waitFor();
  await say(scanner, 'ship');
  await untilAnswer(page, 'Ship: that is on its way to the platform already.');
  await say(scanner, 'undo');
  await untilAnswer(page, 'Taken back.');
  await page.getByRole('region', { name: 'Undo' }).waitFor({ state: 'hidden' });
  const { item } = await shop.client.items.get({ item: itemIdOf(2) });
  expect(item.signals.filter(({ kind }) => kind === 'shipped').map(({ state }) => state)).toEqual(['cancelled']);
  await say(scanner, 'clear');
  await untilAnswer(page, 'No item is chosen any more.');
  expect(await itemOn(page, 2).getByText('Scanned item').count()).toBe(0);
});

test('a scan waits while a dialog is open, and its field for a tracking number takes no code of ours', async () => {
  await using page = await shop.open(`/orders/cp:${flyers.id}`);
  const scanner = await plugInScanner(page);
  await page.getByRole('button', { name: 'Ship…' }).click();
  const dialog = page.getByRole('dialog', { name: /^Ship item 1/ });
  const tracking = dialog.getByLabel(/^Tracking number/);
  await tracking.fill('left from before');
  await tracking.evaluate((field: HTMLInputElement) => field.select());
  await scanner.scan('3SABC123456789');
  await vi.waitFor(async () => expect(await tracking.inputValue()).toBe('3SABC123456789'), patience);
  await scanner.scan(codeOf(1));
  await untilAnswer(page, 'The scan waits until the open window is closed.');
  await panelOf(page).getByText('1 scan waits').waitFor();
  expect(await tracking.inputValue()).toBe('3SABC123456789');
  await dialog.getByRole('button', { name: 'Back' }).click();
  await page.getByRole('article', { name: `Order ${book.id}` }).waitFor();
  await untilAnswer(page, 'This is the scanned item.');
});

test('the test page tells which characters come wrong, and sets this workstation to its scanner', async () => {
  await using page = await shop.open('/settings');
  const scanner = await plugInScanner(page);
  await page.getByRole('link', { name: 'Command sheet' }).click();
  await page.getByRole('heading', { name: 'Command sheet' }).waitFor();
  expect(await page.getByRole('img').count()).toBe(8);
  expect(await faultsOf(page)).toEqual([]);
  await page.getByRole('link', { name: 'Back to the settings' }).click();
  await page.getByRole('link', { name: 'Test the scanner' }).click();
  await page.getByText('Nothing has been scanned yet.').waitFor();
  await scanner.scan(testCode.replaceAll(/[YZ-]/g, (key) => ({ Y: 'Z', Z: 'Y' })[key] ?? 'ß'));
  await page.getByText('3 characters are wrong').waitFor();
  await page.getByText('- arrived as ß').waitFor();
  await page.getByText('Y arrived as Z').waitFor();
  expect(await faultsOf(page)).toEqual([]);

  await scanner.scan(`]C1${testCode}`, { gapMs: 32 });
  await page.getByText('The keyboard layout is right: every character arrived.').waitFor();
  await page.getByRole('button', { name: /^Use prefix \]C1 and \d\d ms$/ }).click();
  await page.getByText('This workstation is set to this scanner.').waitFor();
  await page.getByRole('link', { name: 'Back to the settings' }).click();
  await vi.waitFor(async () => expect(await page.getByLabel('Prefix').inputValue()).toBe(']C1'), patience);
  await page.reload();
  await vi.waitFor(async () => expect(await page.getByLabel('Prefix').inputValue()).toBe(']C1'), patience);
  await scanner.scan(codeOf(1));
  await scanner.scan(`]C1${codeOf(2)}`);
  await itemOn(page, 2).getByText('Scanned item').waitFor();
  await panelOf(page).getByText('Item 2: Lighthouse').waitFor();
});

test('a scan while a PIN is asked for is no part of it, and waits until somebody has signed in', async () => {
  const { person } = await shop.client.people.save({
    name: 'Floor early',
    initials: 'FE',
    role: 'manager',
    pin: '2222',
  });
  await using page = await shop.open(`/orders/cp:${book.id}`);
  const scanner = await plugInScanner(page);
  const picker = page.getByRole('dialog', { name: 'Who is working?' });
  await itemOn(page, 1).waitFor();
  await scanner.scan(codeOf(1));
  await untilAnswer(page, 'This is the scanned item.');
  await say(scanner, 'produced');
  await picker.getByRole('button', { name: '5', exact: true }).click();
  await picker.getByText('1 digit', { exact: true }).waitFor();
  await scanner.scan(codeOf(2));
  await picker.getByText('1 scan waits').waitFor();
  await picker.getByText('1 digit', { exact: true }).waitFor();
  await page.keyboard.press('Backspace');
  await page.keyboard.type('2222');
  await page.keyboard.press('Enter');
  await picker.waitFor({ state: 'hidden' });
  await panelOf(page).getByText('Item 2: Lighthouse').waitFor();
  const { item } = await shop.client.items.get({ item: itemIdOf(1) });
  expect(item.signals.map(({ kind }) => kind)).toContain('produced');

  // Somebody who signs out leaves no item behind for whoever comes next.
  await page.getByRole('button', { name: `FE: ${person.name} is working.` }).click();
  await picker.getByRole('button', { name: 'Sign out FE' }).click();
  await itemOn(page, 2).getByText('Scanned item').waitFor({ state: 'hidden' });
  await say(scanner, 'packed');
  await untilAnswer(page, 'Packed: of which item? Scan its job ticket first.');
});
