import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type CloudprinterSandbox, createCloudprinterSandbox } from '../../sandbox/cloudprinter/sandbox.ts';
import { openBrowser } from '../../support/screen-browser.ts';
import { longTest, openPage, patience } from '../../support/screen-page.ts';
import { freshOrder } from '../../support/screen-shop.ts';
import { type ScreenStation, startScreenStation } from '../../support/screen-station.ts';

vi.setConfig(longTest);

let root: string;
let sandbox: CloudprinterSandbox;
let station: ScreenStation;
let browser: Browser;

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'platen-first-start-'));
  await mkdir(path.join(root, 'press'));
  sandbox = await createCloudprinterSandbox();
  station = await startScreenStation({ dataFolder: path.join(root, 'station') });
  browser = await openBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await station?.stop();
  await sandbox?.stop();
  await rm(root, { recursive: true, force: true, maxRetries: 5 });
});

const stepOf = (page: Page, title: string) => page.getByRole('region', { name: title });
const go = (page: Page, button: string): Promise<void> => page.getByRole('button', { name: button }).click();

test('an address without the key says what to do', async () => {
  await using page = await openPage(browser, station.url);
  await page.getByText('This address has no key').waitFor();
  await page.getByText(/It ends in #token= and the key\.$/).waitFor();
});

test('before anything is set up a person can practise, and comes back to the set-up', async () => {
  await using page = await openPage(browser, station.address());
  await go(page, 'Practise');
  await page.getByRole('list', { name: 'Orders' }).getByText('Training: ').first().waitFor();
  await go(page, 'Leave training');
  await page.getByRole('heading', { name: 'Set up this station' }).waitFor();
});

test('a new station is set up on the screen alone, and the first order comes in, is fetched and handed over', async () => {
  await using page = await openPage(browser, station.address());
  await page.getByRole('heading', { name: 'Set up this station' }).waitFor();

  const name = stepOf(page, 'What is this station called?');
  await name.getByLabel('Name of this station').fill('Hall 2');
  await go(page, 'Next');

  const intake = stepOf(page, 'How do orders come in?');
  await intake.getByRole('button', { name: 'Take in orders that platforms post' }).click();
  await intake.getByLabel('Port').fill('0');
  await go(page, 'Save and check');
  await intake.getByText(/^listening: http:\/\/127\.0\.0\.1:\d+$/).waitFor();
  await go(page, 'Next');

  const connection = stepOf(page, 'Connect a platform');
  for (const platform of ['Printess', 'Print API', 'Customer’s Canvas']) {
    await connection.getByRole('button', { name: platform }).waitFor();
  }
  await go(page, 'Cloudprinter.com');
  const test = page.getByRole('button', { name: 'Save and test' });
  expect(await test.isDisabled(), 'without keys').toBe(true);
  await connection.getByLabel('Order key').fill(sandbox.orderKey);
  await connection.getByLabel('Signal key').fill(sandbox.signalKey);
  await connection.getByText('More settings').click();
  await connection.getByLabel('Signal address').fill(sandbox.signalUrl);
  await connection.getByRole('button', { name: /^Allow private addresses/ }).click();
  await test.click();
  const steps = connection.getByRole('list', { name: 'Result of the test' }).getByRole('listitem');
  await steps
    .filter({ hasText: 'Signal address' })
    .getByText(/was reached/)
    .waitFor();
  const endpoint = connection.getByLabel('Address for its orders');
  const intakeUrl = await endpoint.inputValue();
  expect(intakeUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/in\/cp$/);
  await go(page, 'Next');

  const folder = stepOf(page, 'Where does the RIP take its files from?');
  await folder.getByLabel('Name').fill('Indigo');
  await folder.getByRole('textbox', { name: 'Folder', exact: true }).fill(path.join(root, 'not-there'));
  await folder.getByRole('button', { name: 'By themselves, once verified' }).click();
  await go(page, 'Check, save and finish');
  await folder.getByRole('list', { name: 'Result of the check' }).waitFor();
  await folder.getByRole('textbox', { name: 'Folder', exact: true }).fill(path.join(root, 'press'));
  await folder.getByRole('button', { name: 'Check this folder' }).click();
  await folder.getByText(/ free · a write took \d+ ms$/).waitFor();
  await go(page, 'Check, save and finish');

  await page.getByText('No open orders').waitFor();
  await page.getByText('Hall 2').waitFor();
  const order = freshOrder({ number: 1, items: [{ product: 'book', title: 'Field notes' }] });
  await sandbox.post(order, { to: intakeUrl });
  const row = page.getByRole('list', { name: 'Orders' }).getByRole('listitem').filter({ hasText: order.id });
  await row.getByText('handed over').waitFor();
  expect((await readdir(path.join(root, 'press'))).length, 'cover and book block').toBe(2);
  await sandbox.ledger.waitFor('signal', (signal) => signal.accepted && signal.type === 'ItemRegistered');

  await page.reload();
  await row.getByText('handed over').waitFor();
});

test('the keys are never shown again', async () => {
  await using page = await openPage(browser, station.address('/connections'));
  const card = page.getByRole('region', { name: 'Cloudprinter.com' });
  await vi.waitFor(async () => expect(await card.getByText('stored', { exact: true }).count()).toBe(2), patience);
  await card.getByRole('button', { name: 'Edit…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Edit Cloudprinter.com' });
  for (const key of ['Order key', 'Signal key']) {
    const field = dialog.getByLabel(key);
    expect(await field.inputValue()).toBe('');
    expect(await field.getAttribute('placeholder')).toBe('stored: leave empty to keep it');
  }
  expect(await page.content()).not.toContain(sandbox.signalKey);
});
