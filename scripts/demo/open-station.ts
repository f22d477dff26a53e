import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { DemoFolder } from './demo-folder.ts';
import { startStation } from './station-process.ts';

/** A station that a person looks at: in a window of its own, or in a browser. */
export interface OpenStation {
  /** What to tell the person: where to look. */
  readonly where: string;
  /** Whether the command line finds it by its data folder. */
  readonly takesCommands: boolean;
  readonly ended: Promise<unknown>;
  stop(): Promise<void>;
}

const root = join(import.meta.dirname, '..', '..');

/** The demo's port of the screens; any other when it is taken. */
const usualPort = 8760;

/** The station in the desktop app. */
export const openInElectron =
  (electron: string) =>
  async (folder: DemoFolder): Promise<OpenStation> => {
    const child = spawn(electron, [root, '--data', folder.data, '--config', folder.config], { stdio: 'ignore' });
    const ended = once(child, 'exit');
    return {
      where: 'The station opens in its own window.',
      takesCommands: false,
      ended,
      stop: async () => {
        if (child.exitCode === null) child.kill('SIGTERM');
        await ended;
      },
    };
  };

/** The station with its screens in the browser. */
export const openInBrowser = async (folder: DemoFolder): Promise<OpenStation> => {
  const station = await startStation(folder, usualPort).catch(() => startStation(folder, 0));
  return {
    where: `Open  ${station.address}`,
    takesCommands: true,
    ended: station.ended,
    stop: () => station.stop(),
  };
};
