import { PDFDocument, PDFName } from '@cantoo/pdf-lib';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { FileView } from '../../../main/contract/files.ts';
import { bytesContent } from '../../../main/training/files/file-content.ts';
import { itemId, reorderOf } from '../../../main/training/orders/make-order.ts';
import type { CloudprinterOrder } from '../../../main/training/orders/order.ts';
import { makePdf } from '../../../main/training/pdf/make-pdf.ts';
import { itemCode } from '../../../renderer/features/print/item-code.ts';
import { makePng } from '../../sandbox/files/make-image.ts';
import { longTest, patience } from '../../support/screen-page.ts';
import { freshOrder, openScreenShop, type ScreenShop } from '../../support/screen-shop.ts';
import { faultsOf } from './page-faults.ts';

vi.setConfig(longTest);

/** A page of 64 × 64 fax pixels (CCITT Group 4), white above and black below: such a picture needs a decoder of its own. */
const faxPage = async (): Promise<Uint8Array> => {
  const whiteRow = '1';
  const blackRow = '11';
  // Horizontal mode, no white, 64 + 0 black.
  const firstBlackRow = ['001', '00110101', '0000001111', '0000110111'].join('');
  const end = '000000000001000000000001';
  const bits = [whiteRow.repeat(32), firstBlackRow, blackRow.repeat(31), end].join('');
  const rows = Buffer.from((bits.match(/.{1,8}/g) ?? []).map((byte) => Number.parseInt(byte.padEnd(8, '0'), 2)));
  const document = await PDFDocument.create();
  const page = document.addPage([300, 300]);
  const image = document.context.register(
    document.context.stream(rows, {
      Type: 'XObject',
      Subtype: 'Image',
      Width: 64,
      Height: 64,
      BitsPerComponent: 1,
      ColorSpace: 'DeviceGray',
      Filter: 'CCITTFaxDecode',
      DecodeParms: { K: -1, Columns: 64, Rows: 64 },
    }),
  );
  page.node.set(PDFName.of('Resources'), document.context.obj({ XObject: { Im1: image } }));
  const content = document.context.stream('300 0 0 300 0 0 cm /Im1 Do');
  page.node.set(PDFName.of('Contents'), document.context.register(content));
  return document.save();
};

const longTitle = 'Field notes of a long journey around all of the islands and back again';
const book = freshOrder({
  number: 1,
  consignor: 'Fjord Books Ltd',
  items: [
    { product: 'book', title: longTitle, copies: 1250, pageCount: 24 },
    { product: 'poster', title: 'Lighthouse' },
  ],
});
let wrong: CloudprinterOrder;
const senderless = freshOrder({ number: 3, consignor: '', items: [{ product: 'poster' }] });
let shop: ScreenShop;

beforeAll(async () => {
  shop = await openScreenShop({ undoSeconds: 0 });
  const other = await makePdf({ seed: 1, pageCount: 9, trimWidthMm: 210, trimHeightMm: 297, title: 'Another book' });
  wrong = freshOrder({
    number: 2,
    items: [
      { product: 'softcover', reorder: reorderOf(book), content: { book: bytesContent(other) } },
      { product: 'flyer', content: { product: bytesContent(await faxPage()) } },
      { product: 'poster', content: { product: bytesContent(Buffer.from('%PDF-1.4\nnothing else')) } },
      {
        product: 'businessCards',
        content: { product: bytesContent(makePng({ seed: 'cards', blocksWide: 9, blocksHigh: 6 })) },
        announced: { product: { format: 'png' } },
      },
    ],
  });
  for (const order of [book, wrong, senderless]) await shop.post(order);
  for (const order of [book, wrong, senderless]) {
    await shop.untilOrder(order, 'looked into', ({ items }) =>
      items
        .flatMap((item) => item.files)
        .every((file) => file.inspection !== null || (file.format === 'png' && file.state === 'ready')),
    );
  }
}, 120_000);
afterAll(() => shop?.close());

const itemOn = (page: Page, number: number): Locator =>
  page.getByRole('region', { name: new RegExp(`^Item ${number}:`) });
const thumbnails = (place: Page | Locator): Locator => place.getByRole('button', { name: /^Look at the pages of/ });
const viewer = (page: Page): Locator => page.getByRole('dialog');

/** The colours of a picture in the page, at places given as shares of its width and height. */
const colorsAt = (picture: Locator, places: readonly (readonly [number, number])[]): Promise<number[][]> =>
  picture.evaluate((element, wanted) => {
    if (!(element instanceof HTMLImageElement)) throw new Error('no picture');
    const canvas = document.createElement('canvas');
    canvas.width = element.naturalWidth;
    canvas.height = element.naturalHeight;
    const context = canvas.getContext('2d');
    context?.drawImage(element, 0, 0);
    return wanted.map(([x, y]) => [
      ...(context?.getImageData(Math.floor(x * canvas.width), Math.floor(y * canvas.height), 1, 1).data ?? []),
    ]);
  }, places);

test('page one of each file stands beside it, and a tap pages through the file', async () => {
  await using page = await shop.open(`/orders/cp:${book.id}`);
  await vi.waitFor(
    async () => expect(await itemOn(page, 1).locator('[data-picture="ready"]').count()).toBe(2),
    patience,
  );
  await thumbnails(itemOn(page, 1)).nth(1).click();
  const shown = viewer(page).getByRole('img', { name: /^Page \d+ of 24$/ });
  await viewer(page).locator('[data-page="1"]').waitFor();
  await viewer(page).getByText('Trim 210 × 297 mm').waitFor();
  await viewer(page).getByText('Bleed 3 mm').waitFor();
  expect(await viewer(page).locator('[data-page] [data-kind]').count(), 'trim and bleed are drawn').toBe(2);
  await viewer(page).getByRole('button', { name: 'Boxes' }).click();
  expect(await viewer(page).locator('[data-page] [data-kind]').count()).toBe(0);

  await page.keyboard.press('ArrowRight');
  await viewer(page).locator('[data-page="2"]').waitFor();
  await viewer(page).getByRole('button', { name: 'Next' }).click();
  await viewer(page).locator('[data-page="3"]').waitFor();
  await page.keyboard.press('End');
  await viewer(page).locator('[data-page="24"]').waitFor();
  expect(await shown.getAttribute('aria-label')).toBe('Page 24 of 24');
  expect(await viewer(page).getByRole('button', { name: 'Next' }).isDisabled()).toBe(true);
  await page.keyboard.press('PageUp');
  await viewer(page).locator('[data-page="23"]').waitFor();
  await viewer(page).getByRole('textbox', { name: 'Go to page' }).fill('7');
  await page.keyboard.press('Enter');
  await viewer(page).locator('[data-page="7"]').waitFor();

  const box = await shown.boundingBox();
  const middle = (box?.y ?? 0) + (box?.height ?? 0) / 2;
  await page.mouse.move((box?.x ?? 0) + (box?.width ?? 0) - 20, middle);
  await page.mouse.down();
  await page.mouse.move((box?.x ?? 0) + 20, middle, { steps: 3 });
  await page.mouse.up();
  await viewer(page).locator('[data-page="8"]').waitFor();

  expect(await faultsOf(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await viewer(page).waitFor({ state: 'hidden' });
});

test('what speaks against a file stands beside it, with the cause to cancel with, and keeps nobody from using it', async () => {
  await using page = await shop.open(`/orders/cp:${wrong.id}`);
  const first = itemOn(page, 1);
  await first.getByText('9 pages in the file, 32 ordered').waitFor();
  await first.getByText('Fitting cause to cancel: The book block has the wrong number of pages').waitFor();
  await first.getByText('Page 1 is trimmed to 210 × 297 mm, ordered 148 × 210 mm').waitFor();
  await first.getByText('Fitting cause to cancel: The book block has the wrong trim size').waitFor();
  await itemOn(page, 3)
    .getByText(/^It cannot be read:/)
    .waitFor();
  await itemOn(page, 3).getByText('Fitting cause to cancel: The files are damaged').waitFor();
  expect(await thumbnails(itemOn(page, 3)).count(), 'there is no page to look at').toBe(0);
  await itemOn(page, 3).getByRole('button', { name: 'Cancel…' }).click();
  const cancel = page.getByRole('dialog', { name: /^Cancel item 3/ });
  await cancel.getByText('Suggested by the inspection of the files.').waitFor();
  expect(await cancel.getByRole('combobox', { name: 'Cause' }).inputValue()).toBe('The files are damaged');
  await page.keyboard.press('Escape');
  await first.getByText('print-ready', { exact: true }).waitFor();
  expect(await first.getByRole('button', { name: 'Produced' }).isEnabled()).toBe(true);
});

test('a picture that needs a decoder of its own is drawn, within the content policy', async () => {
  await using page = await shop.open(`/orders/cp:${wrong.id}`);
  await thumbnails(itemOn(page, 2)).scrollIntoViewIfNeeded();
  const picture = thumbnails(itemOn(page, 2)).locator('img');
  await picture.waitFor();
  expect(
    await colorsAt(picture, [
      [0.5, 0.2],
      [0.5, 0.8],
    ]),
  ).toEqual([
    [255, 255, 255, 255],
    [0, 0, 0, 255],
  ]);
});

test('a file that is a picture shows itself, small and over the whole window', async () => {
  await using page = await shop.open(`/orders/cp:${wrong.id}`);
  const card = itemOn(page, 4);
  await thumbnails(card).scrollIntoViewIfNeeded();
  const picture = thumbnails(card).locator('img');
  await picture.waitFor();
  const [corner] = await colorsAt(picture, [[0.05, 0.05]]);
  expect(corner, 'the picture is drawn, and not an empty sheet').not.toEqual([255, 255, 255, 255]);
  await thumbnails(card).click();
  await viewer(page).getByRole('img', { name: 'Page 1 of 1' }).waitFor();
  await viewer(page).locator('[data-page="1"]').waitFor();
});

describe('paper', () => {
  /** Opens a sheet in a page that only counts how often it was asked to print. */
  const openSheet = async (sheet: 'ticket' | 'slip', order: CloudprinterOrder): Promise<Page> => {
    const page = await shop.open(`/print/${sheet}/cp:${order.id}`);
    await page.evaluate(() => {
      Object.assign(window, {
        asked: 0,
        print: () => Object.assign(window, { asked: Reflect.get(window, 'asked') + 1 }),
      });
    });
    return page;
  };
  const printButton = (page: Page): Locator => page.getByRole('button', { name: 'Print…' });
  const timesPrinted = (page: Page): Promise<unknown> => page.evaluate(() => Reflect.get(window, 'asked'));
  const onPaper = async (page: Page): Promise<PDFDocument> =>
    PDFDocument.load(await page.pdf({ preferCSSPageSize: true }));

  test('each item has a job ticket with all that the floor needs, one sheet each', async () => {
    await using page = await openSheet('ticket', book);
    const tickets = page.getByRole('region', { name: /^Job ticket of item/ });
    await tickets.nth(1).waitFor();
    await vi.waitFor(async () => expect(await printButton(page).isEnabled()).toBe(true), patience);
    const { order } = await shop.client.orders.get({ order: `cp:${book.id}` });
    const first = tickets.nth(0);
    for (const words of [book.id, longTitle, '× 1,250', '24 pages', '130 g silk × 24', 'Gloss lamination', 'Ship by']) {
      await first.getByText(words, { exact: true }).first().waitFor();
    }
    const code = itemCode(order.items[0]?.id ?? 0);
    await first.getByText(code, { exact: true }).waitFor();
    await first.getByText(`cp:${itemId(book.id, 1)}`, { exact: true }).waitFor();
    const barCode = first.getByRole('img', { name: `Bar code ${code}` });
    expect(await barCode.evaluate((image) => image instanceof HTMLImageElement && image.naturalWidth)).toBeGreaterThan(
      50,
    );
    expect(await first.locator('li img').count(), 'page one of cover and block').toBe(2);

    expect(await timesPrinted(page), 'nothing is printed by itself').toBe(0);
    await printButton(page).click();
    expect(await timesPrinted(page)).toBe(1);
    const paper = await onPaper(page);
    expect(paper.getPageCount()).toBe(2);
    const { width, height } = paper.getPage(0).getSize();
    expect([Math.round(width), Math.round(height)]).toEqual([595, 842]);
    expect(paper.getTitle()).toBe(`Job tickets ${book.id}`);
    expect(await faultsOf(page)).toEqual([]);
  });

  test('the ticket of a reorder says what went wrong the first time', async () => {
    await using page = await openSheet('ticket', wrong);
    await page.getByText('Reorder: damaged in shipping.').waitFor();
    await page.getByText(/Instead of order 900000010000, item 900000010001\./).waitFor();
    expect(await page.getByRole('region', { name: /^Job ticket of item/ }).count()).toBe(4);
  });

  test('the packing slip names the sender that the order gives, and neither the shop nor the platform', async () => {
    await using page = await openSheet('slip', book);
    const slip = page.getByRole('region', { name: 'Packing slip' });
    await slip.getByText('Fjord Books Ltd', { exact: true }).waitFor();
    const text = await slip.textContent();
    for (const words of ['Ann Example', 'Testgade 1', longTitle, '1,250', '2 items', '1,251', book.client.reference]) {
      expect(text).toContain(words);
    }
    expect(text).not.toMatch(/Hall 2|Cloudprinter|Platen/i);
    await printButton(page).click();
    expect(await timesPrinted(page)).toBe(1);
    const paper = await onPaper(page);
    expect([paper.getPageCount(), paper.getTitle()]).toEqual([1, `Packing slip ${book.id}`]);
    expect(await faultsOf(page)).toEqual([]);
  });

  test('where the order names no sender a person is told to ask, and the shop’s name does not take its place', async () => {
    await using page = await openSheet('slip', senderless);
    await page.getByText(/^The order names no sender: ask before shipping/).waitFor();
    expect(await page.getByRole('region', { name: 'Packing slip' }).textContent()).not.toContain('Hall 2');
  });
});

describe('the files themselves', () => {
  const filesOf = async (order: CloudprinterOrder): Promise<readonly FileView[]> =>
    (await shop.client.orders.get({ order: `cp:${order.id}` })).order.items.flatMap((item) => item.files);

  test('are given out with the page’s key alone, by their number and never by a path', async () => {
    const [file] = await filesOf(book);
    const { url, token } = shop.station;
    const ask = async (path: string, key: string | null): Promise<readonly [number, boolean]> => {
      const answer = await fetch(`${url}${path}${key === null ? '' : `?token=${key}`}`);
      return [answer.status, (await answer.text()).includes('%PDF')];
    };
    expect(await ask(`/files/${file?.id}/content`, token)).toEqual([200, true]);
    expect(await ask(`/files/${file?.id}/content`, null)).toEqual([401, false]);
    expect(await ask(`/files/${file?.id}/content`, '0'.repeat(64))).toEqual([401, false]);
    for (const path of [
      `/files/${file?.name}/content`,
      `/files/${encodeURIComponent(file?.path ?? '')}/content`,
      `/files/..%2f..%2f${file?.name}/content`,
      `/${file?.name}`,
      `/files/999999/content`,
    ]) {
      expect([path, ...(await ask(path, token))]).toEqual([path, 404, false]);
    }
  });
});
