import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { connectToStation, type StationLink } from '../../main/commands/station-link.ts';
import type { DemoFolder } from './demo-folder.ts';

const root = join(import.meta.dirname, '..', '..');
const readyWithinMs = 30_000;
const stopWithinMs = 15_000;

/** A station in a process of its own, as `platen serve` runs it. */
export interface StationProcess {
  /** The address to open in a browser, with its token. */
  readonly address: string;
  readonly link: StationLink;
  readonly ended: Promise<unknown>;
  /** What it printed: of interest when it ended by itself. */
  said(): string;
  stop(): Promise<void>;
}

/** Starts the built station and connects to it. Rejects with the station's own line when it does not start. */
export const startStation = async (
  folder: Pick<DemoFolder, 'data'> & Partial<Pick<DemoFolder, 'config'>>,
  uiPort: number,
): Promise<StationProcess> => {
  const child = spawn(
    process.execPath,
    [
      join(root, 'out', 'main', 'cli.js'),
      'serve',
      '--data',
      folder.data,
      ...(folder.config === undefined ? [] : ['--config', folder.config]),
      '--ui-port',
      String(uiPort),
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  const ready = new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the station did not start in time')), readyWithinMs);
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const address = /ready: (\S+)/.exec(output)?.[1];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve(address);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`the station ended with ${code}: ${output.trim()}`));
    });
  });
  const address = await ready;
  const link = await connectToStation(folder.data);
  return {
    address,
    link,
    ended: once(child, 'exit'),
    said: () => output.trim(),
    stop: async () => {
      link.close();
      if (child.exitCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), stopWithinMs);
      await exited;
      clearTimeout(timer);
    },
  };
};
