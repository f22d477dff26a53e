import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { itemId } from '../../../main/training/orders/make-order.ts';
import { longTest, patience } from '../../support/screen-page.ts';
import { freshOrder, openScreenShop, type ScreenShop } from '../../support/screen-shop.ts';
import { faultsOf } from './page-faults.ts';

vi.setConfig(longTest);

const work = freshOrder({ number: 1, items: [{ product: 'poster' }] });
const lost = freshOrder({ number: 2, items: [{ product: 'flyer' }] });
const refused = freshOrder({ number: 3, items: [{ product: 'flyer' }] });

let shop: ScreenShop;

beforeAll(async () => {
  shop = await openScreenShop();
  const { sandbox } = shop;
  // So that the bar of screens is as full as it gets.
  sandbox.fileKnobs.set({ match: { order: lost.id }, fault: { kind: 'status', status: 404 } });
  sandbox.signalKnobs.set({ match: { order: refused.id }, fault: { kind: 'status', status: 400, message: 'no' } });
  for (const order of [work, lost, refused]) await shop.post(order);
  await shop.untilOrder(work, 'print-ready', ({ stage }) => stage === 'printReady');
}, 120_000);
afterAll(() => shop?.close());

const picker = (page: Page): Locator => page.getByRole('dialog', { name: /^(Who is working|Which manager)\?$/ });
const who = (page: Page, name: string): Locator =>
  page.getByRole('button', { name: name === '' ? /^Sign in: nobody/ : `${name} is working.` });
const tapDigits = async (page: Page, pin: string): Promise<void> => {
  for (const digit of pin) await picker(page).getByRole('button', { name: digit, exact: true }).click();
  await picker(page).getByRole('button', { name: 'Sign in' }).click();
};
const typePin = async (page: Page, pin: string): Promise<void> => {
  await picker(page).getByRole('heading', { level: 2 }).filter({ hasText: '·' }).waitFor();
  await page.keyboard.type(pin);
  await page.keyboard.press('Enter');
};

test('the first person with a PIN is a manager, is signed in at once, and adds an operator', async () => {
  await using page = await shop.open('/settings');
  const people = page.getByRole('region', { name: 'People' });
  await people.getByText(/^Nobody has a PIN yet/).waitFor();
  expect(await who(page, '').count()).toBe(0);

  await people.getByRole('button', { name: 'Add a person…' }).click();
  const first = page.getByRole('dialog', { name: 'Add a person' });
  await first.getByLabel('Name').fill('Office morning');
  expect(await first.getByLabel('Initials').inputValue()).toBe('OM');
  expect(await first.getByRole('button', { name: 'Operator' }).isDisabled()).toBe(true);
  await first.getByLabel(/^PIN/).fill('12a3');
  await first.getByText('4 to 12 digits.').last().waitFor();
  await first.getByLabel(/^PIN/).fill('1111');
  expect(await faultsOf(page)).toEqual([]);
  await first.getByRole('button', { name: 'Save' }).click();
  await who(page, 'OM: Office morning').waitFor();

  await people.getByRole('button', { name: 'Add a person…' }).click();
  const second = page.getByRole('dialog', { name: 'Add a person' });
  await second.getByLabel('Name').fill('Floor evening');
  await second.getByLabel('Initials').fill('om');
  await second.getByLabel(/^PIN/).fill('2222');
  await second.getByRole('button', { name: 'Save' }).click();
  await page.getByText('OM are the initials of Office morning: choose others').waitFor();
  await second.getByLabel('Initials').fill('fe');
  await second.getByRole('button', { name: 'Save' }).click();
  await people.getByRole('button', { name: 'Edit Floor evening…' }).waitFor();
  await page.getByRole('button', { name: 'Dismiss' }).first().click();
  expect(await faultsOf(page)).toEqual([]);

  await people.getByRole('button', { name: 'Remove Office morning…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await page.getByText(/^the last manager cannot be removed/).waitFor();
});

test('what nobody has signed in for asks who it is, waits for the PIN, and then stands in the timeline', async () => {
  await using page = await shop.open(`/orders/cp:${work.id}`);
  const item = page.getByRole('region', { name: /^Item 1:/ });
  await item.getByRole('button', { name: 'Produced' }).click();
  await picker(page).getByText('This is written down with your initials.').waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await picker(page).getByRole('button', { name: /^FE/ }).click();
  expect(await faultsOf(page)).toEqual([]);

  await typePin(page, '2223');
  await picker(page).getByText('Wrong PIN. Try again.').waitFor();
  await tapDigits(page, '2222');
  await picker(page).waitFor({ state: 'hidden' });
  await who(page, 'FE: Floor evening').waitFor();
  const timeline = page.getByRole('region', { name: 'Timeline' });
  await timeline.getByRole('listitem').filter({ hasText: 'Produced' }).filter({ hasText: '(FE)' }).first().waitFor();
  await shop.sandbox.ledger.waitFor('signal', (signal) => signal.type === 'ItemProduced' && signal.accepted);
  expect(await faultsOf(page), 'with somebody in the bar of screens').toEqual([]);

  await page.reload();
  await who(page, 'FE: Floor evening').waitFor();
  const { history } = await shop.client.orders.get({ order: `cp:${work.id}` });
  expect(history.filter(({ by }) => by === 'FE').map(({ code }) => code)).toContain('item.produced');
  expect(shop.sandbox.acceptedTypes(itemId(work.id, 1)).filter((type) => type === 'ItemProduced')).toHaveLength(1);

  await who(page, 'FE: Floor evening').click();
  await picker(page).getByRole('button', { name: 'Sign out FE' }).click();
  await who(page, '').waitFor();
  await page.reload();
  await who(page, '').waitFor();

  const downloaded = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download' }).first().click();
  await picker(page).getByRole('button', { name: /^FE/ }).click();
  await typePin(page, '2222');
  await (await downloaded).cancel();
  await timeline.getByRole('listitem').filter({ hasText: 'Dragged out' }).filter({ hasText: '(FE)' }).first().waitFor();
});

test('an operator cannot open the settings, nor change a connection; a manager can', async () => {
  await using page = await shop.open('/settings');
  const closed = page.getByRole('heading', { name: 'This is for managers' });
  await closed.waitFor();
  await who(page, '').click();
  await picker(page).getByRole('button', { name: /^FE/ }).click();
  await typePin(page, '2222');
  await who(page, 'FE: Floor evening').waitFor();
  await closed.waitFor();
  expect(await page.getByLabel('Name of this station').count()).toBe(0);
  expect(await faultsOf(page)).toEqual([]);

  await page.getByRole('button', { name: 'Sign in as a manager' }).click();
  await picker(page).getByRole('heading', { name: 'OM · Office morning' }).waitFor();
  await page.keyboard.press('Escape');
  await picker(page).waitFor({ state: 'hidden' });

  await page.getByRole('link', { name: 'Connections' }).click();
  await page.getByRole('button', { name: 'Add a connection' }).click();
  await page
    .getByRole('button', { name: /^Cloudprinter/ })
    .last()
    .click();
  const form = page.getByRole('dialog', { name: 'Add Cloudprinter.com' });
  await form.getByLabel('Name', { exact: true }).fill('second');
  await form.getByLabel('Order key').fill(shop.sandbox.orderKey);
  await form.getByLabel('Signal key').fill(shop.sandbox.signalKey);
  await form.getByRole('button', { name: 'Save' }).click();
  await picker(page).getByText('This is for managers.').waitFor();
  await page.keyboard.press('Escape');
  await picker(page).waitFor({ state: 'hidden' });
  expect(await form.isVisible(), 'the form is still there').toBe(true);
  await form.getByRole('button', { name: 'Save' }).click();
  await typePin(page, '1111');
  await page.getByText('second is saved.').waitFor();
  await who(page, 'OM: Office morning').waitFor();
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByLabel('Name of this station').waitFor();
});

test('five wrong PINs make their person wait; the others can sign in', async () => {
  await using page = await shop.open('/orders', { ownClock: true });
  await who(page, '').click();
  await picker(page).getByRole('button', { name: /^FE/ }).click();
  for (let wrong = 1; wrong <= 5; wrong += 1) {
    await typePin(page, '9999');
    await picker(page)
      .getByText(wrong < 5 ? 'Wrong PIN. Try again.' : /^Too many wrong PINs\. Wait 0:\d\d\.$/)
      .waitFor();
  }
  await picker(page).getByRole('button', { name: 'Another name' }).click();
  await picker(page).getByRole('button', { name: /^OM/ }).click();
  await typePin(page, '1111');
  await who(page, 'OM: Office morning').waitFor();

  // Somebody gives them a new PIN, which ends the wait.
  const { people } = await shop.client.people.list({});
  const floor = people.find(({ initials }) => initials === 'FE');
  if (floor !== undefined) await shop.client.people.save({ ...floor, pin: '2222' });

  await shop.client.people.saveRules({ rules: { signOutMinutes: 2, stationMode: false } });
  // Far from the two minutes: the page's clock goes on by itself while a slow machine works.
  await page.clock.fastForward(60_000);
  await who(page, 'OM: Office morning').waitFor();
  await page.clock.fastForward(70_000);
  await who(page, '').waitFor();
});

test('in station mode a tap fills the screen, and only a manager leaves it', async () => {
  await shop.client.people.saveRules({ rules: { signOutMinutes: 0, stationMode: true } });
  await using page = await shop.open('/orders');
  const isFull = (): Promise<boolean> => page.evaluate(() => document.fullscreenElement !== null);
  await page.getByText('Tap to fill the screen').waitFor();
  expect(await isFull()).toBe(false);
  expect(await faultsOf(page)).toEqual([]);
  await page.getByRole('link', { name: 'Files' }).click();
  await vi.waitFor(async () => expect(await isFull()).toBe(true), patience);
  await page.getByText('Tap to fill the screen').waitFor({ state: 'hidden' });

  await who(page, '').click();
  await picker(page).getByRole('button', { name: 'Leave station mode' }).click();
  await typePin(page, '1111');
  await vi.waitFor(async () => expect(await isFull()).toBe(false), patience);
  await page.getByRole('link', { name: 'Orders' }).click();
  expect(await isFull(), 'as long as the manager is there').toBe(false);
  await who(page, 'OM: Office morning').click();
  expect(await faultsOf(page)).toEqual([]);
  await picker(page).getByRole('button', { name: 'Sign out OM' }).click();
  await page.getByRole('link', { name: 'Files' }).click();
  await vi.waitFor(async () => expect(await isFull()).toBe(true), patience);
});
