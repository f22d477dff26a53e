import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { Client } from '../../../main/contract/contract.ts';
import type { OrderView } from '../../../main/contract/orders.ts';
import { type CustomersCanvasSandbox, createCustomersCanvasSandbox } from '../../sandbox/customerscanvas/sandbox.ts';
import { createPrintApiSandbox, type PrintApiSandbox } from '../../sandbox/printapi/sandbox.ts';
import { createPrintessSandbox, type PrintessSandbox } from '../../sandbox/printess/sandbox.ts';
import { toCustomersCanvas, toPrintApi, toPrintess } from '../../support/sandbox-connections.ts';
import { until } from '../../support/scenario-until.ts';
import { openBrowser } from '../../support/screen-browser.ts';
import { openPage, patience, type ScreenPageOptions } from '../../support/screen-page.ts';
import { type ScreenStation, startScreenStation } from '../../support/screen-station.ts';

/** A print shop whose work comes from the three platforms that are asked: their sandboxes, a station, a browser. */
export interface JobsShop {
  readonly printess: PrintessSandbox;
  readonly printApi: PrintApiSandbox;
  readonly canvas: CustomersCanvasSandbox;
  /** Another one after `restart`. */
  readonly station: ScreenStation;
  readonly client: Client;
  readonly browser: Browser;
  /** Opens a screen, such as `/orders`, in a tab of its own. */
  open(screen: string, options?: ScreenPageOptions): Promise<Page>;
  /** Waits until the station's view of an order, `connection:externalId`, is as it should be. */
  untilOrder(ref: string, what: string, isSo: (view: OrderView) => boolean): Promise<OrderView>;
  /** Stops the station, lets something happen, and starts it again with all that it had. */
  restart(meanwhile: () => void): Promise<void>;
  close(): Promise<void>;
}

const lookEveryMs = 100;

/** Nobody waits a minute here for the next list. */
const often = { pollSeconds: 5, rate: { requests: 600, perSeconds: 60, concurrency: 4 } };

/** Opens a shop. Its config file declares a connection to each sandbox: `px`, `pa` and `cc`. */
export const openJobsShop = async (): Promise<JobsShop> => {
  const root = await mkdtemp(path.join(tmpdir(), 'platen-jobs-'));
  const printess = await createPrintessSandbox({ renderMs: 300 });
  const printApi = await createPrintApiSandbox();
  const canvas = await createCustomersCanvasSandbox();
  const press = path.join(root, 'press');
  await mkdir(press);
  const configFile = path.join(root, 'platen.json');
  const config = {
    name: 'Hall 3',
    intake: { port: 0 },
    signals: { undoSeconds: 0 },
    files: { minimumFreeBytes: 50_000_000 },
    hotFolders: [{ id: 'press', name: 'Press', path: press, mode: 'manual', pollSeconds: 1 }],
    connections: [
      toPrintess(printess, 'px', { name: 'Designs', ...often }),
      toPrintApi(printApi, 'pa', { name: 'Outsourced prints', ...often }),
      toCustomersCanvas(canvas, 'cc', { name: 'Web shop', ...often }),
    ],
  };
  await writeFile(configFile, JSON.stringify(config), { mode: 0o600 });
  const start = () => startScreenStation({ dataFolder: path.join(root, 'station'), configFile });
  let station = await start();
  const browser = await openBrowser();
  return {
    printess,
    printApi,
    canvas,
    get station() {
      return station;
    },
    get client() {
      return station.client;
    },
    browser,
    open: (screen, options) => openPage(browser, station.address(screen), options),
    untilOrder: (ref, what, isSo) =>
      until(
        `${ref} ${what}`,
        async () => {
          const order = await station.client.orders.get({ order: ref }).then(
            (answer) => answer.order,
            () => null,
          );
          return order !== null && isSo(order) ? order : null;
        },
        { withinMs: patience.timeout, everyMs: lookEveryMs },
      ),
    restart: async (meanwhile) => {
      await station.stop();
      meanwhile();
      station = await start();
    },
    close: async () => {
      await browser.close();
      await station.stop();
      await Promise.all([printess.stop(), printApi.stop(), canvas.stop()]);
      await rm(root, { recursive: true, force: true, maxRetries: 5 });
    },
  };
};
