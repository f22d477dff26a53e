import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { longTest, patience } from '../../support/screen-page.ts';
import { type JobsShop, openJobsShop } from './jobs-shop.ts';

vi.setConfig(longTest);

let shop: JobsShop;

beforeAll(async () => {
  shop = await openJobsShop();
}, 120_000);
afterAll(() => shop?.close());

const produced = (order: string) => shop.printess.jobs().filter((job) => job.externalOrderId === order);

const openDialog = async (page: Page) => {
  await page.getByRole('button', { name: 'Produce…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Have work produced' });
  await dialog.waitFor();
  const preview = dialog.getByRole('region', { name: 'What was understood' });
  return {
    dialog,
    lines: dialog.getByLabel('Save tokens or template names'),
    rows: preview.locator('tbody').getByRole('row'),
    submit: dialog.getByRole('button', { name: /^Produce/ }).last(),
  };
};

test('pasted lines are produced once, however often the button is tapped', async () => {
  await using page = await shop.open('/orders');
  const { dialog, lines, rows, submit } = await openDialog(page);
  expect(await submit.isDisabled(), 'with nothing to produce').toBe(true);
  await dialog.getByLabel('Order reference for all lines').fill('SO-1');
  await dialog.getByLabel('Copies for all lines').fill('250');
  await lines.fill('st:first-design\nBusiness card; SO-2; 3; Cards for the crew');
  await vi.waitFor(async () => expect(await rows.count()).toBe(2), patience);
  await dialog.getByText('2 renders will be billed by Printess (Designs), for 2 orders.').waitFor();

  await dialog.getByRole('button', { name: 'Produce 2 lines' }).dblclick();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText('2 lines are on their way: SO-1, SO-2.').waitFor();
  await page.getByRole('list', { name: 'Orders' }).getByRole('link', { name: 'SO-2' }).waitFor();
  const [card] = (await shop.untilOrder('px:SO-2', 'is rendered', ({ stage }) => stage === 'printReady')).items;
  expect(card).toMatchObject({ title: 'Cards for the crew', copies: 3 });
  await shop.untilOrder('px:SO-1', 'is rendered', ({ stage }) => stage === 'printReady');
  expect(produced('SO-1').map(({ copies }) => copies)).toEqual([250]);
  expect(produced('SO-2')).toHaveLength(1);
});

test('nothing is sent while a line is wrong, and each wrong line says why', async () => {
  await using page = await shop.open('/orders');
  const { dialog, lines, rows, submit } = await openDialog(page);
  await lines.fill('Poster,SO-5,2\nPoster,,1\n,SO-5,1\nFlyer,SO-5,none\nPoster,SO-5,1');
  for (const text of [
    'An order reference is missing, here or above.',
    'A token or template name is missing.',
    'Copies must be a whole number from 1 to 1,000,000.',
    'The same as line 1: add up the copies there.',
  ]) {
    await rows.getByText(text).waitFor();
  }
  await dialog.getByText('4 lines are wrong. Nothing is sent before they are mended.').waitFor();
  expect(await submit.isDisabled()).toBe(true);
  await lines.press('Control+Enter');
  await lines.fill('Poster,SO-5,2');
  await dialog.getByText(/^1 render will be billed/).waitFor();
  expect(produced('SO-5')).toEqual([]);
});

test('a CSV file is chosen or dropped, with or without a heading row', async () => {
  await using page = await shop.open('/orders');
  const { dialog, lines, rows } = await openDialog(page);
  await dialog.locator('input[type=file]').setInputFiles({
    name: 'monday.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('\uFEFForder;copies;token\r\nSO-7;25;st:design-of-monday\r\n'),
  });
  await dialog.getByText('From monday.csv. What you change above counts.').waitFor();
  await rows.getByText('st:design-of-monday').waitFor();
  await rows.getByText('SO-7').waitFor();

  const transfer = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(['Flyer,SO-8,4,"Market, spring"\n'], 'tuesday.csv', { type: 'text/csv' }));
    return data;
  });
  const area = dialog.getByRole('group', { name: 'A list from a file' });
  await area.dispatchEvent('dragover', { dataTransfer: transfer });
  await area.dispatchEvent('drop', { dataTransfer: transfer });
  await rows.getByText('Market, spring').waitFor();
  expect(await lines.inputValue()).toBe('Flyer,SO-8,4,"Market, spring"\n');
  expect(await rows.count()).toBe(1);
});

test('what an order has already is billed again only after a second, separate answer', async () => {
  await shop.client.jobs.produce({
    connection: 'px',
    lines: [{ template: 'Menu', order: 'SO-9', copies: 1 }],
  });
  await vi.waitFor(() => expect(produced('SO-9')).toHaveLength(1), patience);
  await using page = await shop.open('/orders');
  const { dialog, lines } = await openDialog(page);
  await lines.fill('Menu,SO-9,1');
  const submit = dialog.getByRole('button', { name: 'Produce 1 line', exact: true });
  await submit.dblclick();
  const question = dialog.getByRole('alert');
  await question.getByText('If it is meant, it is made and billed once more.').waitFor();
  expect(await submit.isDisabled(), 'the first button cannot answer the question').toBe(true);
  expect(produced('SO-9')).toHaveLength(1);

  await lines.fill('Menu,SO-9,2');
  expect(await question.count(), 'another list is another question').toBe(0);
  await submit.click();
  await question.getByRole('button', { name: 'Produce 1 line again, billed' }).dblclick();
  await dialog.waitFor({ state: 'hidden' });
  await vi.waitFor(() => expect(produced('SO-9')).toHaveLength(2), patience);
});
