import { _electron } from 'playwright-core';
import { describe } from 'vitest';
import { electronObstacle, findElectron } from '../../support/electron-binary.ts';
import { builtApp, repository } from '../../support/electron-build.ts';
import type { StartDesktop } from './desktop-app.ts';
import { desktopJourney } from './journey.ts';

const electron = await findElectron();

const start: StartDesktop = async ({ dataFolder, configFile }) => {
  await builtApp();
  const app = await _electron.launch({
    executablePath: electron?.executable ?? '',
    cwd: repository,
    // A machine that tests as root, or in a container, has no use of Chromium's own sandbox.
    args: ['.', '--data', dataFolder, '--config', configFile, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });
  const page = await app.firstWindow();
  const exited = new Promise<number | null>((resolve) => app.process().once('exit', resolve));
  return {
    page,
    closeWindow: () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close()),
    isVisible: () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() ?? false),
    quit: async () => {
      // The answer may be lost with the process that gives it.
      await app.evaluate(({ app: electronApp }) => electronApp.quit()).catch(() => undefined);
      return exited;
    },
    refused: () => null,
    drags: () => null,
    tray: () => null,
    notifications: () => null,
    tapNotification: () => undefined,
    dispose: async () => {
      await app.close().catch(() => undefined);
    },
  };
};

const obstacle = electronObstacle(electron);

describe.skipIf(obstacle !== null)(`the desktop app in real Electron${obstacle ?? ''}`, () => {
  desktopJourney(start, { seesDesktop: false });
});
