import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { longTest } from '../../support/screen-page.ts';
import { type JobsShop, openJobsShop } from './jobs-shop.ts';
import { faultsOf } from './page-faults.ts';

vi.setConfig(longTest);

let shop: JobsShop;

const longToken = `st:${'ab12'.repeat(21)}`;

beforeAll(async () => {
  shop = await openJobsShop();
  const { printess, printApi, canvas, client } = shop;
  printess.jobKnobs.set({ match: { template: 'Glyph card' }, fault: { kind: 'invalidGlyph' } });
  printess.callKnobs.set({ match: { template: longToken }, fault: { kind: 'reset' } });
  await client.jobs.produce({
    connection: 'px',
    lines: [
      {
        template: 'Glyph card',
        order: 'SO-1',
        copies: 250,
        title: 'Cards for the whole crew of the northern harbours',
      },
      { template: longToken, order: 'SO-1', copies: 1 },
    ],
  });
  const file = { downloadUrl: 'https://shop.example/a-rather-long-name-of-a-file-without-any-space-in-it.pdf' };
  await printApi.place({
    id: 'PA-1',
    items: [
      { productId: 'poster_a3_sta', quantity: 10, files: { content: { ...file, status: 'DownloadFailed' } } },
      { productId: 'book_a5_hardcover', quantity: 2, files: { content: file, cover: file } },
    ],
  });
  await printApi.place({ id: 'PA-2', items: [{ productId: 'poster_a3_sta', quantity: 1 }] });
  await printApi.setStatus('PA-2', 'Shipped', { trackingUrl: `https://carrier.example/track/${'3SABC'.repeat(20)}` });
  canvas.place({ orderId: '123', projects: [{ failsWith: "Task 'render-hires' failed: font not found" }, {}] });
  await shop.untilOrder('px:SO-1', 'has a warning', ({ jobs }) => jobs.some((job) => job.warnings.length > 0));
  for (const ref of ['pa:PA-1', 'pa:PA-2', 'cc:123']) {
    await shop.untilOrder(ref, 'is here', ({ items }) => items.length > 0);
  }
}, 90_000);
afterAll(() => shop?.close());

interface LookedAt {
  readonly name: string;
  readonly address: string;
  /** There once everything is. */
  readonly shown: (page: Page) => Locator;
  /** Opens a dialog, or makes it say more. */
  readonly open?: (page: Page) => Promise<void>;
}

const produce = async (page: Page, lines: string): Promise<void> => {
  await page.getByRole('button', { name: 'Produce…' }).click();
  await page.getByLabel('Save tokens or template names').fill(lines);
  await page.getByRole('region', { name: 'What was understood' }).waitFor();
};
const add = async (page: Page, platform: RegExp): Promise<void> => {
  await page.getByRole('button', { name: 'Add a connection' }).click();
  await page.getByRole('button', { name: platform }).click();
  await page.getByText('More settings').click();
};

const lookedAt: readonly LookedAt[] = [
  {
    name: 'an order with jobs, one of them in doubt',
    address: '/orders/px:SO-1',
    shown: (page) => page.getByText('Produce: It may have been carried out'),
  },
  {
    name: 'an outsourced order in trouble',
    address: '/orders/pa:PA-1',
    shown: (page) => page.getByText('DownloadFailed'),
  },
  {
    name: 'closing an outsourced item',
    address: '/orders/pa:PA-1',
    shown: (page) => page.getByText('DownloadFailed'),
    open: (page) => page.getByRole('button', { name: 'Close as cancelled…' }).first().click(),
  },
  {
    name: 'an outsourced order with a long tracking link',
    address: '/orders/pa:PA-2',
    shown: (page) => page.getByLabel('Tracking'),
  },
  {
    name: 'a failed pipeline',
    address: '/orders/cc:123',
    shown: (page) => page.getByRole('button', { name: 'Resume' }),
    open: (page) => page.getByRole('button', { name: 'Restart…' }).click(),
  },
  {
    name: 'lines to produce, right and wrong',
    address: '/orders',
    shown: (page) => page.getByRole('link', { name: 'SO-1' }),
    open: (page) =>
      produce(page, `token,order,copies,title\n${longToken},SO-9,250,Cards\nPoster,,0\nPoster,SO-9,1,a,b`),
  },
  {
    name: 'commands among the signals',
    address: '/signals',
    shown: (page) => page.getByText('It may have been carried out'),
  },
  {
    name: 'connections that are followed',
    address: '/connections',
    shown: (page) => page.getByText(/^compared \d\d:\d\d, at the start$/).first(),
  },
  {
    name: 'the fields of Customer’s Canvas',
    address: '/connections',
    shown: (page) => page.getByRole('button', { name: 'Add a connection' }),
    open: (page) => add(page, /^Customer’s Canvas/),
  },
];

test.each(lookedAt)('nothing is cut, hidden, too small or too pale: $name', async ({ address, shown, open }) => {
  await using page = await shop.open(address);
  await shown(page).waitFor();
  await open?.(page);
  expect(await faultsOf(page)).toEqual([]);
});
