import { stationLine } from '../../contract/station-lines/station-lines.ts';
import { failure, type WorkFailure } from '../work/failure.ts';
import { AddressRefusedError } from './address-guard.ts';
import { LocalFileError } from './part-file.ts';

/** No byte came for the longest time that a transfer waits. */
export class StalledError extends Error {
  constructor(stallMs: number) {
    super(stationLine('noByteFor', { seconds: Math.round(stallMs / 1000) }));
    this.name = 'StalledError';
  }
}

/** The other side did not let us in, or did not answer, in time. */
export class NoAnswerError extends Error {
  constructor(missing: 'connection' | 'answer') {
    super(stationLine(missing === 'connection' ? 'causeNoConnectionInTime' : 'causeNoAnswerInTime'));
    this.name = 'NoAnswerError';
  }
}

/** The source leads nowhere: it sends us on and on. */
export class RedirectError extends Error {
  constructor() {
    super('redirects too often');
    this.name = 'RedirectError';
  }
}

/** The body ended early. */
export class TruncatedError extends Error {
  constructor(receivedBytes: number, totalBytes: number) {
    super(stationLine('endedEarly', { receivedBytes, totalBytes }));
    this.name = 'TruncatedError';
  }
}

/** What the codes of Node and OpenSSL mean to a person. */
const plainWords: Readonly<Record<string, string>> = {
  ECONNREFUSED: stationLine('causeRefused'),
  ECONNRESET: stationLine('causeReset'),
  EPIPE: stationLine('causeClosed'),
  ENOTFOUND: stationLine('causeNoHost'),
  EAI_AGAIN: stationLine('causeNoDns'),
  EHOSTUNREACH: stationLine('causeHostUnreachable'),
  ENETUNREACH: stationLine('causeNetworkUnreachable'),
  ENETDOWN: stationLine('causeNetworkDown'),
  CERT_HAS_EXPIRED: stationLine('causeCertificateExpired'),
  DEPTH_ZERO_SELF_SIGNED_CERT: stationLine('causeCertificateSelfSigned'),
  SELF_SIGNED_CERT_IN_CHAIN: stationLine('causeCertificateSelfSigned'),
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: stationLine('causeCertificateUnverified'),
  ERR_TLS_CERT_ALTNAME_INVALID: stationLine('causeCertificateOther'),
};

const diskFullCodes: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

const causesOf = function* (error: unknown): Generator<Error> {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) yield at;
};

/** The refusal of an address that lies at the bottom of an error, if any. */
export const addressRefusal = (error: unknown): string | null => {
  for (const cause of causesOf(error)) if (cause instanceof AddressRefusedError) return cause.message;
  return null;
};

/** The failure that an exception of a transfer stands for. */
export const failureOf = (error: unknown, host: string): WorkFailure => {
  if (error instanceof LocalFileError) {
    return failure(diskFullCodes.has(error.code) ? 'diskFull' : 'local', error.message);
  }
  for (const cause of causesOf(error)) {
    if (cause instanceof StalledError || cause instanceof NoAnswerError) {
      return failure('timeout', stationLine('about', { what: host, cause: cause.message }));
    }
    if (cause instanceof RedirectError) return failure('rejected', stationLine('redirectsTooOften', { host }));
    if (cause instanceof TruncatedError)
      return failure('network', stationLine('about', { what: host, cause: cause.message }));
  }
  const code = codeOf(error);
  if (code === 'ETIMEDOUT') return failure('timeout', stationLine('didNotAnswer', { host }));
  const words = plainWords[code] ?? (error instanceof Error ? error.message.split('\n', 1)[0] : undefined) ?? code;
  return failure('network', stationLine('about', { what: host, cause: words }));
};
