import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { longTest, patience } from '../../support/screen-page.ts';
import { type JobsShop, openJobsShop } from './jobs-shop.ts';

vi.setConfig(longTest);

let shop: JobsShop;
/** The project whose pipeline fails. */
let failedProject: number;

beforeAll(async () => {
  shop = await openJobsShop();
  const { printess, printApi, canvas, client } = shop;
  printess.jobKnobs.set({ match: { template: 'Glyph card' }, fault: { kind: 'invalidGlyph' } });
  printess.jobKnobs.set({
    match: { template: 'Poster' },
    fault: { kind: 'fail', message: 'a font is missing' },
    times: 1,
  });
  printess.jobKnobs.set({ match: { template: 'Slow book' }, fault: { kind: 'never' } });
  // The request never gets through, and the station cannot know that.
  printess.callKnobs.set({ match: { template: 'Lost card' }, fault: { kind: 'reset' }, times: 1 });
  const line = { copies: 1 };
  await client.jobs.produce({
    connection: 'px',
    lines: [
      { ...line, template: 'Glyph card', order: 'SO-1' },
      { ...line, template: 'Slow book', order: 'SO-2' },
      { ...line, template: 'Lost card', order: 'SO-3' },
    ],
  });
  // Another line of the same order, started by the shop's own plugin.
  printess.start({ templateName: 'Poster', origin: 'WC shop.example', externalOrderId: 'SO-1' });
  const poster = { productId: 'poster_a3_sta', quantity: 10 };
  const file = { downloadUrl: 'https://shop.example/a.pdf' };
  await printApi.place({
    id: 'PA-1',
    payment: 'Successful',
    items: [{ ...poster, files: { content: { ...file, status: 'DownloadFailed' } } }],
  });
  await printApi.place({ id: 'PA-2', items: [poster] });
  await printApi.setStatus('PA-2', 'Shipped', { trackingUrl: 'https://carrier.example/track/3SABC' });
  await printApi.place({ id: 'PA-3', status: 'Cancelled', items: [poster] });
  const failing = { failsWith: "Task 'render-hires' failed: font not found" };
  failedProject = canvas.place({ orderId: '123', projects: [failing] }).projects[0]?.id ?? 0;
  canvas.place({ orderId: '124', projects: [{ waitsForStatus: true }] });
  await shop.untilOrder('px:SO-1', 'has failed', ({ jobs }) => jobs.some((job) => job.problem !== null));
  for (const ref of ['pa:PA-1', 'pa:PA-2', 'pa:PA-3', 'cc:123', 'cc:124']) {
    await shop.untilOrder(ref, 'is here', ({ items }) => items.length > 0);
  }
}, 90_000);
afterAll(() => shop?.close());

const itemOf = (page: Page, name: RegExp) => page.getByRole('region', { name });
const produced = (template: string) => shop.printess.jobs().filter((job) => job.templateName === template).length;
const done = (page: Page, text: string | RegExp) =>
  page.getByRole('list', { name: 'Answers' }).getByText(text).waitFor();

test('each job says how far it is, what is missing in it, and what the platform believes', async () => {
  await using page = await shop.open('/orders/px:SO-1');
  const card = itemOf(page, /^Item \d: Glyph card$/);
  await card.getByText('Printess: done').waitFor();
  await card.getByText('Characters are missing from a font: look at the proof.').waitFor();
  await card.getByText(/^last heard \d+:\d\d ago$/).waitFor();
  const poster = itemOf(page, /^Item \d: Poster$/);
  await poster.getByText('Printess: failed').waitFor();
  await poster.getByText(/a font is missing\. Correct the design or the template, then render it again\.$/).waitFor();
  const believes = page.getByRole('region', { name: 'What Printess believes' });
  await believes.getByText('Floor, site A').waitFor();
  await believes.getByText('WC shop.example').waitFor();
});

test('rendering again is billed, so it is asked for twice and made once', async () => {
  await using page = await shop.open('/orders/px:SO-1');
  const poster = itemOf(page, /^Item \d: Poster$/);
  await poster.getByRole('button', { name: 'Render again…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Render this job again?' });
  await dialog.getByText(/bills it once more/).waitFor();
  await dialog.getByRole('button', { name: 'Back' }).click();
  expect(produced('Poster')).toBe(1);

  await poster.getByRole('button', { name: 'Render again…' }).click();
  await dialog.getByRole('button', { name: 'Render again, billed' }).dblclick();
  await done(page, /^“Render again” is queued/);
  await poster.getByText('Printess: done').waitFor();
  await poster.getByText('print-ready').waitFor();
  const before = page.getByRole('region', { name: 'Other jobs of this order' });
  await before.getByText(/replaced by job /).waitFor();
  expect(produced('Poster')).toBe(2);
});

test('an open order has its open jobs asked for at once, and one job whenever a person wants', async () => {
  const asked = () =>
    shop.printess.ledger.ofKind('call').filter(({ endpoint }) => endpoint === '/production/status/get');
  const ofBook = () => {
    const book = shop.printess.jobs().find((job) => job.templateName === 'Slow book');
    return asked().filter(({ job }) => job === book?.jobId).length;
  };
  await shop.untilOrder('px:SO-2', 'is being made', ({ jobs }) => jobs.some((job) => job.state === 'working'));
  const before = ofBook();
  await using page = await shop.open('/orders/px:SO-2');
  const book = itemOf(page, /^Item \d: Slow book$/);
  await book.getByText('Printess: being made').waitFor();
  await vi.waitFor(() => expect(ofBook()).toBeGreaterThan(before), { ...patience, timeout: 40_000 });
  await book.getByRole('button', { name: 'Check now' }).click();
  await done(page, 'Printess is asked as soon as its pace allows.');
});

test('what may have been carried out is looked up, and sent again only by a person who was warned', async () => {
  await using page = await shop.open('/signals');
  const row = page.getByRole('list', { name: 'Signals' }).getByRole('listitem').filter({ hasText: 'Lost card' });
  await row.getByText('It may have been carried out').waitFor();
  await row.getByRole('button', { name: 'Look up' }).click();
  await done(page, 'Not found there. It stays as it is until you decide.');
  await row.getByRole('button', { name: 'It was done…' }).click();
  const arrived = page.getByRole('dialog', { name: 'Produce: it was done' });
  await arrived.getByText(/It is not sent again\.$/).waitFor();
  await arrived.getByRole('button', { name: 'Back' }).click();

  await row.getByRole('link', { name: 'SO-3 · Lost card' }).click();
  const job = itemOf(page, /^Item \d: Lost card$/);
  await job.getByText('Printess: asked for, not confirmed').waitFor();
  await job.getByRole('button', { name: 'Send again…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Send “Produce” again?' });
  await dialog.getByText(/may be billed twice/).waitFor();
  expect(produced('Lost card')).toBe(0);
  await dialog.getByRole('button', { name: 'Send again' }).click();
  await job.getByText('print-ready').waitFor();
  expect(produced('Lost card')).toBe(1);
});

test('outsourced orders have a lane and a badge of their own', async () => {
  await using page = await shop.open('/orders');
  const rows = page.getByRole('list', { name: 'Orders' }).getByRole('listitem');
  const lane = page.getByRole('combobox', { name: 'Made by' });
  await rows.filter({ hasText: 'SO-2' }).waitFor();
  const badges = await rows.getByText('Outsourced', { exact: true }).count();
  expect(badges, 'PA-1 and PA-3; PA-2 is shipped').toBe(2);
  await lane.click();
  await page.getByRole('option', { name: 'Ours' }).click();
  await vi.waitFor(async () => expect(await rows.filter({ hasText: 'PA-' }).count()).toBe(0), patience);
  await lane.click();
  await page.getByRole('option', { name: 'Outsourced' }).click();
  await vi.waitFor(async () => expect(await rows.getByRole('link').allTextContents()).toHaveLength(2), patience);
});

test('of an outsourced order the platform’s word comes first, and nothing of it is produced here', async () => {
  await using page = await shop.open('/orders/pa:PA-1');
  const believes = page.getByRole('region', { name: 'What Print API believes' });
  await believes.getByText('DownloadFailed').waitFor();
  await believes.getByText('Successful').waitFor();
  await believes
    .getByText(/could not fetch the content/)
    .first()
    .waitFor();
  for (const name of ['Produced', 'Packed', 'Ship…', 'Hold…']) {
    expect(await page.getByRole('button', { name }).count(), name).toBe(0);
  }
  expect(await page.getByRole('region', { name: 'Hand over to a hot folder' }).count()).toBe(0);
});

test('where the parcel is can be copied, and opened in a browser', async () => {
  await using page = await shop.open('/orders/pa:PA-2');
  const believes = page.getByRole('region', { name: 'What Print API believes' });
  await believes.getByText('Shipped', { exact: true }).waitFor();
  expect(await believes.getByLabel('Tracking').inputValue()).toBe('https://carrier.example/track/3SABC');
  const link = believes.getByRole('link', { name: 'Open' });
  expect(await link.getAttribute('href')).toBe('https://carrier.example/track/3SABC');
  expect(await link.getAttribute('rel')).toBe('noopener noreferrer');
});

test('an order that the platform cancelled is closed here with a word of why', async () => {
  await using page = await shop.open('/orders/pa:PA-3');
  await page.getByRole('button', { name: 'Close as cancelled…' }).click();
  const dialog = page.getByRole('dialog', { name: /^Close item 1 as cancelled/ });
  await dialog.getByText('This is final, and only written down here: Print API is not told.').waitFor();
  expect(await dialog.getByLabel('Cause').count(), 'the platform has no causes').toBe(0);
  await dialog.getByLabel('Description').fill('Ordered again as PA-7');
  await dialog.getByRole('button', { name: 'Close this item' }).click();
  await shop.untilOrder('pa:PA-3', 'is closed', ({ stage }) => stage === 'cancelled');
  await page.getByText('Cancelled: Ordered again as PA-7').waitFor();
});

test('a failed pipeline is resumed with one tap; restarting it says what it may cost', async () => {
  await using page = await shop.open('/orders/cc:123');
  const card = itemOf(page, /^Item 1: /);
  await card.getByText('Customer’s Canvas: failed').waitFor();
  const buttons = card.getByRole('group', { name: 'What can be asked of this job' }).getByRole('button');
  expect((await buttons.allTextContents())[0], 'the harmless one comes first').toBe('Resume');
  await card.getByRole('button', { name: 'Restart…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Restart this job?' });
  await dialog.getByText(/Paid steps, such as stock photos, may run and be billed twice/).waitFor();
  await dialog.getByRole('button', { name: 'Back' }).click();
  await card.getByRole('button', { name: 'Resume' }).click();
  await done(page, /^“Resume at the platform” is queued/);
  await vi.waitFor(() => expect(shop.canvas.carriedOut('resume')).toHaveLength(1), patience);
  expect(shop.canvas.pipelineStarts(failedProject), 'nothing ran from its first step again').toBe(1);
});

test('a project that may wait for a status is shown so, and is no problem', async () => {
  await using page = await shop.open('/orders/cc:124');
  const card = itemOf(page, /^Item 1: /);
  await card.getByText('It may wait for a status before its pipeline starts.').waitFor();
  await card.getByText('Customer’s Canvas: waiting there').waitFor();
});
