import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type BrowserContext, chromium, type Page, type Request, type Route } from 'playwright-core';
import { chromiumVariable, report } from './messages.ts';

/** `app://platen` as Chromium sees it: an origin of its own that is as secure as https and never reaches a network. */
const standInOrigin = 'http://app-platen.localhost';
const appOrigin = 'app://platen';

export const toStandIn = (url: string): string =>
  url.startsWith(`${appOrigin}/`) ? standInOrigin + url.slice(appOrigin.length) : url;
export const toApp = (url: string): string =>
  url.startsWith(`${standInOrigin}/`) ? appOrigin + url.slice(standInOrigin.length) : url;

/** What a window decides of a request of its page. */
export type Decision = { readonly kind: 'answer'; readonly response: Response } | { readonly kind: 'refuse' };
export type Decide = (page: Page, request: Request, appUrl: string) => Promise<Decision | null>;

/** The page that a request belongs to; null for the first request of a page that another one has just opened. */
const pageOf = (request: Request): Page | null => {
  try {
    return request.frame().page();
  } catch {
    return null;
  }
};

const answer = async (route: Route, response: Response): Promise<void> => {
  await route.fulfill({
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(await response.arrayBuffer()),
  });
};

/** Starts the browser. Every request of every page is put before `decide`; what nobody answers is refused. */
export const startChromium = async (profile: string, decide: Decide): Promise<BrowserContext> => {
  const folder = path.join(profile, 'chromium');
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: process.env[chromiumVariable] ?? '/usr/bin/chromium-headless-shell',
    headless: true,
    chromiumSandbox: false,
    viewport: { width: 1440, height: 900 },
    args: [
      '--remote-debugging-port=0',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  await context.route('**/*', async (route) => {
    const request = route.request();
    const page = pageOf(request);
    // A new page must exist before its opener's rules can refuse it: it gets nothing to show.
    if (page === null) return route.fulfill({ status: 200, contentType: 'text/html', body: '' });
    const decision = await decide(page, request, toApp(request.url())).catch(() => null);
    if (decision?.kind === 'answer') await answer(route, decision.response);
    // Aborted, not failed: a page whose navigation is refused stays as it is.
    else await route.abort('aborted');
  });
  const [port = ''] = (await readFile(path.join(folder, 'DevToolsActivePort'), 'utf8')).split('\n');
  report({ kind: 'browser', endpoint: `http://127.0.0.1:${port}` });
  return context;
};
