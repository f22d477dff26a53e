import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { connectToStation } from '../../main/commands/station-link.ts';
import type { Client } from '../../main/contract/contract.ts';
import { builtApp } from './electron-build.ts';
import { makeTemporaryFolder } from './temporary-folder.ts';

export interface ScreenStationOptions {
  readonly dataFolder: string;
  /** Without one the station starts empty. */
  readonly configFile?: string;
  /** Where its screens are served; default any free port. */
  readonly uiPort?: number;
}

/** The built station in a process of its own, ready. */
export interface ScreenStation {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly token: string;
  readonly port: number;
  readonly client: Client;
  /** The address that opens one of its screens, such as `/orders`. */
  address(screen?: string): string;
  /** Asks it to stop and waits for it; done twice, it stops once. */
  readonly stop: () => Promise<void>;
  /** `kill -9`. */
  readonly kill: () => Promise<void>;
}

const startWithinMs = 30_000;
const stopWithinMs = 15_000;

/** The address that a station prints once it is ready. Rejects with its own words when it ends before. */
const readyAddress = (child: ReturnType<typeof spawn>): Promise<URL> =>
  new Promise((resolve, reject) => {
    let output = '';
    const timer = setTimeout(() => reject(new Error(`the station did not start in time: ${output}`)), startWithinMs);
    const note = (chunk: Buffer): void => {
      output += chunk.toString();
      const address = /ready: (\S+)/.exec(output)?.[1];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve(new URL(address));
    };
    child.stdout?.on('data', note);
    child.stderr?.on('data', note);
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`the station ended with ${code}: ${output.trim()}`));
    });
  });

export const startScreenStation = async (options: ScreenStationOptions): Promise<ScreenStation> => {
  const cli = path.join(await builtApp(), 'main/cli.js');
  const config = options.configFile === undefined ? [] : ['--config', options.configFile];
  const child = spawn(
    process.execPath,
    [cli, 'serve', '--data', options.dataFolder, '--ui-port', String(options.uiPort ?? 0), ...config],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const ended = once(child, 'exit');
  const address = await readyAddress(child);
  const link = await connectToStation(options.dataFolder);
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    link.close();
    child.kill(signal);
    const impatience = setTimeout(() => child.kill('SIGKILL'), stopWithinMs);
    await ended;
    clearTimeout(impatience);
  };
  const token = new URLSearchParams(address.hash.slice(1)).get('token') ?? '';
  return {
    url: address.origin,
    token,
    port: Number(address.port),
    client: link.client,
    address: (screen = '') =>
      `${address.origin}/#token=${token}${screen === '' ? '' : `&path=${encodeURIComponent(screen)}`}`,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
};

/** A station that has just been installed: no connection, no order. Its folder goes with it. */
export const startEmptyStation = async (): Promise<ScreenStation> => {
  const folder = await makeTemporaryFolder();
  const station = await startScreenStation({ dataFolder: folder.path });
  return {
    ...station,
    stop: async () => {
      await station.stop();
      await folder.remove();
    },
  };
};
