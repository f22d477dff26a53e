import type { EventEmitter } from 'node:events';
import { app } from 'electron';
import type { FileLogger } from '../../core/logging/file-logger.ts';
import type { Clock } from '../../core/ports/clock.ts';

/** An app that fails sooner than this would fail again: then it ends, and a person must look. */
const worthStartingAgainMs = 60_000;

export interface LastResortDeps {
  /** Where the process tells of errors that nobody caught. */
  readonly processEvents: Pick<EventEmitter, 'on'>;
  readonly clock: Pick<Clock, 'elapsedMs'>;
  readonly logger: FileLogger;
}

/**
 * What happens after a bug that nothing caught: written down, then a fresh start, because the state is unknown and
 * every step of the work is on the disk. Without it Electron shows a dialog and waits for a person who may not be there.
 */
export const startAgainAfterBug = ({ processEvents, clock, logger }: LastResortDeps): void => {
  const startedAtMs = clock.elapsedMs();
  let ending = false;

  const end = async (error: unknown): Promise<void> => {
    if (ending) return;
    ending = true;
    logger.error('the app ends after an error that nothing caught', {
      cause: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
    await logger.close();
    if (clock.elapsedMs() - startedAtMs >= worthStartingAgainMs) app.relaunch();
    app.exit(1);
  };

  for (const event of ['uncaughtException', 'unhandledRejection']) {
    processEvents.on(event, (error: unknown) => void end(error));
  }
};
