import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const script = resolve(import.meta.dirname, '../../../scripts/ensure-chromium.mjs');

interface Ended {
  readonly exitCode: number | string;
  readonly out: string;
  readonly err: string;
}

let folder: string;
let onPath: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'platen-chromium-'));
  onPath = join(folder, 'bin');
  await mkdir(onPath);
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const program = async (name: string, body = ''): Promise<string> => {
  const path = join(onPath, name);
  await writeFile(path, `#!/bin/sh\n${body}\n`);
  await chmod(path, 0o755);
  return path;
};

/** Runs the script where nothing is installed but what the test has put there, and nothing can be downloaded. */
const ensureChromium = (environment: Readonly<Record<string, string>> = {}): Promise<Ended> =>
  new Promise((settle) => {
    const env = {
      PATH: onPath,
      HOME: folder,
      PLAYWRIGHT_BROWSERS_PATH: join(folder, 'browsers'),
      PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1',
      ...environment,
    };
    execFile(process.execPath, [script], { env }, (error, out, err) =>
      settle({ exitCode: error === null ? 0 : (error.code ?? 1), out, err }),
    );
  });

describe.skipIf(process.platform !== 'linux')('the browser for the tests', () => {
  it('is the one that CHROMIUM_PATH names', async () => {
    const named = await program('my-browser');
    await program('chromium');
    expect(await ensureChromium({ CHROMIUM_PATH: named })).toEqual({ exitCode: 0, out: `${named}\n`, err: '' });
  });

  it('is not silently another than the one named', async () => {
    await program('chromium');
    const { exitCode, err } = await ensureChromium({ CHROMIUM_PATH: '/nowhere/chrome' });
    expect({ exitCode, err }).toEqual({
      exitCode: 1,
      err: 'CHROMIUM_PATH names /nowhere/chrome, which cannot be run\n',
    });
  });

  it.each(['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'])(
    'is found on the path: %s',
    async (name) => {
      const path = await program(name);
      expect((await ensureChromium()).out).toBe(`${path}\n`);
    },
  );

  it.skipIf(process.getuid?.() !== 0)('is installed on Debian where it is missing, which is said', async () => {
    const log = join(folder, 'apt.log');
    const made = join(onPath, 'chromium');
    await program(
      'apt-get',
      `echo "$@" >> ${log}; if [ "$1" = install ]; then echo '#!/bin/sh' > ${made}; /bin/chmod 755 ${made}; fi`,
    );
    const { exitCode, out } = await ensureChromium();
    expect({ exitCode, out }).toEqual({
      exitCode: 0,
      out: `Installing chromium-headless-shell with apt-get …\nInstalled ${made}\n${made}\n`,
    });
    expect(await readFile(log, 'utf8')).toBe('update\ninstall -y --no-install-recommends chromium-headless-shell\n');
  });

  it('is missed in one clear line when none can be had', async () => {
    const { exitCode, err } = await ensureChromium();
    expect({ exitCode, err }).toEqual({
      exitCode: 1,
      err: 'No Chromium was found and none could be installed: install one, or set CHROMIUM_PATH to it\n',
    });
  });
});
