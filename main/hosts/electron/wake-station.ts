import { powerMonitor } from 'electron';
import type { Logger } from '../../core/ports/logger.ts';
import { errorText } from '../../core/ports/logger.ts';
import type { Station } from '../../core/station-face.ts';

/** Tells the station when the machine wakes: what happened at the platforms meanwhile is fetched at once. */
export const wakeStation = (station: Pick<Station, 'resumed'>, logger: Logger): void => {
  powerMonitor.on('resume', () => {
    station.resumed().catch((error: unknown) => {
      logger.error('the lists were not compared after sleep', { cause: errorText(error) });
    });
  });
};
