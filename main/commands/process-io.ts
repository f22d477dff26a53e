import { homedir } from 'node:os';
import { join } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import { systemClock } from '../core/ports/clock.ts';
import { askSecret } from './ask-secret.ts';
import type { CommandIo } from './command-io.ts';

/** The command line's surroundings in a process of its own. `entryFolder` is where the running entry file lies. */
export const processIo = (entryFolder: string, createStation: CommandIo['createStation']): CommandIo => ({
  out: (text) => {
    process.stdout.write(text);
  },
  err: (text) => {
    process.stderr.write(text);
  },
  terminal: process.stdout.isTTY ? { columns: () => process.stdout.columns } : null,
  askSecret: (question) => askSecret(question, process.stdin, (text) => process.stderr.write(text)),
  environment: process.env,
  platform: process.platform,
  homeFolder: homedir(),
  currentFolder: process.cwd(),
  version: packageJson.version,
  clock: systemClock,
  // The build puts entries and screens side by side; from the sources the built screens are used.
  rendererFolder: join(entryFolder, import.meta.url.endsWith('.ts') ? '../out/renderer' : '../renderer'),
  createStation,
  onInterrupt: (listener) => {
    process.on('SIGINT', listener);
    process.on('SIGTERM', listener);
    return () => {
      process.off('SIGINT', listener);
      process.off('SIGTERM', listener);
    };
  },
  onBug: (listener) => {
    process.on('uncaughtException', listener);
    process.on('unhandledRejection', listener);
    return () => {
      process.off('uncaughtException', listener);
      process.off('unhandledRejection', listener);
    };
  },
  exitAtOnce: (exitCode = interruptedExitCode) => process.exit(exitCode),
});

/** As a shell reports a process that was interrupted. */
const interruptedExitCode = 130;
