import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { itemId, reorderOf } from '../../../main/training/orders/make-order.ts';
import { longTest, openPage } from '../../support/screen-page.ts';
import { freshOrder, openScreenShop, type ScreenShop } from '../../support/screen-shop.ts';
import { type ScreenStation, startEmptyStation } from '../../support/screen-station.ts';
import { faultsOf } from './page-faults.ts';

vi.setConfig(longTest);

const longName = 'The Northern Society for Lighthouses, Harbours and the Preservation of Historic Sea Charts';
const book = freshOrder({
  number: 1,
  shippingLabel: true,
  items: [
    { product: 'book', title: 'Field notes of a long journey around all of the islands', copies: 1250 },
    { product: 'poster', title: 'Lighthouse' },
  ],
});
const again = freshOrder({
  number: 2,
  clientName: longName,
  clientReference: 'A-REFERENCE-WITHOUT-ANY-SPACE-0123456789-0123456789',
  items: [{ product: 'book', copies: 2, reorder: reorderOf(book) }],
});
const lost = freshOrder({ number: 3, items: [{ product: 'flyer' }, { product: 'flyer' }] });
const refused = freshOrder({ number: 4, items: [{ product: 'softcover' }] });
const late = freshOrder({ number: 5, shipBy: new Date('2026-03-02T09:00:00Z'), items: [{ product: 'businessCards' }] });

let shop: ScreenShop;
let empty: ScreenStation;

beforeAll(async () => {
  shop = await openScreenShop({
    undoSeconds: 120,
    hotFolders: {
      books: { name: 'Book press', accepts: { products: ['textbook_*'] } },
      indigo: { name: 'HP Indigo 12000, hall 2, behind the cutting machines', mode: 'manual' },
    },
  });
  const { sandbox, client } = shop;
  sandbox.fileKnobs.set({ match: { order: lost.id }, fault: { kind: 'status', status: 404 } });
  sandbox.signalKnobs.set({
    match: { order: refused.id },
    fault: { kind: 'status', status: 400, message: `${longName} does not know this item` },
  });
  for (const order of [book, again, lost, refused, late]) await shop.post(order);
  await shop.untilOrder(book, 'handed over', ({ items }) => items[0]?.reached.handedOver !== undefined);
  await shop.untilOrder(lost, 'a problem', ({ problemCount }) => problemCount > 0);
  await client.items.hold({ item: `cp:${itemId(late.id, 1)}`, note: 'Waits for the 350 g silk' });
  await client.items.signal({ item: `cp:${itemId(book.id, 2)}`, signal: { kind: 'shipped', tracking: '1ZTEST0001' } });

  empty = await startEmptyStation();
}, 120_000);
afterAll(async () => {
  await empty?.stop();
  await shop?.close();
});

test('what is cut, overlapping, too small or too pale is found', async () => {
  await using page = await shop.open('/orders');
  await page.getByRole('link', { name: again.id }).waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await page.evaluate(() => {
    const put = (tag: string, text: string, style: Readonly<Record<string, string>>): void => {
      const element = document.createElement(tag);
      element.textContent = text;
      Object.assign(element.style, { position: 'absolute', left: '300px', zIndex: '9', ...style });
      document.querySelector('main')?.append(element);
    };
    put('div', 'words that do not fit', { top: '300px', width: '60px', overflow: 'hidden', whiteSpace: 'nowrap' });
    put('div', 'one over', { top: '400px' });
    put('div', 'the other', { top: '404px' });
    put('button', 'low', { top: '500px', height: '20px' });
    put('button', 'below', { top: '515px', height: '50px' });
    put('p', 'pale', { top: '600px', color: '#999999', background: '#aaaaaa' });
  });
  const faults = (await faultsOf(page)).join('\n');
  for (const found of [
    /cut: “words that do not fit”/,
    /text over text: “one over” and “the other”/,
    /too low: <button> “low” is \d\d px/,
    /control over control: <button> “low” and <button> “below”/,
    /color-contrast: /,
  ]) {
    expect(faults).toMatch(found);
  }
});

interface LookedAt {
  readonly name: string;
  readonly address: string;
  /** There once everything is. */
  readonly shown: (page: Page) => Locator;
  /** The buttons that open its dialogs. */
  readonly dialogs?: readonly string[];
}

const lookedAt: readonly LookedAt[] = [
  {
    name: 'Orders',
    address: '/orders',
    shown: (page) => page.getByRole('link', { name: again.id }),
    dialogs: ['Notices: none'],
  },
  {
    name: 'an order',
    address: `/orders/cp:${book.id}`,
    shown: (page) => page.getByRole('region', { name: 'Undo' }),
    dialogs: ['Ship…', 'Error…', 'Cancel…', 'Reprint…', 'Hold…'],
  },
  { name: 'a reorder', address: `/orders/cp:${again.id}`, shown: (page) => page.getByText(/^Original: order/) },
  {
    name: 'an order with problems',
    address: `/orders/cp:${lost.id}`,
    shown: (page) => page.getByText(/answered 404/),
  },
  { name: 'Files', address: '/files', shown: (page) => page.getByText(/answered 404/) },
  {
    name: 'Signals',
    address: '/signals',
    shown: (page) => page.getByText('problem: not accepted'),
    dialogs: ['1 attempt', 'Give up…'],
  },
  {
    name: 'Hot folders',
    address: '/hot-folders',
    shown: (page) => page.getByRole('button', { name: 'Take back' }),
    dialogs: ['Add a hot folder'],
  },
  {
    name: 'Connections',
    address: '/connections',
    shown: (page) => page.getByRole('button', { name: 'Pause' }),
    dialogs: ['Add a connection'],
  },
  { name: 'Settings', address: '/settings', shown: (page) => page.getByLabel('Name of this station') },
];

describe('nothing is cut off, hidden or too small to touch, and everybody can read it, in light and dark', () => {
  test.each(lookedAt)('$name', async ({ address, shown, dialogs = [] }) => {
    await using page = await shop.open(address);
    await shown(page).first().waitFor();
    expect(await faultsOf(page)).toEqual([]);
    for (const button of dialogs) {
      await page.getByRole('button', { name: button }).first().click();
      const dialog = page.getByRole('dialog');
      await dialog.waitFor();
      expect(await faultsOf(page), `the dialog of “${button}”`).toEqual([]);
      await dialog.getByRole('button', { name: 'Close' }).click();
      await dialog.waitFor({ state: 'hidden' });
    }
  });

  test('each step of the set-up', async () => {
    await using page = await openPage(shop.browser, empty.address());
    const next = page.getByRole('button', { name: 'Next' });
    await page.getByText('What is this station called?').waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await next.click();
    await page.getByText('How do orders come in?').waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await next.click();
    await page.getByText('Connect a platform').waitFor();
    expect(await faultsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Customer’s Canvas' }).click();
    await page.getByText('More settings').click();
    expect(await faultsOf(page)).toEqual([]);
  });
});
