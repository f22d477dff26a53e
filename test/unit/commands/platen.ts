import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandIo } from '../../../main/commands/command-io.ts';
import { runCommand } from '../../../main/commands/run-command.ts';
import { systemClock } from '../../../main/core/ports/clock.ts';
import { silentLogger } from '../../../main/core/ports/logger.ts';
import { startLoopbackHost } from '../../../main/hosts/loopback/loopback-host.ts';
import { writeStationFile } from '../../../main/hosts/loopback/station-file.ts';
import { createStandInStation, type StandInStation } from '../../contract/stand-in/stand-in-station.ts';
import { noTraining } from '../../support/no-training.ts';

/** What a command left behind. */
export interface Ran {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

/** A command that is still running. */
export interface Running {
  readonly out: () => string;
  readonly err: () => string;
  readonly ended: Promise<Ran>;
  interrupt(): void;
  readonly exitedAtOnce: () => boolean;
}

const nowMs = Date.parse('2026-07-01T09:10:00.000Z');

/** Starts `platen ARGS` in this process. */
export const startPlaten = (args: readonly string[], changes: Partial<CommandIo> = {}): Running => {
  let out = '';
  let err = '';
  let exited = false;
  const listeners = new Set<() => void>();
  const io: CommandIo = {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    terminal: null,
    askSecret: async () => '',
    environment: {},
    platform: 'linux',
    homeFolder: '/nowhere',
    currentFolder: tmpdir(),
    version: '1.2.3',
    clock: { ...systemClock, nowMs: () => nowMs },
    rendererFolder: '/nowhere',
    createStation: async () => createStandInStation(),
    onInterrupt: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onBug: () => () => undefined,
    exitAtOnce: () => {
      exited = true;
    },
    ...changes,
  };
  return {
    out: () => out,
    err: () => err,
    ended: runCommand(args, io).then((exitCode) => ({ exitCode, out, err })),
    interrupt: () => {
      for (const listener of listeners) listener();
    },
    exitedAtOnce: () => exited,
  };
};

/** A stand-in station that runs on a data folder of its own, and the command line beside it. */
export interface Floor {
  readonly dataFolder: string;
  readonly station: StandInStation;
  /** Runs `platen ARGS --data FOLDER` to its end. */
  platen(...args: readonly string[]): Promise<Ran>;
  start(args: readonly string[], changes?: Partial<CommandIo>): Running;
  /** The station goes away. */
  stopStation(): Promise<void>;
  remove(): Promise<void>;
}

export const openFloor = async (station: StandInStation = createStandInStation()): Promise<Floor> => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'platen-floor-'));
  const host = await startLoopbackHost({
    station,
    training: noTraining,
    version: '1.2.3',
    port: 0,
    rendererFolder: null,
    clock: systemClock,
    logger: silentLogger,
  });
  await writeStationFile(dataFolder, {
    pid: process.pid,
    url: host.url,
    token: host.token,
    version: '1.2.3',
    startedAt: '2026-07-01T09:00:00.000Z',
  });
  const start: Floor['start'] = (args, changes) =>
    startPlaten([...args, '--data', dataFolder], { currentFolder: dataFolder, ...changes });
  return {
    dataFolder,
    station,
    platen: (...args) => start(args).ended,
    start,
    stopStation: () => host.stop(),
    remove: async () => {
      await host.stop();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
};
