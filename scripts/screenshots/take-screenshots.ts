import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { type StationProcess, startStation } from '../demo/station-process.ts';
import { openPhotoFloor } from './photo-floor.ts';

const usual = { width: 1280, height: 720 };
const wide = { width: 1920, height: 1080 };
const upright = { width: 1080, height: 1920 };
const themes = ['light', 'dark'] as const;

/** Long enough for a full station's snapshot, its pictures of pages and the end of each movement. */
const settleMs = 1_500;

interface Screen {
  readonly name: string;
  readonly path: string;
  /** Beside the usual size, in both themes. */
  readonly sizes?: readonly (typeof wide)[];
  /** What a person does before the picture is taken. */
  readonly before?: (page: Page) => Promise<void>;
}

const screensOf = (order: string, problemOrder: string): readonly Screen[] => [
  { name: 'today', path: '/today', sizes: [upright] },
  { name: 'orders', path: '/orders', sizes: [wide, upright] },
  { name: 'order', path: `/orders/${order}`, sizes: [wide, upright] },
  { name: 'order-problem', path: `/orders/${problemOrder}` },
  {
    name: 'pages',
    path: `/orders/${order}`,
    before: async (page) => {
      await page
        .getByRole('button', { name: /^Look at the pages of/ })
        .first()
        .click();
    },
  },
  { name: 'files', path: '/files' },
  { name: 'signals', path: '/signals' },
  { name: 'hot-folders', path: '/hot-folders' },
  { name: 'connections', path: '/connections', sizes: [upright] },
  { name: 'settings', path: '/settings', sizes: [upright] },
  { name: 'scanner-test', path: '/settings/scanner' },
  { name: 'command-sheet', path: '/print/commands' },
  { name: 'job-ticket', path: `/print/ticket/${order}` },
  { name: 'packing-slip', path: `/print/slip/${order}` },
  {
    name: 'training',
    path: '/settings',
    before: async (page) => {
      await page.getByRole('button', { name: 'Practise' }).click();
      await page.getByRole('region', { name: 'Tour', exact: true }).getByText('Done', { exact: true }).waitFor();
    },
  },
];

const askWhoWorks = (page: Page): Promise<void> => page.getByRole('button', { name: /^Sign in: nobody/ }).click();

/** While nobody has a PIN no screen asks who works, so these come last. */
const screensWithPeople: readonly Screen[] = [
  { name: 'who-is-working', path: '/orders', before: askWhoWorks },
  {
    name: 'pin',
    path: '/orders',
    before: async (page) => {
      await askWhoWorks(page);
      await page.getByRole('dialog').getByRole('button', { name: /^FE/ }).click();
    },
  },
];

const addressOf = (station: StationProcess, path: string): string => {
  const url = new URL(station.address);
  const token = new URLSearchParams(url.hash.slice(1)).get('token') ?? '';
  url.hash = new URLSearchParams({ token, path }).toString();
  return url.href;
};

const photograph = async (browser: Browser, station: StationProcess, screen: Screen, folder: string): Promise<void> => {
  for (const colorScheme of themes) {
    const context = await browser.newContext({
      viewport: usual,
      colorScheme,
      reducedMotion: 'reduce',
      locale: 'en-GB',
    });
    const page = await context.newPage();
    await page.goto(addressOf(station, screen.path));
    await page.waitForSelector('main');
    // A page that nobody has touched asks for a first tap, so that it may be heard.
    await page.keyboard.press('Shift');
    await page.waitForTimeout(settleMs);
    await screen.before?.(page);
    for (const size of [usual, ...(screen.sizes ?? [])]) {
      await page.setViewportSize(size);
      await page.waitForTimeout(settleMs);
      const file = `${screen.name}-${size.width}x${size.height}-${colorScheme}.png`;
      await page.screenshot({ path: join(folder, file) });
      process.stdout.write(`${file}\n`);
    }
    await context.close();
  }
};

const photographSetUp = async (browser: Browser, folder: string): Promise<void> => {
  const data = await mkdtemp(join(tmpdir(), 'platen-photo-'));
  const station = await startStation({ data }, 0);
  try {
    await photograph(browser, station, { name: 'set-up', path: '/orders' }, folder);
  } finally {
    await station.stop();
    await rm(data, { recursive: true, force: true, maxRetries: 5 });
  }
};

/** Photographs every screen of a working station, in both themes and the sizes of the floor. */
export const takeScreenshots = async (chromiumPath: string, folder: string): Promise<void> => {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const browser = await chromium.launch({
    executablePath: chromiumPath,
    chromiumSandbox: false,
    args: ['--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update'],
  });
  try {
    await photographSetUp(browser, folder);
    await using floor = await openPhotoFloor();
    for (const screen of screensOf(floor.order, floor.problemOrder)) {
      await photograph(browser, floor.station, screen, folder);
    }
    await floor.addPeople();
    for (const screen of screensWithPeople) await photograph(browser, floor.station, screen, folder);
  } finally {
    await browser.close();
  }
};
