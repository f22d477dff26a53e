import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { electronVersion } from './electron-binary.ts';

/**
 * The fuse wire as Electron's executables carry it: a sentinel, the wire's version, the number of fuses, and a
 * character for each fuse (electron/fuses README). The states are those of a freshly downloaded Electron.
 */
const fuseWire = Buffer.concat([
  Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX', 'latin1'),
  Buffer.from([1, 9]),
  Buffer.from('101100010', 'latin1'),
]);

/** Any valid Windows executable: the packager writes version, icon and the archive's hash into its resources. */
const windowsExecutable = (): Promise<Buffer> => {
  const require = createRequire(import.meta.url);
  const owner = path.dirname(require.resolve('electron-winstaller/package.json'));
  return readFile(path.join(owner, 'vendor/7z-x64.exe'));
};

/** Makes a folder that the packager takes for an unpacked Electron, so that packages can be made where none is to be had. */
export const makeFakeElectron = async (folder: string, platform: 'linux' | 'win'): Promise<string> => {
  await mkdir(folder, { recursive: true });
  const program = platform === 'win' ? await windowsExecutable() : Buffer.from('#!/bin/sh\nexit 0\n');
  const executable = path.join(folder, platform === 'win' ? 'electron.exe' : 'electron');
  await writeFile(executable, Buffer.concat([program, fuseWire]));
  await chmod(executable, 0o755);
  await writeFile(path.join(folder, 'version'), await electronVersion());
  return folder;
};
