import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { StationRunner } from '../station/station-runner.ts';

const run = promisify(execFile);
const largeBytes = 4 * 2 ** 30;
/** What a full disk still has left for a moment. */
const crumbBytes = 64 * 1024;
const moreThanAnyDiskBytes = 2 ** 50;

/** A disk that can be full. */
export interface SmallDisk {
  readonly kind: 'tmpfs' | 'setting';
  /** Answers whether it is full now. */
  fill(): Promise<boolean>;
  /** Makes room again; answers false when that has to be asked for once more. */
  clear(): Promise<boolean>;
  remove(): Promise<void>;
}

const usedBytes = async (folder: string): Promise<number> => {
  const { stdout } = await run('df', ['--block-size=1', '--output=used', folder]);
  return Number(stdout.trim().split('\n').at(-1));
};

const resize = (folder: string, bytes: number): Promise<unknown> =>
  run('mount', ['-o', `remount,size=${Math.ceil(bytes / 4096) * 4096}`, folder]);

/** A disk of its own for the data folder, which shrinks to what is on it. Null where the system allows no such thing. */
export const mountSmallDisk = async (folder: string): Promise<SmallDisk | null> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${largeBytes},mode=0700`, 'tmpfs', folder]);
  } catch {
    return null;
  }
  return {
    kind: 'tmpfs',
    fill: async () =>
      resize(folder, (await usedBytes(folder)) + crumbBytes).then(
        () => true,
        () => false,
      ),
    clear: () =>
      resize(folder, largeBytes).then(
        () => true,
        () => false,
      ),
    remove: async () => {
      await run('umount', ['-l', folder]);
    },
  };
};

/** The stand-in: the station is told that it has to leave more room than any disk has. */
export const roomBySetting = (runner: StationRunner): SmallDisk => {
  const setMinimum = async (minimumFreeBytes: number): Promise<boolean> => {
    const { link } = runner;
    if (link === null) return false;
    try {
      const { settings } = await link.client.station.settings({});
      await link.client.station.saveSettings({
        settings: { ...settings, files: { ...settings.files, minimumFreeBytes } },
      });
      return true;
    } catch {
      return false;
    }
  };
  return {
    kind: 'setting',
    fill: () => setMinimum(moreThanAnyDiskBytes),
    clear: () => setMinimum(0),
    remove: async () => undefined,
  };
};
