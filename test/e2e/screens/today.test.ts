import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { itemId } from '../../../main/training/orders/make-order.ts';
import { longTest, patience } from '../../support/screen-page.ts';
import { freshOrder, openScreenShop, type ScreenShop } from '../../support/screen-shop.ts';
import { faultsOf } from './page-faults.ts';

vi.setConfig(longTest);

const hourMs = 3_600_000;
/** A zone in which it is noon now, so that no test comes near a midnight. */
const noonZone = (): string => {
  const aheadHours = 12 - new Date().getUTCHours();
  // The names count westwards.
  return aheadHours === 0 ? 'UTC' : `Etc/GMT${aheadHours > 0 ? '-' : '+'}${Math.abs(aheadHours)}`;
};

const inHours = (hours: number): Date => new Date(Date.now() + hours * hourMs);
const late = freshOrder({ number: 1, shipBy: inHours(-2), items: [{ product: 'poster' }] });
const due = freshOrder({ number: 2, shipBy: inHours(3), items: [{ product: 'poster' }] });
const shipped = freshOrder({ number: 3, items: [{ product: 'poster' }] });
const lost = freshOrder({ number: 4, items: [{ product: 'flyer' }] });

let shop: ScreenShop;
beforeAll(async () => {
  shop = await openScreenShop();
});
afterAll(() => shop?.close());

const openToday = (): Promise<Page> => shop.open('/today', { timezoneId: noonZone() });

/** The numbers on the tiles, by their names. */
const numbersOf = async (page: Page): Promise<Readonly<Record<string, string>>> => {
  const tiles = await page.getByRole('list', { name: 'Orders in numbers' }).getByRole('link').all();
  const texts = await Promise.all(tiles.map((tile) => tile.locator('span, strong').allInnerTexts()));
  return Object.fromEntries(texts.map(([, number = '', name = '']) => [name, number]));
};

const untilNumbers = (page: Page, numbers: Readonly<Record<string, string>>): Promise<void> =>
  vi.waitFor(async () => expect(await numbersOf(page)).toEqual(numbers), patience);

const listed = async (page: Page): Promise<readonly string[]> => {
  const links = await page.getByRole('list', { name: 'Orders' }).getByRole('link').allInnerTexts();
  return links.toSorted();
};

const untilListed = (page: Page, orders: readonly { readonly id: string }[]): Promise<void> =>
  vi.waitFor(async () => expect(await listed(page)).toEqual(orders.map(({ id }) => id).toSorted()), patience);

test('before the first order the screen says what will be here', async () => {
  await using page = await openToday();
  await page.getByRole('heading', { name: 'Nothing to count yet' }).waitFor();
  await page.getByRole('region', { name: 'Last start' }).waitFor();
  expect(await faultsOf(page)).toEqual([]);
});

describe('after a few orders', () => {
  beforeAll(async () => {
    shop.sandbox.fileKnobs.set({ match: { order: lost.id }, fault: { kind: 'status', status: 404 } });
    for (const order of [late, due, shipped, lost]) await shop.post(order);
    for (const order of [late, due, shipped]) {
      await shop.untilOrder(order, 'print-ready', ({ stage }) => stage === 'printReady');
    }
    await shop.untilOrder(lost, 'a problem', ({ problemCount }) => problemCount > 0);
    await shop.client.items.hold({ item: `cp:${itemId(late.id, 1)}`, note: 'Waits for the 350 g silk' });
    await shop.client.orders.ship({ order: `cp:${shipped.id}`, tracking: '1ZTEST0001' });
    await shop.untilOrder(
      shipped,
      'shipped, and its signals sent',
      ({ stage, items }) =>
        stage === 'shipped' && items.every(({ signals }) => signals.every(({ state }) => state === 'sent')),
    );
  });

  test('the numbers are right, nothing is cut or too pale, and they follow what happens', async () => {
    await using page = await openToday();
    await untilNumbers(page, {
      Late: '1',
      'Due today': '1',
      Waiting: '3',
      Held: '1',
      Problems: '1',
      Shipped: '1',
    });
    const lateList = page.getByRole('region', { name: 'Late orders' });
    await lateList
      .getByRole('link', { name: new RegExp(`${late.id}.*held: Waits for the 350 g silk.*late`) })
      .waitFor();
    const signals = page.getByRole('region', { name: 'Signals sent' });
    await signals.getByText('4 on time (100%)').waitFor();
    await signals.getByText('None is waiting.').waitFor();
    await page.getByRole('region', { name: 'Files verified' }).getByText('3 at the first try (100%)').waitFor();
    await page.getByRole('region', { name: 'Print-ready' }).getByText('3 items').waitFor();
    expect(await faultsOf(page)).toEqual([]);

    // Who cannot see the chart has the same numbers; who wants to read them, too.
    const table = page.getByRole('table', { name: 'Print-ready: items per hour' });
    const cells = await table.getByRole('cell').allInnerTexts();
    expect(cells.reduce((sum, text) => sum + Number(text), 0)).toBe(3);
    await page.getByRole('button', { name: 'Numbers' }).click();
    expect(await table.evaluate((element) => element.clientWidth)).toBeGreaterThan(100);
    expect(await faultsOf(page)).toEqual([]);

    await shop.client.orders.ship({ order: `cp:${due.id}`, tracking: '1ZTEST0002' });
    await untilNumbers(page, { Late: '1', 'Due today': '0', Waiting: '2', Held: '1', Problems: '1', Shipped: '2' });

    await page.getByRole('button', { name: 'The day before' }).click();
    await page.getByRole('heading', { name: 'Nothing happened on this day' }).waitFor();
    await page.getByRole('button', { name: 'Today', exact: true }).click();
    await page.getByRole('region', { name: 'Late orders' }).waitFor();
  });

  test('a tap on a number shows its orders and no others, until they are shown again', async () => {
    await using page = await openToday();
    const orders = [
      ['Late', [late]],
      ['Waiting', [late, lost]],
      ['Held', [late]],
      ['Shipped', [shipped, due]],
    ] as const;
    for (const [name, expected] of orders) {
      await page.getByRole('list', { name: 'Orders in numbers' }).getByRole('link', { name }).click();
      await untilListed(page, expected);
      await page.getByRole('button', { name: new RegExp(`^${name}, as of .*: show the others again$`) }).waitFor();
      await page.goBack();
    }
    await page.getByRole('link', { name: 'Problems' }).click();
    await untilListed(page, [lost]);
    expect(await page.getByRole('button', { name: 'Problems (1)' }).getAttribute('aria-pressed')).toBe('true');
    await page.goBack();

    await page.getByRole('list', { name: 'Orders in numbers' }).getByRole('link', { name: 'Late' }).press('Enter');
    await untilListed(page, [late]);
    await page.getByRole('button', { name: /^Late, as of .*: show the others again$/ }).click();
    await untilListed(page, [late, lost]);
    await page.goBack();
    await page.getByRole('region', { name: 'Late orders' }).getByRole('link', { name: late.id }).click();
    await page.getByRole('article', { name: `Order ${late.id}` }).waitFor();
  });
});
