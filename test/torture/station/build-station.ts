import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { bundleNames, external, outsideBundle, threads } from '../../../scripts/station-bundle.ts';

const root = resolve(import.meta.dirname, '../../..');

/** A station's program as shops have it, but by a clock that the harness turns. */
export interface BuiltStation {
  readonly entry: string;
  /** Parsed modules are kept here between starts, as a shop's machine keeps them in its memory. */
  readonly compileCache: string;
  remove(): Promise<void>;
}

/** Bundles the station as the release does: what starts is what shops start, and as fast. */
export const buildStation = async (): Promise<BuiltStation> => {
  // Inside of the project, where its native package is found.
  await mkdir(join(root, 'out'), { recursive: true });
  const folder = await mkdtemp(join(root, 'out', 'torture-'));
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    ssr: { noExternal: true, external: outsideBundle },
    build: {
      ssr: true,
      target: 'node24',
      outDir: folder,
      minify: false,
      rolldownOptions: {
        input: { station: 'test/torture/station/station-entry.ts', ...threads },
        external,
        output: bundleNames,
      },
    },
  });
  return {
    entry: join(folder, 'station.js'),
    compileCache: join(folder, 'compiled'),
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
};
