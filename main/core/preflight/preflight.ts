import type { Logger } from '../ports/logger.ts';
import { DurableLoop } from '../work/durable-loop.ts';
import { type InspectDeps, InspectWork } from './inspect-work.ts';
import { type FileInspector, Inspector } from './inspector.ts';

export interface PreflightDeps extends Omit<InspectDeps, 'inspector'> {
  readonly logger: Logger;
  /** Default: a thread of its own. */
  readonly inspector?: FileInspector;
}

/** Looks into every file that becomes ready, one after another, and keeps what it finds. It never changes a file's state. */
export interface Preflight {
  start(): void;
  stop(): Promise<void>;
}

export const createPreflight = (deps: PreflightDeps): Preflight => {
  const { store, clock, logger } = deps;
  const inspector = deps.inspector ?? new Inspector();
  const work = new InspectWork({ ...deps, inspector });
  const loop = new DurableLoop({ work, clock, logger, concurrency: 1 });
  const unsubscribe = store.changes.subscribe(({ files }) => {
    if (files.size === 0) return;
    work.note(files);
    loop.poke();
  });
  return {
    start: () => loop.start(),
    stop: async () => {
      unsubscribe();
      const stopped = loop.stop();
      // What runs is called off by now, so that its end is not taken for a result.
      await inspector.close();
      await stopped;
    },
  };
};
