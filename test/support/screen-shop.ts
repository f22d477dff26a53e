import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { Client } from '../../main/contract/contract.ts';
import type { OrderView } from '../../main/contract/orders.ts';
import { makeOrder, type OrderSpec } from '../../main/training/orders/make-order.ts';
import type { CloudprinterOrder } from '../../main/training/orders/order.ts';
import { type CloudprinterSandbox, createCloudprinterSandbox } from '../sandbox/cloudprinter/sandbox.ts';
import { connectionTo } from './scenario-shop.ts';
import { untilOrder } from './scenario-views.ts';
import { openBrowser } from './screen-browser.ts';
import { openPage, type ScreenPageOptions } from './screen-page.ts';
import { type ScreenStation, startScreenStation } from './screen-station.ts';

/** A print shop for one test file: Cloudprinter's sandbox, a station of its own, and a browser to look at it with. */
export interface ScreenShop {
  readonly root: string;
  readonly dataFolder: string;
  readonly configFile: string;
  readonly sandbox: CloudprinterSandbox;
  readonly station: ScreenStation;
  readonly client: Client;
  readonly browser: Browser;
  /** The folder of the hot folder with this id. */
  hotFolder(id: string): string;
  /** Opens a screen, such as `/orders`, in a tab of its own. */
  open(screen: string, options?: ScreenPageOptions): Promise<Page>;
  /** Posts an order as the platform does; rejects when the station does not take it. */
  post(order: CloudprinterOrder, connection?: string): Promise<void>;
  /** Makes a further connection to the sandbox, as the Connections screen does; `signalKey` default the right one. */
  connect(id: string, secrets?: { readonly signalKey: string }): Promise<void>;
  /** Waits until the station's view of an order is as it should be. */
  untilOrder(order: CloudprinterOrder, what: string, isSo: (view: OrderView) => boolean): Promise<OrderView>;
  close(): Promise<void>;
}

export interface ScreenShopOptions {
  /** Ids of hot folders, each with settings in place of the usual ones (all files, by themselves). */
  readonly hotFolders?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** How long a signal can be taken back. Default 0. */
  readonly undoSeconds?: number;
  /** Further switches for the browser, once the station's port is known. */
  readonly browserSwitches?: (station: ScreenStation) => readonly string[];
}

const hourMs = 3_600_000;

/** An order that was placed a moment ago and ships tomorrow, so that nothing of it is late. */
export const freshOrder = (spec: OrderSpec): CloudprinterOrder => {
  const orderedAt = new Date();
  return makeOrder({ orderedAt, shipBy: new Date(orderedAt.getTime() + 30 * hourMs), ...spec });
};

/** Opens a shop. Its config file declares one connection, `cp`. */
export const openScreenShop = async (options: ScreenShopOptions = {}): Promise<ScreenShop> => {
  const root = await mkdtemp(path.join(tmpdir(), 'platen-screens-'));
  const sandbox = await createCloudprinterSandbox();
  const hotFolder = (id: string): string => path.join(root, 'hot-folders', id);
  const folders = Object.entries(options.hotFolders ?? {});
  for (const [id] of folders) await mkdir(hotFolder(id), { recursive: true });
  const configFile = path.join(root, 'platen.json');
  const config = {
    name: 'Hall 2',
    intake: { port: 0 },
    signals: { undoSeconds: options.undoSeconds ?? 0 },
    files: { minimumFreeBytes: 50_000_000 },
    ...(folders.length === 0
      ? {}
      : {
          hotFolders: folders.map(([id, settings]) => ({
            id,
            name: id,
            path: hotFolder(id),
            mode: 'auto',
            pollSeconds: 1,
            ...settings,
          })),
        }),
    connections: [connectionTo(sandbox, { id: 'cp' })],
  };
  await writeFile(configFile, JSON.stringify(config), { mode: 0o600 });
  const dataFolder = path.join(root, 'station');
  const station = await startScreenStation({ dataFolder, configFile });
  const browser = await openBrowser(options.browserSwitches?.(station));
  return {
    root,
    dataFolder,
    configFile,
    sandbox,
    station,
    client: station.client,
    browser,
    hotFolder,
    open: (screen, pageOptions) => openPage(browser, station.address(screen), pageOptions),
    post: async (order, connection = 'cp') => {
      const { connections } = await station.client.connections.list({});
      const to = connections.find((known) => known.id === connection)?.intakeUrl;
      const { answer } = await sandbox.post(order, to == null ? {} : { to });
      if (answer.kind !== 'answered' || answer.status !== 200) throw new Error(`not taken: ${JSON.stringify(answer)}`);
    },
    connect: async (id, { signalKey } = sandbox) => {
      const settings = { name: id, signalUrl: sandbox.signalUrl, allowPrivateAddresses: true };
      const secrets = { orderKey: sandbox.orderKey, signalKey };
      await station.client.connections.save({ id, platform: 'cloudprinter', settings, secrets });
    },
    untilOrder: (order, what, isSo) => untilOrder(station.client, order, what, isSo),
    close: async () => {
      await browser.close();
      await station.stop();
      await sandbox.stop();
      await rm(root, { recursive: true, force: true, maxRetries: 5 });
    },
  };
};
