import { failure, type WorkFailure } from '../work/failure.ts';
import { AddressRefusedError } from './address-guard.ts';
import { LocalFileError } from './part-file.ts';

/** No byte came for the longest time that a transfer waits. */
export class StalledError extends Error {
  constructor(stallMs: number) {
    super(`no byte for ${Math.round(stallMs / 1000)} s`);
    this.name = 'StalledError';
  }
}

/** The other side did not let us in, or did not answer, in time. */
export class NoAnswerError extends Error {
  constructor(step: string) {
    super(`${step} in time`);
    this.name = 'NoAnswerError';
  }
}

/** The source leads nowhere. */
export class RedirectError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RedirectError';
  }
}

/** The body ended early. */
export class TruncatedError extends Error {
  constructor(receivedBytes: number, totalBytes: number) {
    super(`the answer ended after ${receivedBytes} of ${totalBytes} bytes`);
    this.name = 'TruncatedError';
  }
}

/** What the codes of Node and OpenSSL mean to a person. */
const plainWords: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  EPIPE: 'connection closed',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'no answer from DNS',
  EHOSTUNREACH: 'host unreachable',
  ENETUNREACH: 'network unreachable',
  ENETDOWN: 'network down',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is self-signed',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate cannot be verified',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
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
      return failure('timeout', `${host}: ${cause.message}`);
    }
    if (cause instanceof RedirectError) return failure('rejected', `${host} ${cause.message}`);
    if (cause instanceof TruncatedError) return failure('network', `${host}: ${cause.message}`);
  }
  const code = codeOf(error);
  if (code === 'ETIMEDOUT') return failure('timeout', `${host} did not answer in time`);
  const words = plainWords[code] ?? (error instanceof Error ? error.message.split('\n', 1)[0] : undefined) ?? code;
  return failure('network', `${host}: ${words}`);
};
