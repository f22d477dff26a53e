import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';

export interface ScreenPageOptions extends BrowserContextOptions {
  /** Errors that the browser itself writes down, such as a connection that the test cuts. */
  readonly tolerated?: readonly RegExp[];
}

const patienceMs = 20_000;

/**
 * Opens an address in a tab of its own, with nothing remembered from others. When the test ends, the page must have
 * logged no error, thrown none, and kept within its content policy.
 */
export const openPage = async (
  browser: Browser,
  address: string,
  { tolerated = [], ...options }: ScreenPageOptions = {},
): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB', ...options });
  context.setDefaultTimeout(patienceMs);
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
  onTestFinished(async () => {
    await context.close();
    expect(complaints.filter((complaint) => !tolerated.some((pattern) => pattern.test(complaint)))).toEqual([]);
  });
  await page.goto(address);
  return page;
};
