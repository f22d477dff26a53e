import { DurableLoop } from '../work/durable-loop.ts';
import { type RetentionDeps, RetentionWork } from './retention-work.ts';

/** Deletes what is kept no longer, and makes room on a full disk as far as that is allowed. */
export interface Retention {
  start(): void;
  stop(): Promise<void>;
  /** The downloads have too little room: they want so many bytes free. */
  diskFull(wantedFreeBytes: number): void;
  diskOk(): void;
  limitsChanged(): void;
}

export const createRetention = (deps: RetentionDeps): Retention => {
  const work = new RetentionWork(deps);
  const loop = new DurableLoop({ work, clock: deps.clock, logger: deps.logger, concurrency: 1 });
  return {
    start: () => loop.start(),
    stop: () => loop.stop(),
    diskFull: (wantedFreeBytes) => {
      work.diskFull(wantedFreeBytes);
      loop.poke();
    },
    diskOk: () => work.diskOk(),
    limitsChanged: () => {
      work.lookAgain();
      loop.poke();
    },
  };
};
