import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { extractFile, listPackage, statFile } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findElectron } from '../support/electron-binary.ts';
import { builtApp, repository } from '../support/electron-build.ts';
import { makeFakeElectron } from '../support/electron-fake-dist.ts';
import { packFor } from '../support/electron-pack.ts';

interface Target {
  readonly platform: 'linux' | 'win';
  readonly prebuild: string;
  readonly executable: string;
}

const targets: readonly Target[] = [
  { platform: 'linux', prebuild: 'linux-x64.node', executable: 'platen' },
  { platform: 'win', prebuild: 'win32-x64.node', executable: 'platen.exe' },
];

let work: string;
let built: string;

beforeAll(async () => {
  built = await builtApp();
  work = await mkdtemp(path.join(tmpdir(), 'platen-packages-'));
}, 180_000);
afterAll(() => rm(work, { recursive: true, force: true }));

const filesIn = async (folder: string): Promise<readonly string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
};

const archivedFiles = (archive: string): readonly string[] =>
  listPackage(archive, { isPack: false })
    .map((name) => name.replaceAll('\\', '/').slice(1))
    .filter((name) => !('files' in statFile(archive, name)));

/** The real Electron where there is one for this platform; else one that only looks like it. */
const electronFor = async (platform: Target['platform']): Promise<string> => {
  const real = await findElectron();
  const fits = platform === 'linux' && process.platform === 'linux' && process.arch === 'x64';
  return real !== null && fits ? real.folder : makeFakeElectron(path.join(work, `electron-${platform}`), platform);
};

describe.each(targets)('the application folder for $platform', ({ platform, prebuild, executable }) => {
  let folder: string;
  let archive: string;

  beforeAll(async () => {
    folder = await packFor({
      platform,
      electronFolder: await electronFor(platform),
      output: path.join(work, platform),
    });
    archive = path.join(folder, 'resources/app.asar');
  }, 120_000);

  test('holds what was built, the database package with one binary, and nothing else', async () => {
    const database = await filesIn(path.join(repository, 'node_modules/better-sqlite3/lib'));
    const expected = [
      'package.json',
      ...(await filesIn(built)).filter((name) => !name.endsWith('.map')).map((name) => `out/${name}`),
      ...['LICENSE', 'package.json', `prebuilds/${prebuild}`].map((name) => `node_modules/better-sqlite3/${name}`),
      ...database.map((name) => `node_modules/better-sqlite3/lib/${name}`),
    ];
    expect(archivedFiles(archive).toSorted()).toEqual(expected.toSorted());
  });

  test('keeps the app and its workers inside the archive, under its integrity check', async () => {
    const programs = (await filesIn(built)).filter((name) => /\.c?js$/.test(name));
    expect(programs).toEqual(
      expect.arrayContaining([
        'main/index.js',
        'main/database-worker.js',
        'main/transfer-worker.js',
        'preload/index.cjs',
      ]),
    );
    for (const name of programs) {
      expect(statFile(archive, `out/${name}`)).toMatchObject({ integrity: { algorithm: 'SHA256' } });
      expect(statFile(archive, `out/${name}`)).not.toHaveProperty('unpacked', true);
    }
  });

  test('has a preload of less than 2 kB that needs nothing but Electron', () => {
    const preload = extractFile(archive, 'out/preload/index.cjs').toString();
    expect(preload.length).toBeLessThan(2_000);
    expect([...preload.matchAll(/require\(["'](.*?)["']\)/g)].map(([, name]) => name)).toEqual(['electron']);
  });

  test('has only the binary of its own platform beside the archive', async () => {
    expect(await filesIn(`${archive}.unpacked`)).toEqual([`node_modules/better-sqlite3/prebuilds/${prebuild}`]);
  });

  test('says nothing in its package.json of scripts and tools', () => {
    const manifest: unknown = JSON.parse(extractFile(archive, 'package.json').toString());
    expect(manifest).toMatchObject({ name: 'platen', main: 'out/main/index.js', type: 'module' });
    expect(manifest).not.toHaveProperty('devDependencies');
    expect(manifest).not.toHaveProperty('scripts');
  });

  test('is an executable that runs this archive and nothing else (checklist 19)', async () => {
    const wire = await getCurrentFuseWire(path.join(folder, executable));
    const on = (fuse: FuseV1Options): boolean => wire[fuse] === FuseState.ENABLE;
    expect({
      runAsNode: on(FuseV1Options.RunAsNode),
      cookieEncryption: on(FuseV1Options.EnableCookieEncryption),
      nodeOptions: on(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
      inspect: on(FuseV1Options.EnableNodeCliInspectArguments),
      archiveIntegrity: on(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
      archiveOnly: on(FuseV1Options.OnlyLoadAppFromAsar),
      browserSnapshot: on(FuseV1Options.LoadBrowserProcessSpecificV8Snapshot),
      filePrivileges: on(FuseV1Options.GrantFileProtocolExtraPrivileges),
    }).toEqual({
      runAsNode: false,
      cookieEncryption: true,
      nodeOptions: false,
      inspect: false,
      archiveIntegrity: true,
      archiveOnly: true,
      browserSnapshot: false,
      filePrivileges: false,
    });
  });
});
