import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { itemId } from '../../../main/training/orders/make-order.ts';
import da from '../../../renderer/i18n/da.json' with { type: 'json' };
import de from '../../../renderer/i18n/de.json' with { type: 'json' };
import en from '../../../renderer/i18n/en.json' with { type: 'json' };
import fr from '../../../renderer/i18n/fr.json' with { type: 'json' };
import { type Language, languageNames, languages } from '../../../renderer/i18n/languages.ts';
import nl from '../../../renderer/i18n/nl.json' with { type: 'json' };
import { layoutFaults } from '../../support/screen-geometry.ts';
import { openPage } from '../../support/screen-page.ts';
import { freshOrder, openScreenShop, type ScreenShop } from '../../support/screen-shop.ts';
import { type ScreenStation, startEmptyStation } from '../../support/screen-station.ts';
import { wordFaults } from '../../support/screen-words.ts';
import { floorSizes } from './page-faults.ts';

vi.setConfig({ testTimeout: 180_000 });

const [viewport] = floorSizes;
const words = { en, de, nl, da, fr };
const hourMs = 3_600_000;

const book = freshOrder({
  number: 1,
  shippingLabel: true,
  items: [
    { product: 'book', title: 'Field notes of a long journey', copies: 1250 },
    { product: 'poster', title: 'Lighthouse' },
  ],
});
const lost = freshOrder({ number: 2, shipBy: new Date(Date.now() - 30 * hourMs), items: [{ product: 'flyer' }] });
const held = freshOrder({ number: 3, items: [{ product: 'businessCards' }] });

let shop: ScreenShop;
let empty: ScreenStation;

beforeAll(async () => {
  shop = await openScreenShop({ undoSeconds: 120, hotFolders: { books: { name: 'Indigo, hall 2', mode: 'manual' } } });
  shop.sandbox.fileKnobs.set({ match: { order: lost.id }, fault: { kind: 'status', status: 404 } });
  for (const order of [book, lost, held]) await shop.post(order);
  await shop.untilOrder(book, 'print-ready', ({ items }) =>
    items.every(({ reached }) => reached.printReady !== undefined),
  );
  await shop.untilOrder(lost, 'a problem', ({ problemCount }) => problemCount > 0);
  await shop.client.items.hold({ item: `cp:${itemId(held.id, 1)}`, note: '350 g' });
  const item = `cp:${itemId(book.id, 2)}`;
  await shop.client.items.signal({ item, signal: { kind: 'shipped', tracking: '1ZTEST0001' } });
  empty = await startEmptyStation();
}, 120_000);
afterAll(async () => {
  await empty?.stop();
  await shop?.close();
});

const languageButton = (page: Page, language: Language): Locator =>
  page.getByRole('button', { name: languageNames[language], exact: true });

/** What does not fit, in words, at each size of a screen. */
const unfitting = async (page: Page, where: string): Promise<readonly string[]> => {
  const faults: string[] = [];
  for (const size of floorSizes) {
    await page.setViewportSize(size);
    for (const fault of [...(await layoutFaults(page)), ...(await wordFaults(page))]) {
      faults.push(`${where}, ${size.width}x${size.height}: ${fault}`);
    }
  }
  await page.setViewportSize(viewport);
  return faults;
};

/** What the station says of the file that the host does not have, in the reader's language. */
const notFound = (language: Language): RegExp =>
  new RegExp(words[language].line.answered.replace('{{host}}', '\\S+').replace('{{status}}', '404'));

/** Each screen with what is there once it is shown, in any language. */
const screens: readonly { readonly hash: string; readonly shown: (page: Page, language: Language) => Locator }[] = [
  { hash: '#/orders', shown: (page) => page.getByRole('link', { name: lost.id }) },
  { hash: `#/orders/cp:${book.id}`, shown: (page) => page.getByText('Lighthouse') },
  { hash: `#/orders/cp:${lost.id}`, shown: (page, language) => page.getByText(notFound(language)) },
  { hash: '#/files', shown: (page, language) => page.getByText(notFound(language)) },
  { hash: '#/signals', shown: (page, language) => page.getByText(words[language].outboxState.queued) },
  { hash: '#/hot-folders', shown: (page) => page.getByText('Indigo, hall 2') },
  { hash: '#/connections', shown: (page, language) => page.getByText(words[language].connection.budget) },
  { hash: '#/today', shown: (page, language) => page.getByText(words[language].today.lateTitle) },
  { hash: '#/settings/scanner', shown: (page, language) => page.getByText(words[language].scannerTest.none) },
  { hash: '#/print/commands', shown: (page, language) => page.getByText(words[language].commandSheet.help) },
];

test('a screen changes its language at once, keeps it, and nothing is cut off in any of the five on any screen', async () => {
  await using page = await openPage(shop.browser, shop.station.address('/settings'), { viewport });
  const faults: string[] = [];
  for (const language of languages) {
    await languageButton(page, language).click();
    await page.getByRole('heading', { name: words[language].language.title, exact: true }).waitFor();
    expect(await page.getAttribute('html', 'lang')).toMatch(new RegExp(`^${language}-`));
    await page.getByLabel(words[language].settings.name).waitFor();
    faults.push(...(await unfitting(page, `${language} #/settings`)));
    for (const { hash, shown } of screens) {
      await page.evaluate((to) => window.location.assign(to), hash);
      await shown(page, language).first().waitFor();
      faults.push(...(await unfitting(page, `${language} ${hash}`)));
    }
    await page.evaluate(() => window.location.assign('#/settings'));
  }
  expect(faults).toEqual([]);

  await languageButton(page, 'da').click();
  await page.getByRole('heading', { name: da.language.title, exact: true }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: da.language.title, exact: true }).waitFor();
});

test('a new station speaks the language of its computer and offers the others before anything else', async () => {
  await using page = await openPage(shop.browser, empty.address(), { viewport, locale: 'de-AT' });
  await page.getByRole('heading', { name: de.setup.title }).waitFor();
  expect(await languageButton(page, 'de').getAttribute('aria-pressed')).toBe('true');
  const row = await page.getByRole('group', { name: de.language.label }).boundingBox();
  const heading = await page.getByRole('heading', { name: de.setup.title }).boundingBox();
  expect((row?.y ?? 0) + (row?.height ?? 0)).toBeLessThanOrEqual(heading?.y ?? 0);
  const faults: string[] = [];
  for (const language of languages) {
    await languageButton(page, language).click();
    await page.getByRole('heading', { name: words[language].setup.name.title }).waitFor();
    faults.push(...(await unfitting(page, language)));
  }
  expect(faults).toEqual([]);

  await page.getByRole('textbox').fill('');
  await page.evaluate(() => {
    Object.assign(document.querySelector('button')?.style ?? {}, { minWidth: '0', width: '60px' });
    document.querySelector('input')?.setAttribute('placeholder', 'words that do not fit '.repeat(10));
  });
  const found = (await wordFaults(page)).join('\n');
  expect(found).toMatch(/broken: “English”/);
  expect(found).toMatch(/cut off in its field: “words that do not fit/);
});
