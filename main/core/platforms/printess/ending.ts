import { stationLine } from '../../../contract/station-lines/station-lines.ts';
import type { JobProblem } from '../../domain/job-sighting.ts';
import { oneLine } from '../one-line.ts';
import type { WireEnding } from './schema.ts';

/** How a job ended, or that it has not. */
export type Ending =
  | { readonly kind: 'open' }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly details: string }
  /** Said to be final, but not how. */
  | { readonly kind: 'unclear' };

/**
 * Reads either spelling. `isSuccess` is false of a job that is still being rendered too, so a pair that says neither
 * success nor failure is only an end where something says that it is one.
 */
export const endingOf = (wire: WireEnding, isFinal: boolean): Ending => {
  const { isSuccess, isFailure, errorDetails, failureDetails } = wire;
  if (!isFinal) return { kind: 'open' };
  if (isFailure === true || (isFailure === null && isSuccess === false)) {
    return { kind: 'failed', details: failureDetails || errorDetails };
  }
  if (isSuccess === true || (isSuccess === null && isFailure === false)) return { kind: 'done' };
  return { kind: 'unclear' };
};

/** What to do about a job that failed. */
export const renderProblem = (details: string): JobProblem => ({
  code: 'renderFailed',
  text:
    details === ''
      ? stationLine('printessFailed')
      : stationLine('printessFailedSaying', { said: oneLine(details).replace(/\.$/, '') }),
});

export const noFilesProblem: JobProblem = {
  code: 'noFiles',
  text: stationLine('printessNoFile'),
};
