import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { connectToStation } from '../../main/commands/station-link.ts';
import type { Shop } from './scenario-shop.ts';
import { intakeBaseOf, type RunningStation } from './scenario-station.ts';
import { compileCache, stationProgram } from './station-program.ts';

const stopWithinMs = 20_000;

/** A process that was started, whether it is ready or not. */
export interface StartedProcess {
  readonly child: ChildProcess;
  /** What it has printed so far. */
  readonly output: () => string;
  hasEnded(): boolean;
  /** `kill -9`; resolves when it is gone. */
  kill(): Promise<void>;
}

/** `platen serve` in a process of its own, ready. */
export interface StationProcess extends StartedProcess, RunningStation {
  /** Asks it to stop and waits for it. */
  stop(): Promise<void>;
}

/** Starts `platen serve` and does not wait for it. It is killed after the test when it still runs. */
export const spawnStation = (shop: Shop, more: readonly string[] = []): StartedProcess => {
  const args = [stationProgram, 'serve', '--data', shop.dataFolder, '--config', shop.configPath, '--no-ui', ...more];
  const child = spawn(process.execPath, args, {
    cwd: shop.root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_COMPILE_CACHE: compileCache },
  });
  let output = '';
  const note = (chunk: Buffer): void => {
    output += chunk.toString();
  };
  child.stdout.on('data', note);
  child.stderr.on('data', note);
  const closed = once(child, 'close');
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await closed;
  };
  onTestFinished(kill);
  return { child, output: () => output, hasEnded, kill };
};

/** Resolves when the process says that it is ready; rejects with its own words when it ends before. */
const untilReady = async (started: StartedProcess): Promise<void> => {
  const { child, output } = started;
  if (output().includes('\n')) return;
  await new Promise<void>((resolveReady, reject) => {
    child.stdout?.on('data', () => {
      if (output().includes('\n')) resolveReady();
    });
    child.once('close', () => reject(new Error(`the station ended: ${output().trim()}`)));
  });
};

/** Starts `platen serve` and connects to it once it is ready. */
export const startStationProcess = async (shop: Shop, more: readonly string[] = []): Promise<StationProcess> => {
  const started = spawnStation(shop, more);
  await untilReady(started);
  const link = await connectToStation(shop.dataFolder);
  const intakeBase = await intakeBaseOf(link.client);
  return {
    ...started,
    client: link.client,
    intakeBase,
    intakeUrl: `${intakeBase}/in/cp`,
    stop: async () => {
      link.close();
      if (started.hasEnded()) return;
      const closed = once(started.child, 'close');
      started.child.kill('SIGTERM');
      const impatience = setTimeout(() => started.child.kill('SIGKILL'), stopWithinMs);
      await closed;
      clearTimeout(impatience);
    },
  };
};
