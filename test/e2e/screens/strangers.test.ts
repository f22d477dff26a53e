import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { longTest, openPage } from '../../support/screen-page.ts';
import { freshOrder, openScreenShop, type ScreenShop } from '../../support/screen-shop.ts';

vi.setConfig(longTest);

/** A name that a stranger points at this machine (DNS rebinding). */
const rebound = 'rebound.example';
const tolerated = [/./];

let shop: ScreenShop;
let site: Server;
let siteUrl: string;
let fileId: number;

beforeAll(async () => {
  shop = await openScreenShop({ browserSwitches: () => [`--host-resolver-rules=MAP ${rebound} 127.0.0.1`] });
  const order = freshOrder({ number: 1, items: [{ product: 'poster' }] });
  await shop.post(order);
  const view = await shop.untilOrder(order, 'print-ready', ({ stage }) => stage === 'printReady');
  fileId = view.items[0]?.files[0]?.id ?? 0;
  site = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><title>Free business cards</title><body>');
  });
  site.listen(0, '127.0.0.1');
  await once(site, 'listening');
  const address = site.address();
  siteUrl = `http://127.0.0.1:${address === null || typeof address === 'string' ? 0 : address.port}/`;
}, 120_000);
afterAll(async () => {
  site?.close();
  await shop?.close();
});

/** Whether a page gets a WebSocket to the station's contract. */
const opensContract = (page: Page, token: string | null): Promise<boolean> =>
  page.evaluate(
    (url) =>
      new Promise<boolean>((resolve) => {
        const socket = new WebSocket(url);
        socket.addEventListener('open', () => {
          socket.close();
          resolve(true);
        });
        socket.addEventListener('error', () => resolve(false));
      }),
    `${shop.station.url.replace('http', 'ws')}/contract${token === null ? '' : `?token=${token}`}`,
  );

/** How a page's request for a file of the station ends: its size, or what the browser says. */
const fetchFile = (page: Page, token: string, mode: 'cors' | 'no-cors'): Promise<number | string> =>
  page.evaluate(
    ([url, requestMode]) =>
      fetch(url, { mode: requestMode }).then(
        async (response) => (response.ok ? (await response.blob()).size : `status ${response.status}`),
        () => 'failed',
      ),
    [`${shop.station.url}/files/${fileId}?token=${token}`, mode] as const,
  );

test('a page of another site gets no connection to the station, not even with the right key', async () => {
  await using own = await shop.open('/orders', { tolerated });
  expect(await opensContract(own, shop.station.token), 'the station’s own page does').toBe(true);
  expect(await opensContract(own, null)).toBe(false);
  expect(await opensContract(own, 'f'.repeat(64))).toBe(false);

  await using hostile = await openPage(shop.browser, siteUrl, { tolerated });
  expect(await opensContract(hostile, null)).toBe(false);
  expect(await opensContract(hostile, shop.station.token)).toBe(false);
});

test('a page of another site reads no file of the station, not even with the right key', async () => {
  await using own = await shop.open('/orders', { tolerated });
  expect(await fetchFile(own, shop.station.token, 'cors'), 'the station’s own page does').toBeGreaterThan(1000);
  expect(await fetchFile(own, 'f'.repeat(64), 'cors')).toBe('status 401');

  await using hostile = await openPage(shop.browser, siteUrl, { tolerated });
  expect(await fetchFile(hostile, shop.station.token, 'cors')).toBe('failed');
  expect(await fetchFile(hostile, shop.station.token, 'no-cors')).toBe('failed');
});

/** What a page sees of another one that it shows within itself. */
const framed = (page: Page, address: string): Promise<string | undefined> =>
  page
    .evaluate(
      (source) =>
        new Promise((resolve) => {
          const frame = document.createElement('iframe');
          frame.addEventListener('load', resolve);
          frame.src = source;
          document.body.append(frame);
        }),
      address,
    )
    .then(() => page.frames().at(-1)?.url());

test('a page of another site cannot show the station within itself', async () => {
  await using hostile = await openPage(shop.browser, siteUrl, { tolerated });
  expect(await framed(hostile, siteUrl), 'itself it can').toBe(siteUrl);
  expect(await framed(hostile, shop.station.address('/orders'))).toBe('chrome-error://chromewebdata/');
});

test('a foreign name that points at this machine is not served', async () => {
  const { port, token } = shop.station;
  await using page = await openPage(shop.browser, `http://${rebound}:${port}/#token=${token}`, { tolerated });
  await page.getByText('this host name is not served here').waitFor();
});
