import { randomUUID } from 'node:crypto';
import type { Logger } from '../ports/logger.ts';
import { DurableLoop } from '../work/durable-loop.ts';
import { releaseAbandonedSignals } from './outbox-claim.ts';
import { OutboxWork, type OutboxWorkDeps } from './outbox-work.ts';

export interface OutboxDeps extends Omit<OutboxWorkDeps, 'owner'> {
  readonly logger: Logger;
  /** How many signals of the station are under way at once. */
  readonly concurrency?: number;
}

/** Sends signals and commands to the platforms as they become due. */
export interface Outbox {
  /** Puts back what a killed process had in its hands, then sends. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Looks for due signals at once. */
  poke(): void;
}

const defaultConcurrency = 16;

export const createOutbox = (deps: OutboxDeps): Outbox => {
  const { store, clock, logger, concurrency = defaultConcurrency } = deps;
  const work = new OutboxWork({ ...deps, owner: randomUUID() });
  const loop = new DurableLoop({ work, clock, logger, concurrency });
  return {
    start: async () => {
      await store.write((transaction) => releaseAbandonedSignals(transaction, clock.nowMs()));
      loop.start();
    },
    stop: () => loop.stop(),
    poke: () => loop.poke(),
  };
};
