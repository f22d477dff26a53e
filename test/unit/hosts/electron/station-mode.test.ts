import { EventEmitter } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { desktopChannel } from '../../../../main/contract/wire.ts';
import { silentLogger } from '../../../../main/core/ports/logger.ts';
import { openDesktop } from '../../../../main/hosts/electron/open-desktop.ts';
import { type FakeBrowserWindow, fakeElectron, resetElectron } from '../../../support/electron-fake.ts';
import { createFakeStation, type FakeStation } from '../../../support/electron-station.ts';
import { noTraining } from '../../../support/no-training.ts';
import { openAccess } from '../../../support/open-access.ts';

vi.mock('electron', async () => (await import('../../../support/electron-fake.ts')).electronModule);

let folder: string;
let station: FakeStation;
let window: FakeBrowserWindow;
/** Whether a manager is signed in at the page. */
let managerIsThere: boolean;

beforeEach(async () => {
  resetElectron();
  folder = await mkdtemp(path.join(tmpdir(), 'platen-station-mode-'));
  managerIsThere = false;
  const refusalOf = (audience: string): string | null =>
    audience === 'manager' && !managerIsThere ? 'only a manager may do this' : null;
  station = { ...createFakeStation(), access: { ...openAccess, refusalOf } };
  await openDesktop({
    createStation: async () => station,
    createTraining: () => noTraining,
    createKeyFileWrap: () => ({ kind: 'key-file', wrap: async (key) => key, unwrap: async (key) => key }),
    logger: { ...silentLogger, close: async () => undefined },
    options: { dataFolder: folder, configFile: null, hidden: false },
    dataFolder: folder,
    builtFolder: folder,
    environment: {},
    processEvents: new EventEmitter(),
  });
  window = fakeElectron.windows[0] as FakeBrowserWindow;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

let lastId = 0;
const call = async (name: string): Promise<unknown> => {
  lastId += 1;
  const id = lastId;
  const event = { sender: window.webContents, senderFrame: { url: 'app://platen/index.html', parent: null } };
  fakeElectron.ipc.emit(desktopChannel, event, JSON.stringify({ type: 'call', id, call: name, input: {} }));
  const answer = (): unknown =>
    window.webContents.sent.map(({ message }) => JSON.parse(String(message))).find((message) => message.id === id);
  await vi.waitFor(() => expect(answer()).toBeDefined());
  return answer();
};
const quitInTray = (): void => fakeElectron.trays[0]?.menu.find(({ label }) => label === 'Quit')?.click?.();

test('in station mode the window fills the display, and neither its close button nor the tray ends anything', async () => {
  expect(await call('desktop.enterStationMode')).toMatchObject({ type: 'result' });
  expect(window.kiosk).toBe(true);
  expect(window.close()).toBe(false);
  expect(window.visible, 'not even hidden').toBe(true);
  window.hide();
  quitInTray();
  expect(window.visible, 'the way out is on the screen').toBe(true);
  await Promise.resolve();
  expect(station.life).toEqual(['start']);
});

test('only a manager leaves it; then the window can be closed and the app be quit', async () => {
  await call('desktop.enterStationMode');
  expect(await call('desktop.leaveStationMode')).toMatchObject({ failure: { code: 'notPermitted' } });
  expect(window.kiosk).toBe(true);
  managerIsThere = true;
  expect(await call('desktop.leaveStationMode')).toMatchObject({ type: 'result' });
  expect(window.kiosk).toBe(false);
  window.close();
  expect(window.visible).toBe(false);
  quitInTray();
  await vi.waitFor(() => expect(fakeElectron.app.quits).toBe(1));
  expect(station.life).toEqual(['start', 'stop']);
});

test('it does not hold up a system that shuts down', async () => {
  await call('desktop.enterStationMode');
  fakeElectron.app.quit();
  await vi.waitFor(() => expect(fakeElectron.app.quits).toBe(1));
  expect(station.life).toEqual(['start', 'stop']);
});
