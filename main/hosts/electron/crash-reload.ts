import type { WebContents } from 'electron';
import type { Logger } from '../../core/ports/logger.ts';

/** A page that crashes as soon as it is loaded must not keep the machine busy. */
const reloadAfterMs = 2000;

/** Loads the page again after its process has gone: nobody may be there to do it. */
export const reloadAfterCrash = (contents: WebContents, logger: Logger): void => {
  contents.on('render-process-gone', (_event, details) => {
    logger.error('the screens crashed', { reason: details.reason, exitCode: details.exitCode });
    if (details.reason === 'clean-exit') return;
    setTimeout(() => {
      if (!contents.isDestroyed()) contents.reload();
    }, reloadAfterMs);
  });
};
