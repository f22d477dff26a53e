import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { longTest } from '../../support/screen-page.ts';
import { type JobsShop, openJobsShop } from './jobs-shop.ts';

vi.setConfig(longTest);

let shop: JobsShop;

beforeAll(async () => {
  shop = await openJobsShop();
  shop.printess.start({ templateName: 'Poster', origin: 'WC shop.example', externalOrderId: 'SO-1' });
  await shop.untilOrder('px:SO-1', 'is here', ({ stage }) => stage === 'printReady');
}, 120_000);
afterAll(() => shop?.close());

test('a card says how its platform is followed, what may be asked, and compares the lists when asked', async () => {
  await using page = await shop.open('/connections');
  const card = page.getByRole('region', { name: 'Designs' });
  await card.getByText(/^\d+ of 600 requests in 60 s, at most 4 at once$/).waitFor();
  await card.getByText(/^none open · list read/).waitFor();
  await card.getByRole('button', { name: 'Compare now' }).click();
  await card.getByText('1 there, 1 here').waitFor();
  await card.getByText(/compared \d\d:\d\d, on request$/).waitFor();
  expect(await card.getByLabel('Address for the shop’s own backend').inputValue()).toMatch(/\/in\/px\/orders$/);

  const outsourced = page.getByRole('region', { name: 'Outsourced prints' });
  expect(await outsourced.getByLabel('Address for its webhook').inputValue()).toMatch(/\/in\/pa$/);
  await outsourced.getByText('Nothing has to reach this station. What does is heard sooner.').waitFor();
});

test('what was taken in at the start is reported until it is put away, one line for each connection', async () => {
  await shop.restart(() => {
    for (const externalOrderId of ['SO-2', 'SO-3']) {
      shop.printess.start({ templateName: 'Poster', origin: 'WC shop.example', externalOrderId });
    }
    shop.printess.finishAll();
  });
  await shop.untilOrder('px:SO-3', 'is taken in', ({ items }) => items.length > 0);
  await using page = await shop.open('/orders');
  const report = page.getByRole('region', { name: 'Report of the start' });
  await report.getByText(/^Designs: 3 there, 3 here, 2 taken in[,.]/).waitFor();
  await report.getByText(/^Outsourced prints: 0 there, 0 here[,.]/).waitFor();
  await report.getByText('Web shop: 0 there, 0 here.').waitFor();
  await page.getByRole('list', { name: 'Orders' }).getByRole('link', { name: 'SO-3' }).waitFor();
  await report.getByRole('button', { name: 'Put away' }).click();
  await report.waitFor({ state: 'hidden' });
  await page.reload();
  await page.getByRole('list', { name: 'Orders' }).getByRole('link', { name: 'SO-3' }).waitFor();
  expect(await report.count(), 'it stays away').toBe(0);
});

test('a short pause in which nothing happened is not worth a word', async () => {
  await shop.restart(() => undefined);
  await using page = await shop.open('/orders');
  await page.getByRole('list', { name: 'Orders' }).getByRole('link', { name: 'SO-3' }).waitFor();
  const card = page.getByRole('region', { name: 'Report of the start' });
  await shop.client.connections.reconcile({ id: 'px' });
  expect(await card.count()).toBe(0);
});

test('a list that the platform refuses, and a slower pace that it forced, are said', async () => {
  await using page = await shop.open('/connections');
  const card = page.getByRole('region', { name: 'Designs' });
  const compare = card.getByRole('button', { name: 'Compare now' });
  shop.printess.behaviour.listRefused = 403;
  await compare.click();
  await card.getByText(/^Its list is refused to these keys, so each job is asked for by itself: /).waitFor();
  shop.printess.behaviour.listRefused = null;
  shop.printess.callKnobs.set({ fault: { kind: 'status', status: 429 }, times: 1 });
  await compare.click();
  await card.getByText(/^slowed down by the platform to \d+$/).waitFor();
});

test('a connection to Printess is added, tried, and chooses whose jobs it takes in', async () => {
  await using page = await shop.open('/connections');
  await page.getByRole('button', { name: 'Add a connection' }).click();
  const picker = page.getByRole('dialog', { name: 'Which platform?' });
  for (const name of ['Cloudprinter.com', 'Printess', 'Print API', 'Customer’s Canvas']) {
    await picker.getByRole('button', { name }).waitFor();
  }
  await picker.getByRole('button', { name: /^Printess/ }).click();
  const dialog = page.getByRole('dialog');
  expect(await dialog.getByLabel('Short name').inputValue()).toBe('printess');
  await dialog.getByLabel('Name', { exact: true }).fill('Second shop');
  await dialog.getByLabel('Service token').fill(shop.printess.serviceToken);
  await dialog.getByText('More settings').click();
  await dialog.getByLabel('Address of the API').fill(shop.printess.url);
  await dialog.getByRole('button', { name: /^Allow private addresses/ }).click();
  await dialog.getByRole('combobox', { name: 'Files as' }).click();
  await page.getByRole('option', { name: 'PNG' }).click();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Second shop is saved. Now choose from what the platform offers.').waitFor();

  await dialog.getByRole('button', { name: 'Choose…: Whose jobs are taken in' }).click();
  await dialog.getByRole('button', { name: 'WC shop.example' }).click();
  expect(await dialog.getByLabel('Whose jobs are taken in', { exact: true }).inputValue()).toBe('WC shop.example');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'hidden' });
  const { connections } = await shop.client.connections.list({});
  expect(connections.find(({ id }) => id === 'printess')?.settings).toMatchObject({
    discoverOrigins: ['WC shop.example'],
    outputType: 'png',
  });

  const card = page.getByRole('region', { name: 'Second shop' });
  await card.getByRole('button', { name: 'Test' }).click();
  await card.getByRole('list', { name: 'Result of the test' }).waitFor();
  await card.getByRole('button', { name: 'Pause' }).click();
  await card.getByText('paused', { exact: true }).waitFor();
  await card.getByRole('button', { name: 'Resume' }).click();
  await card.getByRole('button', { name: 'Pause' }).waitFor();
});

test('tagging as done is off until a status is chosen, and says what a status can start', async () => {
  await using page = await shop.open('/connections');
  await page.getByRole('button', { name: 'Add a connection' }).click();
  await page.getByRole('button', { name: /^Customer’s Canvas/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Client id').fill(shop.canvas.clientId);
  await dialog.getByLabel('Client secret').fill(shop.canvas.clientSecret);
  await dialog.getByText('More settings').click();
  await dialog.getByLabel('Address of the gateway').fill(shop.canvas.apiUrl);
  await dialog.getByLabel('Address for tokens').fill(shop.canvas.tokenUrl);
  await dialog.getByRole('button', { name: /^Allow private addresses/ }).click();
  const done = dialog.getByLabel('Tag as done', { exact: true });
  expect(await done.inputValue(), 'off').toBe('');
  await dialog.getByText(/Empty: it is off, and nothing is changed there\. A status can start a pipeline/).waitFor();
  await dialog.getByRole('button', { name: 'Save' }).click();

  await dialog.getByRole('button', { name: 'Choose…: Storefront' }).click();
  await dialog.getByRole('button', { name: /^Second shop/ }).click();
  expect(await dialog.getByLabel('Storefront', { exact: true }).inputValue()).toBe('43');
  await dialog.getByRole('button', { name: 'Choose…: Tag as done' }).click();
  const offered = dialog.getByRole('group', { name: 'Offered for Tag as done' });
  await offered.getByText(/A change of status can start a pipeline/).waitFor();
  const choice = offered.getByRole('button').first();
  await choice.click();
  expect(await done.inputValue()).not.toBe('');
  await choice.click();
  expect(await done.inputValue(), 'taken back').toBe('');
});
