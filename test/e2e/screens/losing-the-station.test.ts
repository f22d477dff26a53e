import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { brokenLineWords, openProxiedShop, type ProxiedShop } from '../../support/proxied-shop.ts';
import { longTest, patience } from '../../support/screen-page.ts';
import type { ScreenProxy } from '../../support/screen-proxy.ts';
import { freshOrder, type ScreenShop } from '../../support/screen-shop.ts';
import { type ScreenStation, startScreenStation } from '../../support/screen-station.ts';

vi.setConfig(longTest);

/** How often the page asks a silent station whether it is there, and how long it waits for the answer. */
const pulseMs = 10_000;
const pulseTimeoutMs = 5_000;

const known = freshOrder({ number: 1, items: [{ product: 'poster', title: 'Lighthouse' }] });

let proxied: ProxiedShop;
let shop: ScreenShop;
let proxy: ScreenProxy;
let restarted: ScreenStation | null = null;

beforeAll(async () => {
  proxied = await openProxiedShop();
  ({ shop, proxy } = proxied);
  await shop.post(known);
  await shop.untilOrder(known, 'print-ready', ({ stage }) => stage === 'printReady');
}, 120_000);
afterAll(async () => {
  await restarted?.stop();
  await proxied?.close();
});

const bar = (page: Page) => page.getByRole('alert').filter({ hasText: 'Connection to the station lost' });
const rowOf = (page: Page, number: string) =>
  page.getByRole('list', { name: 'Orders' }).getByRole('listitem').filter({ hasText: number });

test('a cut line shows at once, what was seen stays, and afterwards everything is right again without a reload', async () => {
  await using page = await shop.open('/orders', { tolerated: brokenLineWords });
  await rowOf(page, known.id).getByText('print-ready').waitFor();
  await page.evaluate(() => Object.assign(window, { sameDocument: true }));

  await proxy.cut();
  await bar(page)
    .getByText(/^What you see is from \d\d:\d\d\.$/)
    .waitFor();
  expect(await rowOf(page, known.id).isVisible()).toBe(true);
  const missed = freshOrder({ number: 2, items: [{ product: 'flyer' }] });
  await shop.post(missed);
  await shop.client.items.signal({ item: `cp:${known.items[0]?.id}`, signal: { kind: 'produced' } });

  await proxy.mend();
  await page.getByRole('button', { name: '1 new order: show' }).waitFor();
  await bar(page).waitFor({ state: 'hidden' });
  await rowOf(page, known.id).getByText('produced').waitFor();
  await page.getByRole('button', { name: '1 new order: show' }).click();
  await rowOf(page, missed.id).waitFor();
  const later = freshOrder({ number: 3, items: [{ product: 'flyer' }] });
  await shop.post(later);
  await page.getByRole('button', { name: '1 new order: show' }).waitFor();
  expect(await page.evaluate(() => 'sameDocument' in window)).toBe(true);
});

test('what is tapped while the line is cut is not done, and that is said', async () => {
  await using page = await shop.open(`/orders/cp:${known.id}`, { tolerated: brokenLineWords });
  const packed = page.getByRole('button', { name: 'Packed' });
  await packed.waitFor();
  await proxy.cut();
  await bar(page).waitFor();
  await packed.click();
  await page.getByText('the station cannot be reached').waitFor();
  await proxy.mend();
  await bar(page).waitFor({ state: 'hidden' });
  expect(await packed.isEnabled()).toBe(true);
});

test('a line that dies without a word is noticed by its silence', async () => {
  await using page = await shop.open('/orders', { tolerated: brokenLineWords, ownClock: true });
  await rowOf(page, known.id).waitFor();
  proxy.freeze();
  await page.clock.fastForward(pulseMs);
  expect(await bar(page).count()).toBe(0);
  await page.clock.fastForward(pulseTimeoutMs);
  await bar(page).waitFor();
  await proxy.mend();
  await page.getByRole('button', { name: 'Try now' }).click();
  await bar(page).waitFor({ state: 'hidden' });
});

test('a station that was started anew has a new key: the page says so, and its new address works in the same tab', async () => {
  await using page = await shop.open('/orders', { tolerated: brokenLineWords });
  await rowOf(page, known.id).waitFor();
  const { port, url, kill } = shop.station;
  await kill();
  await bar(page).waitFor();
  restarted = await startScreenStation({
    dataFolder: shop.dataFolder,
    configFile: shop.configFile,
    uiPort: port,
  });
  expect(restarted.url).toBe(url);
  const refused = page.getByRole('alert').filter({ hasText: 'The station does not take this page’s key' });
  await refused.waitFor();
  await page.goto(restarted.address('/orders'));
  await refused.waitFor({ state: 'hidden' });
  await vi.waitFor(async () => expect(await rowOf(page, known.id).count()).toBe(1), patience);
  await page.getByRole('region', { name: 'Connections' }).waitFor();
});
