import type { CommandIo } from '../../main/commands/command-io.ts';
import { runCommand } from '../../main/commands/run-command.ts';
import { systemClock } from '../../main/core/ports/clock.ts';
import type { Shop } from './scenario-shop.ts';

/** A command line that runs in this process beside the station of a shop. */
export interface RunningCommand {
  readonly ended: Promise<{ readonly exitCode: number; readonly out: string; readonly err: string }>;
  readonly out: () => string;
  interrupt(): void;
}

/** Starts `platen ARGS --data FOLDER --json`. */
export const startCommand = (shop: Pick<Shop, 'root' | 'dataFolder'>, args: readonly string[]): RunningCommand => {
  let out = '';
  let err = '';
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
    platform: process.platform,
    homeFolder: shop.root,
    currentFolder: shop.root,
    version: '0.0.0',
    clock: systemClock,
    rendererFolder: shop.root,
    createStation: () => Promise.reject(new Error('this command starts no station')),
    onInterrupt: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onBug: () => () => undefined,
    exitAtOnce: () => undefined,
  };
  const ended = runCommand([...args, '--data', shop.dataFolder, '--json'], io);
  return {
    ended: ended.then((exitCode) => ({ exitCode, out, err })),
    out: () => out,
    interrupt: () => {
      for (const listener of listeners) listener();
    },
  };
};
