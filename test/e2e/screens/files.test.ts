import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { CloudprinterOrder } from '../../sandbox/cloudprinter/order.ts';
import type { KnobHandle } from '../../sandbox/knobs/knob-board.ts';
import { freshOrder, openScreenShop, type ScreenShop } from '../../support/screen-shop.ts';

const patience = { timeout: 15_000, interval: 50 };
/** A file that never fits is fetched again at once, after 5 s and after 30 s; only then it is a problem. */
const problemWithinMs = 60_000;

const damaged = freshOrder({ number: 1, items: [{ product: 'flyer', title: 'Harvest market' }] });

let shop: ScreenShop;
let damage: KnobHandle;

beforeAll(async () => {
  shop = await openScreenShop();
  damage = shop.sandbox.fileKnobs.set({ match: { order: damaged.id }, fault: { kind: 'badMd5' } });
  // It takes its time to become a problem, and the last test looks at it.
  await shop.post(damaged);
}, 60_000);
afterAll(() => shop?.close());

const rowOf = (page: Page, order: CloudprinterOrder) =>
  page.getByRole('list', { name: 'Files' }).getByRole('listitem').filter({ hasText: order.id });

test('a file that comes slowly shows how far it is, and that it moves', async () => {
  const order = freshOrder({ number: 2, items: [{ product: 'poster', exactBytes: 900_000 }] });
  shop.sandbox.fileKnobs.set({ match: { order: order.id }, fault: { kind: 'slow', bytesPerSecond: 200_000 } });
  const page = await shop.open('/files');
  await rowOf(page, damaged).waitFor();
  await shop.post(order);
  await page.getByRole('button', { name: /new files?: show/ }).click();
  const row = rowOf(page, order);
  const bar = row.getByRole('progressbar', { name: 'Fetched' });
  const shares = new Set<number>();
  await vi.waitFor(async () => {
    shares.add(await bar.evaluate((element: HTMLProgressElement) => element.value));
    expect(shares.size).toBeGreaterThanOrEqual(3);
  }, patience);
  await row.getByText(/ of 900 kB · .*kB\/s/).waitFor();
  expect([...shares], 'it only grows').toEqual([...shares].toSorted((a, b) => a - b));
  await row.getByText(/^ready: size and MD5 match/).waitFor();
  expect(await bar.count()).toBe(0);
});

test('a ready file is downloaded byte for byte', async () => {
  const order = freshOrder({ number: 3, items: [{ product: 'poster', title: 'Lighthouse' }] });
  await shop.post(order);
  const view = await shop.untilOrder(order, 'print-ready', ({ stage }) => stage === 'printReady');
  const file = view.items[0]?.files[0];
  const page = await shop.open(`/orders/cp:${order.id}`);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe(file?.name);
  const bytes = await readFile(await download.path());
  expect(createHash('md5').update(bytes).digest('hex')).toBe(file?.expectedMd5);
  expect(bytes.length).toBe(file?.expectedBytes);
});

test('a file that the platform no longer has is a problem that says what to do', async () => {
  const order = freshOrder({ number: 4, items: [{ product: 'businessCards' }] });
  const lost = shop.sandbox.fileKnobs.set({ match: { order: order.id }, fault: { kind: 'status', status: 404 } });
  await shop.post(order);
  const page = await shop.open('/files');
  const row = rowOf(page, order);
  await row.getByText(/answered 404$/).waitFor();
  await row.getByText(/^The platform no longer has this file\. Ask it for a new one/).waitFor();
  lost.remove();
  await row.getByRole('button', { name: 'Fetch again' }).click();
  await row.getByText(/^ready: size and MD5 match/).waitFor();
});

test('a file store that refuses this shop stops the downloads, says what to check, and goes on when resumed', async () => {
  await shop.connect('second');
  const order = freshOrder({ number: 5, items: [{ product: 'poster' }] });
  const refusal = shop.sandbox.fileKnobs.set({ match: { order: order.id }, fault: { kind: 'status', status: 403 } });
  await shop.post(order, 'second');
  const page = await shop.open('/files');
  const row = rowOf(page, order);
  await row.getByText(/^check the download addresses \(ACL\) at Cloudprinter\.com: .* answered 403/).waitFor();
  await row.getByText('waiting', { exact: true }).waitFor();
  await page.getByRole('button', { name: '1 notice' }).click();
  await page
    .getByRole('dialog', { name: 'Notices' })
    .getByText(/is stopped: check the download addresses/)
    .waitFor();
  await page.keyboard.press('Escape');

  refusal.remove();
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Connections' }).click();
  await page.getByRole('region', { name: 'second' }).getByRole('button', { name: 'Resume' }).click();
  await page.getByRole('link', { name: /^Files/ }).click();
  await row.getByText(/^ready: size and MD5 match/).waitFor();
  await page.getByRole('button', { name: 'Notices: none' }).waitFor();
});

test(
  'a file whose MD5 never fits ends as a problem that shows both values, and is fetched again on request',
  async () => {
    const view = await shop.untilOrder(damaged, 'known', () => true);
    const expected = view.items[0]?.files[0]?.expectedMd5 ?? '';
    const page = await shop.open('/files');
    const row = rowOf(page, damaged);
    await row.getByText(/^MD5 differs after 4 fetches/).waitFor({ timeout: problemWithinMs });
    await row.getByText(/^The platform’s file and what it announced do not fit together/).waitFor();

    await row.getByRole('link', { name: damaged.id }).click();
    const file = page.getByRole('list', { name: 'Files' }).getByRole('listitem');
    const textOf = async (term: string): Promise<string | null> => {
      const terms = await file.getByRole('term').allTextContents();
      return file.getByRole('definition').nth(terms.indexOf(term)).textContent();
    };
    expect(await textOf('MD5 expected')).toBe(expected);
    expect(await textOf('MD5 found')).toMatch(/^[0-9a-f]{32}$/);
    expect(await textOf('MD5 found')).not.toBe(expected);

    damage.remove();
    await file.getByRole('button', { name: 'Fetch again' }).click();
    await file.getByText(/^ready: size and MD5 match/).waitFor();
    expect(await file.getByRole('term').count(), 'the difference is gone').toBe(0);
  },
  problemWithinMs + 30_000,
);
