import path from 'node:path';
import { parseArgs } from 'node:util';

/** What a start of the desktop app may say. */
export interface DesktopOptions {
  /** Absolute; null for the app's own place. */
  readonly dataFolder: string | null;
  /** Absolute; null when there is none. */
  readonly configFile: string | null;
  /** Start in the tray, without a window: for the start with the system. */
  readonly hidden: boolean;
}

/** Reads `--data DIR`, `--config FILE` and `--hidden`; whatever else is there is Chromium's. */
export const readCommandLine = (argv: readonly string[], currentFolder: string): DesktopOptions => {
  const { values } = parseArgs({
    args: argv.slice(1),
    options: { data: { type: 'string' }, config: { type: 'string' }, hidden: { type: 'boolean' } },
    strict: false,
  });
  const absolute = (value: string | boolean | undefined): string | null =>
    typeof value === 'string' && value !== '' ? path.resolve(currentFolder, value) : null;
  return {
    dataFolder: absolute(values.data),
    configFile: absolute(values.config),
    hidden: values.hidden === true,
  };
};
