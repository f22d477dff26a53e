import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';

export interface ScreenPageOptions extends BrowserContextOptions {
  /** Errors that the browser itself writes down, such as a connection that the test cuts. */
  readonly tolerated?: readonly RegExp[];
  /** The test turns the page's clock; it goes on by itself meanwhile. */
  readonly ownClock?: boolean;
}

/** How long a test waits for what a person would see in a second or two, on a machine that is busy with other tests. */
export const patience = { timeout: 30_000, interval: 50 };
/** What a test may take in which several such waits follow each other. */
export const longTest = { testTimeout: 150_000 };

/**
 * Opens an address in a tab of its own, with nothing remembered from others. It is opened with `await using`: at its
 * end the page must have logged no error, thrown none, and kept within its content policy.
 */
export const openPage = async (
  browser: Browser,
  address: string,
  { tolerated = [], ownClock = false, ...options }: ScreenPageOptions = {},
): Promise<Page> => {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    // A click waits until what it is for stands still.
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(patience.timeout);
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      // biome-ignore lint/suspicious/noConsole: this is how the page tells the test
      console.error(`content policy: ${event.effectiveDirective} forbids ${event.blockedURI}`);
    });
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.stack ?? error.message}`));
  if (ownClock) await page.clock.install();
  await page.goto(address);
  return Object.assign(page, {
    [Symbol.asyncDispose]: async () => {
      await context.close();
      expect(complaints.filter((complaint) => !tolerated.some((pattern) => pattern.test(complaint)))).toEqual([]);
    },
  });
};
