import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root, run, toolScript } from './tools.mjs';

const executables = { linux: 'electron', win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' };
/** How long fetching Electron (about 110 MB) may take. */
const longestFetchMs = 180_000;

/** Why no window can be opened here; null when one can. */
export const windowObstacle = () => {
  if (executables[process.platform] === undefined) return `Electron does not run on ${process.platform}`;
  if (process.platform !== 'linux') return null;
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return 'there is no display';
  return process.getuid?.() === 0 ? 'Electron does not run as root' : null;
};

/** Electron's executable beside its package, whole and of the right version; null when it is not there. */
export const findElectron = async () => {
  const folder = join(root, 'node_modules', 'electron');
  const executable = join(folder, 'dist', executables[process.platform] ?? '');
  try {
    const wanted = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')).version;
    const found = (await readFile(join(folder, 'dist', 'version'), 'utf8')).trim().replace(/^v/, '');
    await access(executable);
    return found === wanted ? executable : null;
  } catch {
    return null;
  }
};

/** Fetches Electron once, within bounded time, and answers its executable; null when it could not be had. */
export const fetchElectron = async () => {
  process.stdout.write('Fetching Electron (about 110 MB, at most 3 minutes) …\n');
  const script = await toolScript('electron', 'install-electron');
  const signal = AbortSignal.timeout(longestFetchMs);
  await run(process.execPath, [script], { stdio: 'ignore', signal, killSignal: 'SIGKILL' }).catch(() => 1);
  return findElectron();
};
