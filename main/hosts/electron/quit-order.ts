import { app } from 'electron';
import { errorText, type Logger } from '../../core/ports/logger.ts';

/** How long the station may take to stop; what is then still open is safe, because every step is written down first. */
const longestStopMs = 30_000;

export interface QuitOrder {
  /** True from the moment somebody asked to quit: from then on windows may really close. */
  readonly quitting: boolean;
}

export interface QuitDeps {
  readonly stop: () => Promise<void>;
  /** Runs last: what `stop` has to say is still written down. */
  readonly closeLog: () => Promise<void>;
  readonly logger: Logger;
}

/** Makes every way of quitting wait for the station to stop, and keeps the app alive when its window is closed. */
export const holdQuit = ({ stop, closeLog, logger }: QuitDeps): QuitOrder => {
  const order = { quitting: false };
  let stopped = false;

  const stopThenQuit = async (): Promise<void> => {
    const timer = Promise.withResolvers<void>();
    const timeout = setTimeout(() => {
      logger.warn('the station took too long to stop', { waitedMs: longestStopMs });
      timer.resolve();
    }, longestStopMs);
    await Promise.race([
      stop().catch((error: unknown) => logger.error('the station did not stop well', { cause: errorText(error) })),
      timer.promise,
    ]);
    clearTimeout(timeout);
    await closeLog();
    stopped = true;
    app.quit();
  };

  app.on('before-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    if (order.quitting) return;
    order.quitting = true;
    void stopThenQuit();
  });
  // Without a listener Electron quits; the tray lives on.
  app.on('window-all-closed', () => undefined);
  return order;
};
