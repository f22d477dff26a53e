import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { OrderView } from '../../../main/contract/orders.ts';
import type { CloudprinterOrder } from '../../../main/training/orders/order.ts';
import { accessFaults } from '../../support/screen-axe.ts';
import { layoutFaults } from '../../support/screen-geometry.ts';
import { longTest, patience } from '../../support/screen-page.ts';
import { freshOrder, openScreenShop, type ScreenShop } from '../../support/screen-shop.ts';

vi.setConfig(longTest);

let shop: ScreenShop;

beforeAll(async () => {
  shop = await openScreenShop({
    hotFolders: {
      evo: { name: 'Evo', preset: 'prinergy', accepts: { products: ['textbook_cw_*'] } },
      covers: { name: 'Cover press', mode: 'manual', accepts: { roles: ['cover'] } },
      short: { name: 'Leaflet press', mode: 'manual', accepts: { pages: { least: 1, most: 2 } } },
      photos: { name: 'Photo press', accepts: { products: ['photobook_*'] } },
      cards: { name: 'Card press', accepts: { products: ['businesscard_*'], pages: { least: 500, most: 900 } } },
    },
  });
  for (const name of ['Working', 'Input_Success', 'Input_Error']) await mkdir(inFolder('evo', name));
}, 120_000);
afterAll(() => shop?.close());

const inFolder = (id: string, ...names: readonly string[]): string => path.join(shop.hotFolder(id), ...names);
const filesIn = async (...folder: readonly [string, ...string[]]): Promise<string[]> =>
  (await readdir(inFolder(...folder))).filter((name) => name.endsWith('.pdf') && !name.startsWith('.')).toSorted();

/** The RIP of a hot folder puts the files whose names have this part into one of its own folders. */
const ripPuts = async (id: string, part: string, into: string): Promise<void> => {
  const names = (await filesIn(id)).filter((name) => name.includes(part));
  for (const name of names) await rename(inFolder(id, name), inFolder(id, into, name));
};

const handedOver = (view: OrderView): boolean =>
  view.items[0]?.handovers.filter((each) => each.state === 'sent').length === 2;
const post = async (order: CloudprinterOrder): Promise<OrderView> => {
  await shop.post(order);
  return shop.untilOrder(order, 'in the hot folder', handedOver);
};

const laneOf = (page: Page, name: string) => page.getByRole('region', { name });
const linesOf = (page: Page, name: string, list = 'Inside') =>
  laneOf(page, name).getByRole('list', { name: list }).getByRole('listitem');
const tile = (page: Page, name: string) => page.getByRole('button', { name: new RegExp(`^${name} `) });

test('a file that the RIP refuses is a problem with the folder it lies in, and goes again with one tap', async () => {
  const order = freshOrder({ number: 31, items: [{ product: 'book' }] });
  await post(order);
  await using page = await shop.open('/hot-folders');
  await linesOf(page, 'Evo')
    .filter({ hasText: 'cover' })
    .getByText(/^lies there for 0:\d\d$/)
    .waitFor();
  await ripPuts('evo', 'cover', 'Input_Success');
  await linesOf(page, 'Evo', 'Last taken')
    .getByText(/^accepted by the RIP \d\d:\d\d$/)
    .waitFor();
  await ripPuts('evo', 'bookBlock', 'Input_Error');
  const refused = linesOf(page, 'Evo').filter({ hasText: 'bookBlock' });
  await refused.getByText(/^refused by the RIP \d\d:\d\d$/).waitFor();
  await refused.getByText(/^It is in Input_Error\/.*bookBlock.*\.pdf$/).waitFor();
  const view = await shop.untilOrder(order, 'a problem', ({ problemCount }) => problemCount === 1);
  expect(view.items[0]).toMatchObject({ stage: 'printReady', problem: expect.stringContaining('Input_Error') });

  await refused.getByRole('button', { name: 'Hand over again' }).click();
  await shop.untilOrder(order, 'in the hot folder again', ({ problemCount }) => problemCount === 0);
  await vi.waitFor(async () => expect(await filesIn('evo')).toHaveLength(1), patience);
  expect((await filesIn('evo'))[0], 'only the one that was refused').toContain('bookBlock');
  expect(await filesIn('evo', 'Input_Error'), 'what the RIP put there stays').toHaveLength(1);

  await page
    .getByRole('link', { name: new RegExp(order.id) })
    .first()
    .click();
  const timeline = page.getByRole('region', { name: 'Timeline' }).getByRole('listitem');
  await timeline.filter({ hasText: 'Refused by the RIP of Evo: it is in Input_Error' }).getByText('RIP said').waitFor();
});

test('what others put into the folder is named as not ours, and a look at it can be asked for', async () => {
  await using page = await shop.open('/hot-folders');
  const lane = laneOf(page, 'Cover press');
  await lane.getByText('empty').waitFor();
  await writeFile(inFolder('covers', 'of-the-neighbour.pdf'), 'not ours');
  await lane.getByRole('button', { name: 'Look now' }).click();
  const line = linesOf(page, 'Cover press').filter({ hasText: 'of-the-neighbour.pdf' });
  await line.getByText('not ours').waitFor();
  expect(await line.getByRole('button').count(), 'nothing can be done with it').toBe(0);
  await rm(inFolder('covers', 'of-the-neighbour.pdf'));
  await lane.getByRole('button', { name: 'Look now' }).click();
  await line.waitFor({ state: 'hidden' });
});

test('a lane learns how long the RIP usually takes, and says when it will raise the alarm', async () => {
  await using page = await shop.open('/hot-folders');
  const lane = laneOf(page, 'Photo press');
  await lane.getByText('not known yet how long · alarm after 10:00').waitFor();
  for (const number of [41, 42]) {
    await post(freshOrder({ number, items: [{ product: 'photoBook' }] }));
    for (const name of await filesIn('photos')) await rm(inFolder('photos', name));
    await lane.getByText('empty').waitFor();
  }
  await lane.getByText(/^usually 0:0\d · alarm after 10:00$/).waitFor();
  expect(await linesOf(page, 'Photo press', 'Last taken').count()).toBe(4);
});

test('a folder is told how its RIP names the outcomes and what fits into it, and the doctor looks for those folders', async () => {
  const folder = path.join(shop.root, 'own');
  await mkdir(path.join(folder, 'fertig'), { recursive: true });
  await using page = await shop.open('/hot-folders');
  await page.getByRole('button', { name: 'Add a hot folder' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Own press');
  await dialog
    .getByRole('textbox', { name: /^Folder/ })
    .first()
    .fill(folder);
  await dialog.getByRole('button', { name: 'By its own folders' }).click();
  await dialog.getByText('Name at least one folder of the RIP.').waitFor();
  await dialog.getByLabel('Folders of accepted files').fill('fertig');
  await dialog.getByLabel('Folders of refused files').fill('Fehler');
  await dialog.getByLabel('Pages, at most').fill('8');
  await dialog.getByLabel('Trimmed width (mm)').fill('148');
  await dialog.getByText('Give both width and height, or neither.').waitFor();
  await dialog.getByLabel('Trimmed height (mm)').fill('210');
  await dialog.getByRole('button', { name: 'Check this folder' }).click();
  await dialog.getByText('found fertig; not there: Fehler').waitFor();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'hidden' });
  const lane = laneOf(page, 'Own press');
  await lane.getByText('1 to 8 pages, 148 × 210 mm (± 1)').waitFor();
  await lane.getByText('By its own folders: its folders are read').waitFor();
  const { hotFolders } = await shop.client.hotFolders.list({});
  const saved = hotFolders.find(({ name }) => name === 'Own press');
  expect(saved).toMatchObject({ preset: 'own', outcome: { accepted: ['fertig'], failed: ['Fehler'] } });
  await shop.client.hotFolders.remove({ id: saved?.id ?? '' });
});

test('before a file goes to another folder each target says whether it fits; a misfit takes a second word', async () => {
  const order = freshOrder({ number: 51, items: [{ product: 'book' }] });
  await post(order);
  await ripPuts('evo', order.id, 'Input_Error');
  await shop.untilOrder(order, 'refused', ({ problemCount }) => problemCount === 2);
  await using page = await shop.open('/hot-folders');
  const refused = linesOf(page, 'Evo').filter({ hasText: order.id }).filter({ hasText: 'bookBlock' });
  await refused.getByRole('button', { name: 'Other folder…' }).click();
  const targets = page.getByRole('dialog', { name: 'Hand over to a hot folder' });
  await tile(page, 'Cover press').getByText('Book block: only Cover goes here').waitFor();
  await tile(page, 'Leaflet press')
    .getByText(/^Book block: \d+ pages, 1 to 2 go here$/)
    .waitFor();
  await tile(page, 'Photo press').getByText('does not fit').waitFor();
  await tile(page, 'Evo').getByText('1 file: Book block').waitFor();
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    expect(await accessFaults(page, scheme === 'light' ? 'every' : 'colors'), scheme).toEqual([]);
  }
  expect(await layoutFaults(page)).toEqual([]);

  // By keyboard alone: from the chosen file to the tile, and to the answer.
  await tile(page, 'Leaflet press').focus();
  await page.keyboard.press('Enter');
  const asked = page.getByRole('dialog', { name: 'Hand over to Leaflet press although it does not fit?' });
  await asked.getByText(/^Book block: \d+ pages, 1 to 2 go here$/).waitFor();
  expect(await filesIn('short'), 'nothing went yet').toEqual([]);
  await asked.getByRole('button', { name: 'Hand over anyway' }).focus();
  await page.keyboard.press('Enter');
  await targets.waitFor({ state: 'hidden' });
  await vi.waitFor(async () => expect(await filesIn('short')).toHaveLength(1), patience);
  expect((await filesIn('short'))[0]).toContain('bookBlock');

  // By hand: the cover is dragged onto the folder that takes covers.
  const cover = linesOf(page, 'Evo').filter({ hasText: order.id }).filter({ hasText: 'cover' });
  await cover.getByRole('button', { name: 'Other folder…' }).click();
  await targets.getByRole('button', { name: 'Cover', exact: true }).dragTo(tile(page, 'Cover press'));
  await vi.waitFor(async () => expect(await filesIn('covers')).toHaveLength(1), patience);
  expect((await filesIn('covers'))[0]).toContain('cover');
});

test('a file that the station would put into the wrong folder by itself is a problem with the reason instead', async () => {
  const order = freshOrder({ number: 61, items: [{ product: 'businessCards' }] });
  await shop.post(order);
  const view = await shop.untilOrder(order, 'a problem', ({ problemCount }) => problemCount === 1);
  expect(view.items[0]).toMatchObject({ stage: 'printReady', problem: expect.stringMatching(/500 to 900 pages/) });
  expect(await filesIn('cards')).toEqual([]);
  await using page = await shop.open('/hot-folders');
  await linesOf(page, 'Card press').getByText('not handed over').waitFor();
});

test('the lanes can be read in both themes and on every screen', async () => {
  await using page = await shop.open('/hot-folders');
  await laneOf(page, 'Evo').getByText('Kodak Prinergy: its folders are read').waitFor();
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    expect(await accessFaults(page, scheme === 'light' ? 'every' : 'colors'), scheme).toEqual([]);
  }
  for (const [width, height] of [
    [1280, 720],
    [1920, 1080],
    [1080, 1920],
  ] as const) {
    await page.setViewportSize({ width, height });
    expect(await layoutFaults(page), `${width} × ${height}`).toEqual([]);
  }
});
