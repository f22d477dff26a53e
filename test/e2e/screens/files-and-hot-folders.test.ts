import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { CloudprinterOrder } from '../../../main/training/orders/order.ts';
import type { KnobHandle } from '../../sandbox/knobs/knob-board.ts';
import { longTest, patience } from '../../support/screen-page.ts';
import { freshOrder, openScreenShop, type ScreenShop } from '../../support/screen-shop.ts';

/** A file that never fits is fetched again at once, after 5 s and after 30 s; only then it is a problem. */
const problemWithinMs = 60_000;

const damaged = freshOrder({ number: 1, items: [{ product: 'flyer', title: 'Harvest market' }] });

vi.setConfig(longTest);

let shop: ScreenShop;
let damage: KnobHandle;

beforeAll(async () => {
  shop = await openScreenShop({
    hotFolders: {
      books: { name: 'Book press', accepts: { products: ['textbook_cw_*'] } },
      paperbacks: { name: 'Paperback press', accepts: { products: ['textbook_pb_*'] } },
      photos: { name: 'Photo press', accepts: { products: ['photobook_*'] }, pickUpAlarmSeconds: 5 },
      cards: { name: 'Card press', accepts: { products: ['businesscard_*'] } },
    },
  });
  damage = shop.sandbox.fileKnobs.set({ match: { order: damaged.id }, fault: { kind: 'badMd5' } });
  // It takes its time to become a problem, and the last test looks at it.
  await shop.post(damaged);
}, 120_000);
afterAll(() => shop?.close());

const rowOf = (page: Page, order: CloudprinterOrder) =>
  page.getByRole('list', { name: 'Files' }).getByRole('listitem').filter({ hasText: order.id });

test('a file that comes slowly shows how far it is, and that it moves', async () => {
  const order = freshOrder({ number: 2, items: [{ product: 'poster', exactBytes: 900_000 }] });
  shop.sandbox.fileKnobs.set({ match: { order: order.id }, fault: { kind: 'slow', bytesPerSecond: 150_000 } });
  await using page = await shop.open('/files');
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
  await using page = await shop.open(`/orders/cp:${order.id}`);
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
  const order = freshOrder({ number: 4, items: [{ product: 'poster' }] });
  const lost = shop.sandbox.fileKnobs.set({ match: { order: order.id }, fault: { kind: 'status', status: 404 } });
  await shop.post(order);
  await using page = await shop.open('/files');
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
  await using page = await shop.open('/files');
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

const laneOf = (page: Page, folder: string) => page.getByRole('region', { name: folder });
const lines = (lane: ReturnType<typeof laneOf>) => lane.getByRole('list', { name: 'Inside' }).getByRole('listitem');

test('a file that lies in a hot folder is taken back with one tap', async () => {
  const order = freshOrder({ number: 11, items: [{ product: 'businessCards' }] });
  await shop.post(order);
  await using page = await shop.open('/hot-folders');
  const lane = laneOf(page, 'Card press');
  await lane.getByText('1 file lies in it').waitFor();
  await lines(lane)
    .getByText(/^handed over \d\d:\d\d, not picked up yet$/)
    .waitFor();
  expect((await readdir(shop.hotFolder('cards'))).length).toBe(1);
  await lines(lane).getByRole('button', { name: 'Take back' }).click();
  await page.getByText(/ is taken back\.$/).waitFor();
  await lane.getByText('empty').waitFor();
  expect(await readdir(shop.hotFolder('cards'))).toEqual([]);
});

test('what a RIP takes out of its hot folder is picked up, and the order says when', async () => {
  const order = freshOrder({ number: 12, items: [{ product: 'book' }] });
  await shop.post(order);
  await using page = await shop.open('/hot-folders');
  const lane = laneOf(page, 'Book press');
  await lane.getByText('nothing was picked up yet').waitFor();
  await lane.getByText('2 files lie in it').waitFor();
  for (const name of await readdir(shop.hotFolder('books'))) await rm(path.join(shop.hotFolder('books'), name));
  await lane.getByText('empty').waitFor();
  await lane.getByText('nothing was picked up yet').waitFor({ state: 'hidden' });
  await page.getByRole('link', { name: /^Orders/ }).click();
  await page.getByRole('link', { name: order.id, exact: true }).click();
  const handovers = page.getByRole('list', { name: 'Hand-overs' }).getByRole('listitem');
  await vi.waitFor(async () => expect(await handovers.getByText(/^picked up \d\d:\d\d$/).count()).toBe(2), patience);
  const timeline = page.getByRole('region', { name: 'Timeline' });
  const pickUp = timeline.getByRole('listitem').filter({ hasText: 'Picked up from Book press' });
  await pickUp.first().getByText('left the folder').waitFor();
});

test('a hot folder that is gone is offline while the others work, and goes on when it is back', async () => {
  const sheets = path.join(shop.root, 'sheets');
  await mkdir(sheets);
  const away = `${shop.hotFolder('paperbacks')}-unmounted`;
  await rename(shop.hotFolder('paperbacks'), away);
  const order = freshOrder({ number: 13, items: [{ product: 'softcover' }, { product: 'flyer' }] });
  await shop.client.hotFolders.save({
    hotFolder: { id: 'sheets', name: 'Sheet press', path: sheets, mode: 'auto', accepts: { products: ['flyer_*'] } },
  });
  await shop.post(order);
  await using page = await shop.open('/hot-folders');
  const lane = laneOf(page, 'Paperback press');
  await lane.getByText('offline', { exact: true }).waitFor();
  await lane.getByText(/2 files wait for it/).waitFor();
  await laneOf(page, 'Sheet press').getByText('1 file lies in it').waitFor();
  await rename(away, shop.hotFolder('paperbacks'));
  await lane.getByText('can be written to').waitFor();
  await lane.getByText('2 files lie in it').waitFor();
  expect((await readdir(shop.hotFolder('paperbacks'))).length).toBe(2);
});

test('a file that the RIP does not take raises an alarm, which ends when it is taken', async () => {
  const order = freshOrder({ number: 14, items: [{ product: 'photoBook' }] });
  await shop.post(order);
  await using page = await shop.open('/hot-folders');
  const lane = laneOf(page, 'Photo press');
  await lines(lane)
    .getByText(/^not picked up for 0:\d\d$/)
    .first()
    .waitFor();
  await page.getByRole('button', { name: /notice/ }).click();
  const notices = page.getByRole('dialog', { name: 'Notices' });
  const alarm = notices.getByText(/ still lies in Photo press: look at the RIP$/);
  await alarm.waitFor();
  for (const name of await readdir(shop.hotFolder('photos'))) await rm(path.join(shop.hotFolder('photos'), name));
  await alarm.waitFor({ state: 'hidden' });
  await notices.getByRole('button', { name: 'Close' }).click();
  await lane.getByText('empty').waitFor();
});

test(
  'a file whose MD5 never fits ends as a problem that shows both values, and is fetched again on request',
  async () => {
    const view = await shop.untilOrder(damaged, 'known', () => true);
    const expected = view.items[0]?.files[0]?.expectedMd5 ?? '';
    await using page = await shop.open('/files');
    const row = rowOf(page, damaged);
    await row.getByText(/^MD5 differs after 4 fetches/).waitFor({ timeout: problemWithinMs });
    await row.getByText(/^The platform’s file and what it announced do not fit together/).waitFor();

    await row.getByRole('link', { name: damaged.id }).click();
    const file = page.getByRole('article').getByRole('list', { name: 'Files' }).getByRole('listitem');
    await file.getByText('MD5 found').waitFor();
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
