import { EventEmitter } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { desktopChannel } from '../../../../main/contract/wire.ts';
import { silentLogger } from '../../../../main/core/ports/logger.ts';
import type { StationDeps } from '../../../../main/core/station-face.ts';
import { prepareBeforeReady } from '../../../../main/hosts/electron/before-ready.ts';
import { type DesktopDeps, openDesktop } from '../../../../main/hosts/electron/open-desktop.ts';
import { type FakeBrowserWindow, FakeEvent, fakeElectron, resetElectron } from '../../../support/electron-fake.ts';
import { createFakeStation, type FakeStation } from '../../../support/electron-station.ts';
import { noTraining } from '../../../support/no-training.ts';

vi.mock('electron', async () => (await import('../../../support/electron-fake.ts')).electronModule);

let folder: string;
let station: FakeStation;
let builtWith: StationDeps[];
let logClosed: number;

beforeEach(async () => {
  resetElectron();
  folder = await mkdtemp(path.join(tmpdir(), 'platen-desktop-'));
  station = createFakeStation({ 1: { path: '/data/a.pdf', name: 'a.pdf', bytes: 1 } });
  builtWith = [];
  logClosed = 0;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = async (changes: Partial<DesktopDeps> = {}): Promise<FakeBrowserWindow> => {
  const dataFolder = await prepareBeforeReady(folder);
  await openDesktop({
    createStation: async (deps) => {
      builtWith.push(deps);
      return station;
    },
    createTraining: () => noTraining,
    createKeyFileWrap: () => ({ kind: 'key-file', wrap: async (key) => key, unwrap: async (key) => key }),
    logger: {
      ...silentLogger,
      close: async () => {
        logClosed += 1;
      },
    },
    options: { dataFolder: folder, configFile: null, hidden: false },
    dataFolder,
    builtFolder: path.join(folder, 'built'),
    environment: { SHOP: 'a' },
    processEvents: new EventEmitter(),
    ...changes,
  });
  return fakeElectron.windows[0] as FakeBrowserWindow;
};

const call = async (window: FakeBrowserWindow, name: string, input: unknown): Promise<unknown> => {
  const event = { sender: window.webContents, senderFrame: { url: 'app://platen/index.html', parent: null } };
  fakeElectron.ipc.emit(desktopChannel, event, JSON.stringify({ type: 'call', id: 1, call: name, input }));
  await vi.waitFor(() => expect(window.webContents.sent.length).toBeGreaterThan(1));
  return JSON.parse(String(window.webContents.sent.at(-1)?.message));
};

describe("Electron's security checklist", () => {
  const preferences = async () => (await open()).options.webPreferences as Record<string, unknown>;

  test('1, 18: the window loads our own app:// page and no file or network address', async () => {
    const window = await open();
    expect(window.loaded).toEqual(['app://platen/index.html']);
    expect([...(fakeElectron.sessions.get('persist:platen')?.protocols.keys() ?? [])]).toEqual(['app']);
  });

  test('2: the page, its workers and its frames have no Node', async () => {
    expect(await preferences()).toMatchObject({
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
    });
  });

  test('3: the page and the preload are isolated from each other', async () => {
    expect(await preferences()).toMatchObject({ contextIsolation: true });
  });

  test('4: the sandbox is on for the window, and for everything, before Electron is ready', async () => {
    expect(await preferences()).toMatchObject({ sandbox: true });
    expect(fakeElectron.app.calls).toEqual(['enableSandbox', 'whenReady']);
  });

  test('5: the session of the window denies permissions', async () => {
    await preferences();
    const session = fakeElectron.sessions.get('persist:platen');
    expect(session?.permissionCheckHandler?.()).toBe(false);
    expect(session?.permissionRequestHandler).not.toBeNull();
    expect(fakeElectron.windows[0]?.options.webPreferences).toMatchObject({ session });
  });

  test.each(['webSecurity', 'allowRunningInsecureContent', 'experimentalFeatures', 'enableBlinkFeatures'])(
    '6, 8, 9, 10: %s is left as Electron has it',
    async (name) => expect(await preferences()).not.toHaveProperty(name),
  );

  test('11: there is no webview, and no spelling dictionary fetched past the rules', async () => {
    expect(await preferences()).toMatchObject({ webviewTag: false, spellcheck: false });
  });

  test('12, 13, 14: the window cannot be navigated, and opens no other', async () => {
    const { webContents } = await open();
    const event = Object.assign(new FakeEvent(), { url: 'https://example.com/' });
    webContents.emit('will-navigate', event);
    expect(event.defaultPrevented).toBe(true);
    expect(webContents.windowOpenHandler?.({ url: 'https://example.com/' })).toEqual({ action: 'deny' });
  });

  test('17: a call of a foreign sender is not answered, one of our page is', async () => {
    const window = await open();
    const hostile = { sender: window.webContents, senderFrame: { url: 'https://example.com/', parent: null } };
    fakeElectron.ipc.emit(desktopChannel, hostile, '{"type":"call","id":1,"call":"station.get","input":{}}');
    expect(window.webContents.sent).toEqual([]);
    expect(await call(window, 'station.get', {})).toMatchObject({
      type: 'result',
      output: { station: { name: 'Site A' } },
    });
  });

  test('a page to practise on is never led to the real station: without a training it is loaded as the real page', async () => {
    const window = await open();
    const page = { url: 'app://platen/index.html?training=1', parent: null };
    const ask = '{"type":"call","id":1,"call":"station.get","input":{}}';
    fakeElectron.ipc.emit(desktopChannel, { sender: window.webContents, senderFrame: page }, ask);
    expect(window.webContents.sent).toEqual([]);
    expect(window.loaded).toEqual(['app://platen/index.html', 'app://platen/index.html']);
  });

  test('there is no menu whose shortcuts open developer tools', async () => {
    await open();
    expect(fakeElectron.menuBar).toBeNull();
  });
});

describe('the desktop app', () => {
  test('builds the station with its folder, its config and this version', async () => {
    const configFile = path.join(folder, 'config.json');
    await writeFile(configFile, '{}');
    await open({ options: { dataFolder: folder, configFile, hidden: false } });
    expect(builtWith).toMatchObject([
      {
        dataFolder: folder,
        config: { text: '{}', path: configFile },
        environment: { SHOP: 'a' },
        host: 'desktop',
        version: '0.0.0-test',
        keyWrap: { kind: 'safe-storage' },
      },
    ]);
    expect(station.life).toEqual(['start']);
  });

  test('keeps a station of its own folder apart from the others: lock, cache and window lie in it', async () => {
    await open();
    expect(fakeElectron.app.paths.get('userData')).toBe(path.join(folder, 'desktop'));
  });

  test('without a folder of its own it uses the one of the app', async () => {
    expect(await prepareBeforeReady(null)).toBe('/profile/of/platen/station');
    expect(fakeElectron.app.paths.get('userData')).toBe('/profile/of/platen');
  });

  test('drags a ready file out when the page asks for it', async () => {
    const window = await open();
    expect(await call(window, 'desktop.dragOut', { files: [1] })).toEqual({ type: 'result', id: 1, output: {} });
    expect(window.webContents.drags).toMatchObject([{ files: ['/data/a.pdf'] }]);
    expect(station.draggedOut).toEqual([{ files: [1], by: 'screen' }]);
  });

  test('its tray speaks the language that was chosen on the screen', async () => {
    const window = await open();
    expect(fakeElectron.trays[0]?.toolTip).toBe('Platen: all is well');
    expect(await call(window, 'desktop.speak', { locale: 'nl-BE' })).toMatchObject({ type: 'result' });
    expect(fakeElectron.trays[0]?.toolTip).toBe('Platen: alles in orde');
    expect(fakeElectron.trays[0]?.menu.map(({ label }) => label)).toContain('Afsluiten');
  });

  test('tells of news in a notification of the system while its window is closed, and a tap on it opens the window', async () => {
    const window = await open();
    expect(fakeElectron.app.userModelId).toBe('app.platen.station');
    const news = { title: '5 new orders', text: '' };
    expect(await call(window, 'desktop.notify', news)).toMatchObject({ output: { opened: false } });
    expect(fakeElectron.notifications).toEqual([]);

    window.close();
    void call(window, 'desktop.notify', news);
    await vi.waitFor(() => expect(fakeElectron.notifications).toHaveLength(1));
    fakeElectron.notifications[0]?.emit('click');
    expect(window.visible).toBe(true);
    await vi.waitFor(() => expect(window.webContents.sent.at(-1)?.message).toContain('"opened":true'));
  });

  test('shows its window, or waits in the tray when it was started hidden', async () => {
    expect((await open()).visible).toBe(true);
    resetElectron();
    const hidden = await open({ options: { dataFolder: folder, configFile: null, hidden: true } });
    expect(hidden.visible).toBe(false);
    fakeElectron.trays[0]?.emit('click');
    expect(hidden.visible).toBe(true);
  });

  test('a second start shows the window of the first and starts no station of its own', async () => {
    const window = await open();
    window.hide();
    fakeElectron.app.emit('second-instance');
    expect(window.visible).toBe(true);

    resetElectron();
    fakeElectron.app.firstInstance = false;
    builtWith = [];
    await open();
    expect(fakeElectron.app.quits).toBe(1);
    expect(builtWith).toEqual([]);
    expect(fakeElectron.windows).toEqual([]);
  });

  test('closing the window keeps the station running in the tray, and the place of the window', async () => {
    const window = await open();
    expect(window.close()).toBe(false);
    fakeElectron.app.emit('window-all-closed');
    expect(window.visible).toBe(false);
    expect(station.life).toEqual(['start']);
    const placeFile = path.join(folder, 'desktop', 'window.json');
    await vi.waitFor(async () => expect(JSON.parse(await readFile(placeFile, 'utf8'))).toMatchObject({ width: 1200 }));
  });

  test('opens where it was closed', async () => {
    await mkdir(path.join(folder, 'desktop'));
    const place = { x: 300, y: 40, width: 1100, height: 700, maximized: true };
    await writeFile(path.join(folder, 'desktop', 'window.json'), JSON.stringify(place));
    const window = await open();
    expect(window.options).toMatchObject({ x: 300, y: 40, width: 1100, height: 700 });
    expect(window.maximized).toBe(true);
  });

  test('loads the page again when its process has crashed', async () => {
    const { webContents } = await open();
    vi.useFakeTimers();
    try {
      webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 });
      vi.runAllTimers();
    } finally {
      vi.useRealTimers();
    }
    expect(webContents.reloads).toBe(1);
  });
});

test('screens that do not load leave the station at work', async () => {
  fakeElectron.pageFails = true;
  await open();
  expect(station.life).toEqual(['start']);
  expect(fakeElectron.app.exitCode).toBeNull();
});

describe('quitting', () => {
  test('waits for the station to stop, then for the log, and only then closes', async () => {
    const stopping = Promise.withResolvers<void>();
    station = { ...station, stop: () => stopping.promise };
    const window = await open();
    fakeElectron.app.quit();
    fakeElectron.app.quit();
    expect(fakeElectron.app.quits).toBe(0);
    expect(logClosed).toBe(0);
    stopping.resolve();
    await vi.waitFor(() => expect(fakeElectron.app.quits).toBe(1));
    expect(logClosed).toBe(1);
    expect(window.isDestroyed()).toBe(true);
  });

  test('happens even when the station fails to stop', async () => {
    station = { ...station, stop: () => Promise.reject(new Error('disk gone')) };
    await open();
    fakeElectron.app.quit();
    await vi.waitFor(() => expect(fakeElectron.app.quits).toBe(1));
  });

  test('does not wait for ever', async () => {
    station = { ...station, stop: () => new Promise(() => undefined) };
    await open();
    vi.useFakeTimers();
    try {
      fakeElectron.app.quit();
      await vi.advanceTimersByTimeAsync(60_000);
    } finally {
      vi.useRealTimers();
    }
    await vi.waitFor(() => expect(fakeElectron.app.quits).toBe(1));
  });
});

test('a station that cannot start says why and ends with a failure', async () => {
  await open({ createStation: () => Promise.reject(new Error('the database was made by a newer Platen')) });
  expect(fakeElectron.errorBoxes).toEqual([
    { title: 'Platen cannot start', text: 'the database was made by a newer Platen' },
  ]);
  expect(fakeElectron.app.exitCode).toBe(1);
  expect(logClosed).toBe(1);
  expect(fakeElectron.windows).toEqual([]);
});
