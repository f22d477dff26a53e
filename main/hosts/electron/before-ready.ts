import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { app, Menu } from 'electron';
import { registerAppScheme } from './app-protocol.ts';

/**
 * Everything that Electron must be told before it is ready; the entry awaits it at its top level, which holds `ready`
 * back. Answers the station's data folder. With a folder of one's own the window's profile lies in it as well, so
 * that several stations on one machine do not share a lock, a cache or a key.
 */
export const prepareBeforeReady = async (wantedFolder: string | null): Promise<string> => {
  app.enableSandbox();
  registerAppScheme();
  // Windows shows notifications only of an app that says which of its start menu it is: `appId` in electron-builder.yml.
  app.setAppUserModelId('app.platen.station');
  // No menu: its shortcuts would open developer tools and zoom on a shared floor PC.
  Menu.setApplicationMenu(null);
  if (wantedFolder === null) return path.join(app.getPath('userData'), 'station');
  const profile = path.join(wantedFolder, 'desktop');
  await mkdir(profile, { recursive: true });
  app.setPath('userData', profile);
  return wantedFolder;
};
