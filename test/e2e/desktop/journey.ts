import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { makeOrder } from '../../../main/training/orders/make-order.ts';
import { type CloudprinterSandbox, createCloudprinterSandbox } from '../../sandbox/cloudprinter/sandbox.ts';
import type { DesktopApp, StartDesktop } from './desktop-app.ts';
import { pageClient } from './page-bridge.ts';

const patience = { timeout: 20_000, interval: 100 };
/** Its file is not at the platform. */
const lost = makeOrder({ number: 2, items: [{ product: 'flyer' }] });
const order = makeOrder({ number: 1, items: [{ product: 'book', copies: 3 }, { product: 'poster' }] });

const stationConfig = (sandbox: CloudprinterSandbox, hotFolder: string): string =>
  JSON.stringify({
    name: 'Site A',
    intake: { host: '127.0.0.1', port: 0 },
    signals: { undoSeconds: 0 },
    hotFolders: [{ id: 'rip', name: 'RIP', path: hotFolder, mode: 'auto', pollSeconds: 1 }],
    connections: [
      {
        id: 'cp',
        platform: 'cloudprinter',
        orderKey: sandbox.orderKey,
        signalKey: sandbox.signalKey,
        signalUrl: sandbox.signalUrl,
        allowPrivateAddresses: true,
      },
    ],
  });

/** Defines the tests of one day with the desktop app, to be run by each way there is of running it. */
export const desktopJourney = (start: StartDesktop, { seesDesktop }: { readonly seesDesktop: boolean }): void => {
  let work: string;
  let sandbox: CloudprinterSandbox;
  let app: DesktopApp;
  const client = () => pageClient(app.page);
  const hotFolder = (): string => path.join(work, 'rip');
  const startOptions = () => ({ dataFolder: path.join(work, 'data'), configFile: path.join(work, 'config.json') });

  beforeAll(async () => {
    work = await mkdtemp(path.join(tmpdir(), 'platen-journey-'));
    sandbox = await createCloudprinterSandbox();
    await mkdir(hotFolder());
    await writeFile(startOptions().configFile, stationConfig(sandbox, hotFolder()));
    app = await start(startOptions());
  }, 180_000);

  afterAll(async () => {
    await app?.dispose();
    await sandbox?.stop();
    await rm(work, { recursive: true, force: true, maxRetries: 5 });
  });

  test('the window opens and shows the screens', async () => {
    await vi.waitFor(async () => expect(await app.page.locator('#root > *').count()).toBeGreaterThan(0), patience);
    expect(await app.isVisible()).toBe(true);
    expect(await app.page.title()).toMatch(/Platen/);
  });

  test('the page has the bridge of two members, and nothing of Node or Electron', async () => {
    const found = await app.page.evaluate(() => ({
      members: Object.entries(window.platen ?? {}).map(([name, member]) => `${name}: ${typeof member}`),
      nodes: ['require', 'process', 'module', 'Buffer', 'electron', 'ipcRenderer'].filter((name) => name in window),
    }));
    expect(found).toEqual({ members: ['send: function', 'onMessage: function'], nodes: [] });
  });

  test('the bridge cannot be replaced by the page', async () => {
    const replaced = await app.page.evaluate(() => {
      Reflect.set(window, 'platen', { send: () => undefined });
      return Object.keys(window.platen ?? {}).length;
    });
    expect(replaced).toBe(2);
  });

  test('the station answers through the bridge', async () => {
    const { station } = await client().station.get({});
    expect(station).toMatchObject({ name: 'Site A', host: 'desktop' });
  });

  test('a call with a wrong input fails with its code', async () => {
    const call = client().desktop.dragOut({ files: [] });
    await expect(call).rejects.toMatchObject({ code: 'invalidInput' });
  });

  test('the page cannot be navigated away, and opens no window', async () => {
    const before = app.page.url();
    for (const attempt of [
      "location.href = 'https://example.com/'",
      "window.open('https://example.com/')",
      "location.href = 'file:///etc/passwd'",
    ]) {
      await app.page.evaluate(attempt).catch(() => undefined);
    }
    await vi.waitFor(() => {
      const refused = app.refused();
      if (refused !== null) expect(refused).toEqual(expect.arrayContaining(['navigation', 'window']));
    }, patience);
    expect((await client().station.get({})).station.name).toBe('Site A');
    expect(app.page.url()).toBe(before);
  });

  test('the page reaches no network', async () => {
    const reached = await app.page.evaluate(() =>
      fetch('https://example.com/').then(
        () => true,
        () => false,
      ),
    );
    expect(reached).toBe(false);
  });

  test('a reload keeps within the content policy, which does refuse a script of a stranger', async () => {
    await app.page.addInitScript(() => {
      const seen: string[] = [];
      Object.assign(window, { violations: seen });
      document.addEventListener('securitypolicyviolation', (event) => seen.push(event.effectiveDirective));
    });
    const violations = (): Promise<unknown> => app.page.evaluate(() => Reflect.get(window, 'violations'));
    await app.page.evaluate(() => location.reload()).catch(() => undefined);
    await vi.waitFor(async () => expect(await violations()).toEqual([]), patience);
    await vi.waitFor(async () => expect(await app.page.locator('#root > *').count()).toBeGreaterThan(0), patience);
    expect((await client().station.get({})).station.name).toBe('Site A');
    expect(await violations()).toEqual([]);

    await app.page.evaluate(() => {
      const stranger = document.createElement('script');
      stranger.textContent = 'window.hostile = true';
      document.body.append(stranger);
    });
    expect(await violations()).toEqual(['script-src-elem']);
    expect(await app.page.evaluate(() => 'hostile' in window)).toBe(false);
  });

  test('an order arrives and is on the screen', async () => {
    const { connections } = await client().connections.list({});
    await sandbox.post(order, { to: connections[0]?.intakeUrl ?? '' });
    await app.page.getByText(order.client.reference).first().waitFor({ timeout: patience.timeout });
  });

  test('its files are fetched, verified and handed over', async () => {
    const view = async () => (await client().orders.get({ order: `cp:${order.id}` })).order;
    await vi.waitFor(async () => expect((await view()).stage).toBe('handedOver'), patience);
    const files = (await view()).items.flatMap((item) => item.files);
    expect(files.map((file) => [file.state, file.verification])).toEqual(files.map(() => ['ready', 'size+md5']));
    expect((await readdir(hotFolder())).toSorted()).toEqual(files.map((file) => file.name).toSorted());
    for (const file of files) {
      expect(await readFile(path.join(hotFolder(), file.name))).toEqual(await readFile(file.path ?? ''));
    }
  });

  test('the screens read a ready file by its number, and nothing by a path', async () => {
    const { order: view } = await client().orders.get({ order: `cp:${order.id}` });
    const [file] = view.items.flatMap((item) => item.files);
    const read = (address: string) =>
      app.page.evaluate(async (url) => {
        const answer = await fetch(url, { headers: { Range: 'bytes=0-4' } });
        return [answer.status, await answer.text()];
      }, address);
    expect(await read(`files/${file?.id}/content`)).toEqual([206, '%PDF-']);
    for (const address of [
      `files/${file?.id}`,
      'files/999999/content',
      `files/${file?.name}/content`,
      `${file?.name}`,
    ]) {
      expect([address, ...(await read(address))]).toEqual([address, 404, '']);
    }
  });

  test('a person practises beside it, with files of the practice alone, and comes back to the real order', async () => {
    const practising = app.page.getByRole('region', { name: 'Training', exact: true });
    const nameNow = async () => (await client().station.get({})).station.name;
    await app.page.evaluate(() => {
      location.hash = '#/settings';
    });
    await app.page.getByRole('button', { name: 'Practise' }).click();
    await practising.waitFor({ timeout: patience.timeout });
    await vi.waitFor(async () => expect(await nameNow()).toBe('Training'), patience);

    const fileIds = async (state: string) => {
      const { files } = await client().files.list({});
      return files.flatMap((file) => (file.state === state ? [file.id] : []));
    };
    await vi.waitFor(async () => expect(await fileIds('ready')).toContain(1), patience);
    const read = (address: string) =>
      app.page.evaluate(async (url) => (await fetch(url)).arrayBuffer().then(({ byteLength }) => byteLength), address);
    const practice = (await client().files.list({})).files.find(({ id }) => id === 1)?.bytes;
    expect(await read('files/1/content?training=1')).toBe(practice);
    expect(await read('files/1/content'), 'control: the real file with this number').not.toBe(practice);
    await expect(client().desktop.enterStationMode({})).rejects.toMatchObject({ code: 'unavailable' });

    await practising.getByRole('button', { name: 'Leave training' }).click();
    await practising.waitFor({ state: 'hidden', timeout: patience.timeout });
    await vi.waitFor(async () => expect(await nameNow()).toBe('Site A'), patience);
    const { orders } = await client().orders.list({});
    expect(orders.map(({ externalId }) => externalId)).toEqual([order.id]);
    await vi.waitFor(async () => expect(await readdir(startOptions().dataFolder)).not.toContain('training'), patience);
  });

  test('its job tickets show page one of each file', async () => {
    await app.page.evaluate((ref) => {
      location.hash = `#/print/ticket/cp:${ref}`;
    }, order.id);
    await vi.waitFor(async () => expect(await app.page.locator('section li img').count()).toBe(3), patience);
    await app.page.evaluate(() => {
      location.hash = '#/orders';
    });
  });

  test('a file that is not there cannot be dragged out', async () => {
    const call = client().desktop.dragOut({ files: [999_999] });
    await expect(call).rejects.toMatchObject({ code: 'conflict' });
  });

  const dragTitle = seesDesktop ? '' : ' (skipped: a real drag needs a hand at the mouse)';
  test.skipIf(!seesDesktop)(
    `its ready files are dragged out together, and its history says so${dragTitle}`,
    async () => {
      const orderNow = () => client().orders.get({ order: `cp:${order.id}` });
      const files = (await orderNow()).order.items.flatMap((item) => item.files);
      await client().desktop.dragOut({ files: files.map((file) => file.id) });
      expect(app.drags()).toEqual([files.map((file) => file.path)]);
      expect((await orderNow()).history.filter((entry) => entry.code === 'file.draggedOut')).toHaveLength(files.length);
    },
  );

  test('it is shipped, and the platform knows', async () => {
    await client().orders.ship({ order: `cp:${order.id}`, tracking: 'TRACK-1' });
    for (const item of order.items) {
      await vi.waitFor(() => expect(sandbox.acceptedTypes(item.id)).toContain('ItemShipped'), patience);
    }
  });

  test('closing the window keeps the station at work', async () => {
    await app.closeWindow();
    await vi.waitFor(async () => expect(await app.isVisible()).toBe(false), patience);
    expect((await client().station.get({})).station.name).toBe('Site A');
  });

  const desktopTitle = seesDesktop ? '' : ' (skipped: the desktop is seen by nobody)';
  test.skipIf(!seesDesktop)(
    `a problem is told of while the window is closed, and a tap opens the window at the orders${desktopTitle}`,
    async () => {
      await app.page.evaluate(() => {
        location.hash = '#/settings';
      });
      sandbox.fileKnobs.set({ match: { order: lost.id }, fault: { kind: 'status', status: 404 } });
      const { connections } = await client().connections.list({});
      await sandbox.post(lost, { to: connections[0]?.intakeUrl ?? '' });
      await vi.waitFor(() => expect(app.notifications()?.map(({ title }) => title)).toContain('Attention'), patience);
      expect(await app.isVisible()).toBe(false);
      app.tapNotification();
      await vi.waitFor(async () => expect(await app.isVisible()).toBe(true), patience);
      await vi.waitFor(async () => expect(await app.page.evaluate(() => location.hash)).toBe('#/orders'), patience);
    },
  );

  test.skipIf(!seesDesktop)(
    `the tray says how the station is, in the language that is chosen on the screen${desktopTitle}`,
    async () => {
      await vi.waitFor(() => expect(app.tray()).toBe('Platen: something needs attention'), patience);
      await app.page.evaluate(() => {
        location.hash = '#/settings';
      });
      await app.page.getByRole('button', { name: 'Nederlands' }).click();
      await vi.waitFor(() => expect(app.tray()).toBe('Platen: iets vraagt aandacht'), patience);
      await app.page.getByRole('button', { name: 'English' }).click();
      await vi.waitFor(() => expect(app.tray()).toBe('Platen: something needs attention'), patience);
    },
  );

  test('quitting stops the station, which starts again where it was', async () => {
    expect(await app.quit()).toBe(0);
    await app.dispose();
    app = await start(startOptions());
    const { order: again } = await client().orders.get({ order: `cp:${order.id}` });
    expect(again).toMatchObject({ externalId: order.id, stage: 'shipped' });
    expect(await app.quit()).toBe(0);
  }, 120_000);
};
