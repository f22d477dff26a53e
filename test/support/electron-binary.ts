import { access, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';

/** An unpacked Electron: its folder and its executable. */
export interface ElectronBinary {
  readonly folder: string;
  readonly executable: string;
}

const executableNames: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'electron',
  win32: 'electron.exe',
  darwin: 'Electron.app/Contents/MacOS/Electron',
};
const packageOf = z.object({ version: z.string() });
const require = createRequire(import.meta.url);

/** The Electron version this project is built for. */
export const electronVersion = async (): Promise<string> => {
  const text = await readFile(require.resolve('electron/package.json'), 'utf8');
  return packageOf.parse(JSON.parse(text)).version;
};

/**
 * The real Electron, when it is there and whole: beside its package, or where ELECTRON_DIST says. Looks at files only,
 * because the package itself would download a browser when it is asked.
 */
export const findElectron = async (): Promise<ElectronBinary | null> => {
  const name = executableNames[process.platform];
  if (name === undefined) return null;
  const packageFolder = path.dirname(require.resolve('electron/package.json'));
  const folder = process.env.ELECTRON_DIST ?? path.join(packageFolder, 'dist');
  try {
    const version = (await readFile(path.join(folder, 'version'), 'utf8')).trim().replace(/^v/, '');
    const executable = path.join(folder, name);
    await access(executable);
    return version === (await electronVersion()) ? { folder, executable } : null;
  } catch {
    return null;
  }
};

/** Why the app cannot be run in real Electron here, to stand in a test's title; null when it can. */
export const electronObstacle = (electron: ElectronBinary | null): string | null => {
  if (electron === null) return ' (skipped: no Electron beside its package, and ELECTRON_DIST names none)';
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  const hasDisplay = process.platform !== 'linux' || Boolean(DISPLAY ?? WAYLAND_DISPLAY);
  return hasDisplay ? null : ' (skipped: no display; run it under xvfb-run)';
};
