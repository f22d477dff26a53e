import path from 'node:path';
import { describe } from 'vitest';
import { builtApp } from '../../support/electron-build.ts';
import { launchStandIn } from '../../support/electron-stand-in/launch.ts';
import type { StartDesktop } from './desktop-app.ts';
import { desktopJourney } from './journey.ts';

const start: StartDesktop = async ({ dataFolder, configFile }) => {
  const standIn = await launchStandIn({
    entry: path.join(await builtApp(), 'main/index.js'),
    args: ['--data', dataFolder, '--config', configFile],
  });
  return {
    page: standIn.page,
    closeWindow: async () => standIn.command({ kind: 'closeWindow' }),
    isVisible: async () => standIn.reports.findLast((report) => report.kind === 'visible')?.visible ?? false,
    quit: () => {
      standIn.command({ kind: 'trayMenu', label: 'Quit' });
      return standIn.exited;
    },
    refused: () => standIn.reports.flatMap((report) => (report.kind === 'refused' ? [report.what] : [])),
    drags: () => standIn.reports.flatMap((report) => (report.kind === 'drag' ? [report.files] : [])),
    tray: () => standIn.reports.findLast((report) => report.kind === 'tray')?.toolTip ?? null,
    notifications: () =>
      standIn.reports.flatMap((report) =>
        report.kind === 'notification' ? [{ title: report.title, text: report.text }] : [],
      ),
    tapNotification: () => standIn.command({ kind: 'tapNotification' }),
    dispose: () => standIn.dispose(),
  };
};

describe('the desktop app as built, with a real Chromium in the place of Electron', () => {
  desktopJourney(start, { seesDesktop: true });
});
