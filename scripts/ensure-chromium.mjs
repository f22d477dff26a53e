import './node-version.mjs';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { isMain, run, runTool } from './tools.mjs';

// The shell without windows comes first: it loads a screen in half the time.
const commandNames = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
];
const usualPlaces = {
  darwin: [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ],
  win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
    .map((name) => process.env[name])
    .filter((folder) => folder !== undefined)
    .map((folder) => join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe')),
};
const longestInstallMs = 600_000;

const isExecutable = (path) =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );

const firstExecutable = async (paths) => {
  for (const path of paths) if (await isExecutable(path)) return path;
  return null;
};

/** The installed Chromium or Chrome; null when there is none. */
const findChromium = async () => {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const onPath = commandNames.flatMap((name) => folders.map((folder) => join(folder, name)));
  return (
    (await firstExecutable([...onPath, ...(usualPlaces[process.platform] ?? [])])) ??
    (await firstExecutable(await playwrightPlaces()))
  );
};

/** Loaded only where it is needed: it takes longer than all the rest. */
const playwrightPlaces = async () => {
  const { chromium } = await import('playwright-core');
  return [chromium.executablePath()].filter((path) => path !== '');
};

/** Silent: whether it worked is seen by looking for the browser again. */
const bounded = () => ({ stdio: 'ignore', signal: AbortSignal.timeout(longestInstallMs) });

const installFromDebian = async () => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return;
  const aptGet = await firstExecutable((process.env.PATH ?? '').split(delimiter).map((each) => join(each, 'apt-get')));
  if (aptGet === null) return;
  process.stdout.write('Installing chromium-headless-shell with apt-get …\n');
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const updated = await run(aptGet, ['update'], { ...bounded(), env: environment });
  if (updated !== 0) return;
  const install = (name) =>
    run(aptGet, ['install', '-y', '--no-install-recommends', name], { ...bounded(), env: environment });
  if ((await install('chromium-headless-shell')) !== 0) await install('chromium');
};

const installFromPlaywright = async () => {
  process.stdout.write("Installing playwright's chromium …\n");
  await runTool('playwright-core', ['install', 'chromium'], bounded());
};

/** The path of a Chromium or Chrome, installed first when there is none. Throws one clear line when none can be had. */
export const ensureChromium = async () => {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (await isExecutable(named)) return named;
    throw new Error(`CHROMIUM_PATH names ${named}, which cannot be run`);
  }
  let found = await findChromium();
  for (const install of [installFromDebian, installFromPlaywright]) {
    if (found !== null) return found;
    await install().catch(() => undefined);
    found = await findChromium();
    if (found !== null) process.stdout.write(`Installed ${found}\n`);
  }
  if (found !== null) return found;
  throw new Error('No Chromium was found and none could be installed: install one, or set CHROMIUM_PATH to it');
};

if (isMain(import.meta.url)) {
  await ensureChromium().then(
    (path) => process.stdout.write(`${path}\n`),
    (error) => {
      process.stderr.write(`${error.message}\n`);
      process.exitCode = 1;
    },
  );
}
