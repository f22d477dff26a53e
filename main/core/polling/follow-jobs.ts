import type { BudgetBook } from '../connections/budget-book.ts';
import type { ConnectionDirectory, LiveConnection } from '../connections/connection-directory.ts';
import type { PlatformWays } from '../connections/platform-ways.ts';
import type { JobContext } from '../jobs/job-context.ts';
import type { Clock } from '../ports/clock.ts';
import { errorText, type Logger } from '../ports/logger.ts';
import { planAnew } from '../store/clock-set-back.ts';
import type { Store } from '../store/store.ts';
import { DurableLoop } from '../work/durable-loop.ts';
import { CheckWork } from './check-work.ts';
import { Presence } from './presence.ts';
import { askForReconciliation, ensureSweeps, type ReconcileReason } from './sweep-rows.ts';
import { SweepWork } from './sweep-work.ts';

/** Platforms are swept side by side: a slow one holds up none of the others. */
const sweepConcurrency = 8;
/** More than a budget admits at once anyway. */
const checkConcurrency = 16;

export interface FollowJobsDeps {
  readonly store: Store;
  readonly connections: ConnectionDirectory;
  readonly ways: PlatformWays;
  readonly budgets: BudgetBook;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random: () => number;
  contextOf(connection: LiveConnection): JobContext;
  /** Something new was taken in: files may be due. */
  onNews(): void;
  onReconciled(connectionId: string): void;
}

/** Follows the jobs at the platforms: their lists, single checks, and comparisons at start, after sleep and hourly. */
export interface JobFollower {
  start(): Promise<void>;
  stop(): Promise<void>;
  poke(): void;
  /** Has lists compared at once: of one connection, or of all. */
  reconcile(reason: ReconcileReason, connectionId?: string): Promise<void>;
  /** Connections were added or changed. */
  connectionsChanged(): Promise<void>;
}

export const createJobFollower = (deps: FollowJobsDeps): JobFollower => {
  const { store, connections, clock, logger } = deps;
  const sweeps = new DurableLoop({ work: new SweepWork(deps), clock, logger, concurrency: sweepConcurrency });
  const checks = new DurableLoop({
    work: new CheckWork(deps),
    clock,
    logger,
    concurrency: checkConcurrency,
  });
  const poke = (): void => {
    sweeps.poke();
    checks.poke();
  };
  const reconcile = async (reason: ReconcileReason, connectionId?: string): Promise<void> => {
    await store.write((transaction) => askForReconciliation(transaction, reason, clock.nowMs(), connectionId));
    poke();
  };
  const presence = new Presence({
    store,
    clock,
    logger,
    onWoke: (sleptForMs) => {
      logger.info('the station was asleep', { minutes: Math.round(sleptForMs / 60_000) });
      reconcile('resume').catch((error: unknown) => logger.error(`after sleep: ${errorText(error)}`));
    },
    onSetBack: (byMs) => {
      logger.info('the clock was set back', { minutes: Math.round(byMs / 60_000) });
      store
        .write((transaction) => planAnew(transaction, clock.nowMs()))
        .then(
          () => deps.onNews(),
          (error: unknown) => logger.error(`the clock was set back: ${errorText(error)}`),
        );
    },
  });
  // Whatever changed a job may have set another time for its check: a list, a callback, the answer to a command.
  const stopListening = store.changes.subscribe(({ jobs }) => {
    if (jobs.size > 0) checks.poke();
  });
  const connectionsChanged = async (): Promise<void> => {
    await store.write((transaction) => ensureSweeps(transaction, connections.all(), clock.nowMs()));
    poke();
  };

  return {
    start: async () => {
      await connectionsChanged();
      await reconcile('start');
      sweeps.start();
      checks.start();
      presence.start();
    },
    stop: async () => {
      stopListening();
      await Promise.all([sweeps.stop(), checks.stop()]);
      await presence.stop();
    },
    poke,
    reconcile,
    connectionsChanged,
  };
};
