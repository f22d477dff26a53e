import { watch } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { TortureRip } from '../floor/rip.ts';
import type { KillAim } from '../plan/plan.ts';
import type { SeenRequest, Ways } from '../platforms/ways.ts';
import type { StationRunner } from './station-runner.ts';

export interface AimDeps {
  readonly ways: Ways;
  readonly rip: TortureRip;
  readonly runner: StationRunner;
  readonly hotFolders: readonly string[];
  readonly backupFolder: string;
}

/** Calls back at the first sign; answers how to stop listening. */
type Listen = (met: () => void) => () => void;

const longestAimMs = 1_500;
let backups = 0;

const onRequest =
  ({ ways }: AimDeps, fits: (request: SeenRequest) => boolean): Listen =>
  (met) =>
    ways.onRequest((request) => {
      if (fits(request)) met();
    });

const onFile =
  (folders: readonly string[], fits: (name: string) => boolean): Listen =>
  (met) => {
    const watchers = folders.flatMap((folder) => {
      try {
        return [watch(folder, (_event, name) => name !== null && fits(name) && met()).on('error', () => undefined)];
      } catch {
        return [];
      }
    });
    return () => {
      for (const watcher of watchers) watcher.close();
    };
  };

const listenFor = (aim: KillAim, deps: AimDeps): Listen | null => {
  const { rip, runner, hotFolders, backupFolder } = deps;
  switch (aim) {
    case 'anywhere':
    case 'starting':
    case 'migration':
      return null;
    case 'transfer':
      return onRequest(
        deps,
        ({ path }) => path.startsWith('/files/') || path.startsWith('/output/') || path.endsWith('/file'),
      );
    case 'signal':
      return onRequest(deps, ({ path }) => path.startsWith('/cloudsignal/'));
    case 'produce':
      return onRequest(deps, ({ path }) => path === '/production/produce');
    case 'intake':
      return onRequest(deps, ({ way }) => way === 'intake');
    case 'pickUp':
      return (met) => rip.onTaken(met);
    case 'handOver':
      return onFile(hotFolders, (name) => name.startsWith('.platen-'));
    case 'backup':
      return (met) => {
        backups += 1;
        runner.link?.client.station
          .backup({ path: join(backupFolder, `by-hand-${backups}.db`) })
          .catch(() => undefined);
        return onFile([backupFolder], () => true)(met);
      };
  }
};

/** Resolves when the station is at what it is to be killed in, with true; with false when that did not come about. */
export const waitForAim = async (aim: KillAim, deps: AimDeps): Promise<boolean> => {
  const listen = listenFor(aim, deps);
  if (listen === null) return true;
  const over = new AbortController();
  const met = new Promise<boolean>((resolve) => {
    const stop = listen(() => resolve(true));
    void delay(longestAimMs, undefined, { signal: over.signal }).then(
      () => resolve(false),
      () => undefined,
    );
    over.signal.addEventListener('abort', stop);
  });
  const found = await met;
  over.abort();
  return found;
};
