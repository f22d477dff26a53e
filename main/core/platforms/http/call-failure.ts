import { stationLine } from '../../../contract/station-lines/station-lines.ts';
import { failure, type WorkFailure } from '../../work/failure.ts';
import { CallTimeout } from './http-call.ts';

const reasons: Readonly<Record<string, (host: string) => string>> = {
  ENOTFOUND: (host) => stationLine('nameNotFound', { host }),
  EAI_AGAIN: (host) => stationLine('nameNotLookedUp', { host }),
  ECONNREFUSED: (host) => stationLine('connectionsRefused', { host }),
  ECONNRESET: (host) => stationLine('closedEarly', { host }),
  EPIPE: (host) => stationLine('closedEarly', { host }),
  ENETUNREACH: (host) => stationLine('noNetwork', { host }),
  EHOSTUNREACH: (host) => stationLine('notReached', { host }),
  EPROTO: (host) => stationLine('tlsFailed', { host }),
};

const isCertificateCode = (code: string): boolean => /CERT|ERR_TLS|ERR_SSL|UNABLE_TO_/.test(code);

const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : '');

/** What went wrong before there was an answer, as a value. Anything that is not the network's doing is thrown again. */
export const callFailure = (error: unknown, host: string): WorkFailure => {
  if (!(error instanceof Error)) throw error;
  if (error instanceof CallTimeout) {
    return failure(
      'timeout',
      stationLine(error.missing === 'connection' ? 'noConnectionInTime' : 'noAnswerInTime', { host }),
    );
  }
  const code = codeOf(error);
  if (code === '') throw error;
  const certificate = isCertificateCode(code) ? stationLine('certificateUntrusted', { host, code }) : undefined;
  return failure('network', certificate ?? reasons[code]?.(host) ?? stationLine('noAnswer', { host, code }));
};
