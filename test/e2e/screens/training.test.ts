import { access, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { orderId } from '../../../main/training/orders/make-order.ts';
import da from '../../../renderer/i18n/da.json' with { type: 'json' };
import de from '../../../renderer/i18n/de.json' with { type: 'json' };
import en from '../../../renderer/i18n/en.json' with { type: 'json' };
import fr from '../../../renderer/i18n/fr.json' with { type: 'json' };
import { languageNames, languages } from '../../../renderer/i18n/languages.ts';
import nl from '../../../renderer/i18n/nl.json' with { type: 'json' };
import { tourSteps } from '../../../renderer/stores/tour-steps.ts';
import { layoutFaults } from '../../support/screen-geometry.ts';
import { longTest, openPage, patience } from '../../support/screen-page.ts';
import { freshOrder, openScreenShop, type ScreenShop } from '../../support/screen-shop.ts';
import { startScreenStation } from '../../support/screen-station.ts';
import { wordFaults } from '../../support/screen-words.ts';
import { faultsOf, floorSizes } from './page-faults.ts';

vi.setConfig(longTest);

const catalogues = { en, de, nl, da, fr };
/** Far from the numbers of the practice platform. */
const real = freshOrder({ number: 701, items: [{ product: 'poster', title: 'The real poster' }] });
const lost = freshOrder({ number: 702, items: [{ product: 'flyer' }] });
const poster = orderId(1);
const flyer = orderId(3);

let shop: ScreenShop;
beforeAll(async () => {
  shop = await openScreenShop({ hotFolders: { press: { mode: 'manual' } } });
  shop.sandbox.fileKnobs.set({ match: { order: lost.id }, fault: { kind: 'status', status: 404 } });
  await shop.post(real);
  await shop.untilOrder(real, 'print-ready', ({ stage }) => stage === 'printReady');
});
afterAll(() => shop?.close());

const band = (page: Page) => page.getByRole('region', { name: 'Training', exact: true });
const tour = (page: Page) => page.getByRole('region', { name: 'Tour', exact: true });
const ordersOf = (page: Page) => page.getByRole('list', { name: 'Orders' });

/** Waits until the tour says that its step is done, and goes on to the next. */
const stepDone = async (page: Page, title: string): Promise<void> => {
  await tour(page).getByRole('heading', { name: title }).waitFor();
  await tour(page).getByText('Done', { exact: true }).waitFor();
  await tour(page).getByRole('button', { name: 'Next step' }).press('Enter');
};

const ship = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Ship…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Tracking number').fill('1ZTRAINING');
  await dialog.getByRole('button', { name: 'Ship', exact: true }).click();
};

/** Everything that the real station holds, as far as a practice could have touched it. */
const realThings = async () => {
  const { orders } = await shop.client.orders.listDetailed({});
  const items = orders.flatMap((order) => order.items);
  return {
    orders: orders.map(({ externalId, stage }) => [externalId, stage]),
    signals: items.flatMap(({ signals }) => signals.map(({ kind, itemExternalId }) => [kind, itemExternalId])),
    handovers: items.flatMap(({ handovers }) => handovers),
    files: (await readdir(path.join(shop.dataFolder, 'files'), { recursive: true })).filter((name) =>
      name.endsWith('.pdf'),
    ),
    connections: (await shop.client.connections.list({})).connections.map(({ id }) => id),
    hotFolder: await readdir(shop.hotFolder('press')),
    toldTo: shop.sandbox.ledger.ofKind('signal').map(({ type, item }) => [type, item]),
  };
};

test('a person practises a whole day with a tour, and the real station knows nothing of it', async () => {
  const before = await realThings();
  expect(before.orders).toEqual([[real.id, 'printReady']]);
  expect(before.files).toHaveLength(1);

  await using page = await shop.open('/settings');
  await page.getByRole('button', { name: 'Practise' }).click();
  await band(page).getByText('Training: nothing here reaches a customer or a platform').waitFor();
  await band(page).getByText('Hall 2: no problems').waitFor();

  await stepDone(page, 'An order arrives');
  await ordersOf(page).getByRole('link', { name: poster }).click();
  await page.getByRole('article', { name: `Order ${poster}` }).waitFor();
  expect(await page.getByText(real.id).count()).toBe(0);
  await stepDone(page, 'Open an order');
  await page.emulateMedia({ media: 'print' });
  await page.getByText('TRAINING', { exact: true }).waitFor();
  await page.emulateMedia({ media: 'screen' });
  await page.getByRole('button', { name: /^Look at the pages of/ }).click();
  const viewer = page.getByRole('dialog');
  await viewer.getByRole('img', { name: 'Page 1 of 1' }).waitFor();
  await band(page).getByText('Training: nothing here reaches').waitFor();
  await page.keyboard.press('Escape');
  await stepDone(page, 'Look at the pages');

  // A step is shown as not done until it is, and can be skipped and come back to.
  await tour(page).getByRole('heading', { name: 'Hand over' }).waitFor();
  await tour(page).getByRole('button', { name: 'Skip this step' }).click();
  await tour(page).getByRole('heading', { name: 'The RIP picks it up' }).waitFor();
  await tour(page).getByRole('button', { name: 'Step back' }).click();
  await page
    .getByRole('button', { name: /Practice RIP/ })
    .first()
    .click();
  await stepDone(page, 'Hand over');
  await stepDone(page, 'The RIP picks it up');

  await page.getByRole('button', { name: 'Produced', exact: true }).click();
  await stepDone(page, 'Say that it is produced');
  expect(await faultsOf(page)).toEqual([]);
  await ship(page);
  const undo = page.getByRole('region', { name: 'Undo' });
  await undo.waitFor();
  await vi.waitFor(async () => {
    // What has just appeared is not undone by a key that was meant for something else.
    await page.keyboard.press('Alt+z');
    await page.keyboard.press('Enter');
    expect(await undo.count()).toBe(0);
  }, patience);
  await stepDone(page, 'Take something back');

  // It goes on where it was when the page is loaded again.
  await page.reload();
  await tour(page).getByRole('heading', { name: 'Ship it with a tracking number' }).waitFor();
  await ship(page);
  await stepDone(page, 'Ship it with a tracking number');

  // Closed, it can be opened again from the band.
  await tour(page).getByRole('button', { name: 'Close the tour' }).click();
  await band(page).getByRole('button', { name: 'Tour' }).click();
  await tour(page)
    .getByRole('button', { name: `Show order ${flyer}` })
    .click();
  await page.getByRole('article', { name: `Order ${flyer}` }).waitFor();
  await page.getByRole('button', { name: 'Fetch again' }).click();
  await stepDone(page, 'A file is missing');
  await tour(page).getByRole('heading', { name: 'That was the tour' }).waitFor();

  // The real station went on meanwhile, and its troubles are seen from here.
  await shop.post(lost);
  await band(page).getByText('Hall 2: 1 problem').waitFor();

  await tour(page).getByRole('button', { name: 'Back to the real station' }).click();
  await page.getByLabel('Name of this station').waitFor();
  expect(await band(page).count()).toBe(0);
  await page.getByRole('link', { name: /^Orders/ }).click();
  await ordersOf(page).getByRole('link', { name: real.id }).waitFor();
  expect(await page.getByText(poster).count()).toBe(0);

  const after = await realThings();
  expect(after).toEqual({
    ...before,
    orders: expect.arrayContaining([...before.orders, [lost.id, expect.any(String)]]),
    signals: expect.arrayContaining(before.signals),
    toldTo: expect.arrayContaining(before.toldTo),
  });
  expect(after.orders).toHaveLength(2);
  expect(JSON.stringify(after)).not.toContain(poster);
  await vi.waitFor(
    () => expect(access(path.join(shop.dataFolder, 'training'))).rejects.toMatchObject({ code: 'ENOENT' }),
    patience,
  );
});

/** What does not fit a screen of this size, in words. */
const unfitting = async (page: Page, size: (typeof floorSizes)[number]): Promise<readonly string[]> => {
  await page.setViewportSize(size);
  return [...(await layoutFaults(page)), ...(await wordFaults(page))];
};

test('in no language is a word of the band or the tour cut off', async () => {
  await shop.client.training.enter({});
  const { url, token } = shop.station;
  await using page = await openPage(shop.browser, `${url}/?training=1#token=${token}&path=/settings`);
  const narrowest = floorSizes.toSorted((a, b) => a.width - b.width)[0] ?? floorSizes[0];
  const faults: string[] = [];
  const note = (where: string, found: readonly string[]) => faults.push(...found.map((fault) => `${where}: ${fault}`));
  for (const language of languages) {
    const { tour: words, training } = catalogues[language];
    await page.evaluate(() => window.location.assign('#/settings'));
    await page.getByRole('button', { name: languageNames[language], exact: true }).click();
    await page.getByText(training.band).waitFor();
    await page.evaluate(() => window.location.assign('#/hot-folders'));
    await page.getByText('Practice RIP').waitFor();
    for (const size of floorSizes) note(`${language}, ${size.width}x${size.height}`, await unfitting(page, size));
    const card = page.getByRole('region', { name: words.label, exact: true });
    for (const title of [...tourSteps.map((step) => words[step].title), words.end.title]) {
      await card.getByRole('heading', { name: title }).waitFor();
      note(`${language}, ${title}`, await unfitting(page, narrowest));
      await card.getByRole('button', { name: new RegExp(`^(${words.next}|${words.skip}|${words.end.goOn})$`) }).click();
    }
    // Closed at its end, it begins anew.
    await page.getByRole('button', { name: words.reopen, exact: true }).click();
  }
  expect(faults).toEqual([]);
});

test('a practice that a crash left behind is deleted at the next start', async () => {
  const folder = path.join(shop.dataFolder, 'training');
  await shop.client.training.enter({});
  await access(path.join(folder, 'station', 'platen.db'));
  await shop.station.kill();
  const station = await startScreenStation({ dataFolder: shop.dataFolder, configFile: shop.configFile });
  await vi.waitFor(() => expect(access(folder)).rejects.toMatchObject({ code: 'ENOENT' }), patience);
  await station.stop();
});
