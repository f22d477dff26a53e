import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser, chromium } from 'playwright-core';

// Photographs every screen of a running station, in the sizes and themes that the floor uses:
//   npx node scripts/screenshots.ts ADDRESS FOLDER [--order REF] [--theme light|dark] [--chromium PATH]
// ADDRESS is what `platen serve` prints, with its key. It also says what does not fit the window, and what the
// browser complained about.

const sizes = [
  { width: 1280, height: 720 },
  { width: 1920, height: 1080 },
  { width: 1080, height: 1920 },
] as const;
const themes = ['light', 'dark'] as const;
const screens = ['today', 'orders', 'files', 'signals', 'hot-folders', 'connections', 'settings'] as const;

/** Long enough for the snapshots of a full station. */
const settleMs = 900;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { order: { type: 'string' }, theme: { type: 'string' }, chromium: { type: 'string' } },
});
const [address, folder] = positionals;
if (address === undefined || folder === undefined) {
  throw new Error('usage: npx node scripts/screenshots.ts ADDRESS FOLDER [--order REF] [--theme light|dark]');
}
const token = new URLSearchParams(new URL(address).hash.slice(1)).get('token') ?? '';

const addressOf = (path: string): string => {
  const url = new URL(address);
  url.hash = new URLSearchParams({ token, path }).toString();
  return url.href;
};

/** What is cut off at the sides: the first few, in words. */
const findCut = (): string[] =>
  [...document.querySelectorAll('button, a, h1, h2, h3, p, dd, dt, label, input')]
    .filter((element) => {
      const box = element.getBoundingClientRect();
      return box.width > 0 && (box.right > window.innerWidth + 1 || box.left < -1);
    })
    .slice(0, 5)
    .map((element) => `${element.tagName.toLowerCase()} “${(element.textContent ?? '').slice(0, 40)}”`);

const photograph = async (browser: Browser, theme: (typeof themes)[number], size: (typeof sizes)[number]) => {
  const context = await browser.newContext({ viewport: size, colorScheme: theme });
  const page = await context.newPage();
  const say = (text: string): boolean => process.stdout.write(`${size.width}×${size.height} ${theme}: ${text}\n`);
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') say(message.text());
  });
  page.on('pageerror', (error) => say(error.message));
  const paths = [
    ...screens.map((screen) => `/${screen}`),
    ...(values.order === undefined ? [] : [`/orders/${values.order}`]),
  ];
  for (const path of paths) {
    await page.goto('about:blank');
    await page.goto(addressOf(path));
    await page.waitForSelector('main');
    await page.waitForTimeout(settleMs);
    for (const cut of await page.evaluate(findCut)) say(`${path} is cut: ${cut}`);
    const name = path.slice(1).replaceAll(/[^a-z0-9-]+/gi, '-');
    await page.screenshot({ path: join(folder, `${name}-${size.width}x${size.height}-${theme}.png`) });
  }
  await context.close();
};

await mkdir(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: values.chromium ?? '/usr/bin/chromium-headless-shell',
  chromiumSandbox: false,
  args: ['--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update'],
});
try {
  for (const theme of themes) {
    if (values.theme !== undefined && values.theme !== theme) continue;
    for (const size of sizes) await photograph(browser, theme, size);
  }
} finally {
  await browser.close();
}
