import { isDeepStrictEqual } from 'node:util';
import { stationLine } from '../../contract/station-lines/station-lines.ts';
import { failure, type WorkFailure } from '../work/failure.ts';
import type { PartLeft, TransferOutcome } from './transfer-protocol.ts';

export type CredentialHeaders = Readonly<Record<string, string>>;

/** The credentials for one attempt, with its place in the connection's request budget; or why there are none. */
export type FileAuthorization =
  | {
      readonly kind: 'headers';
      readonly headers: CredentialHeaders;
      /** Once, as soon as the answer's headers are there: its status when it was no file, null otherwise. */
      release(httpStatus: number | null): void;
    }
  | { readonly kind: 'failed'; readonly failure: WorkFailure };

/** Asked right before each attempt, for files that need credentials only. May wait for its turn; `abort` ends that. */
export type AuthorizeFile = (url: string, abort: AbortSignal) => Promise<FileAuthorization>;

/** How an attempt ended. `unauthorized`: the file's host was not even asked. */
export type AttemptOutcome =
  | TransferOutcome
  | { readonly kind: 'unauthorized'; readonly failure: WorkFailure; readonly left: PartLeft };

export interface AuthorizedTransfer {
  readonly url: string;
  /** What an earlier attempt left. */
  readonly left: PartLeft;
  readonly authorize: AuthorizeFile;
  readonly abort: AbortSignal;
  transfer(headers: CredentialHeaders, onAnswer: () => void): Promise<TransferOutcome>;
}

/**
 * Fetches a file with the connection's credentials. A token may be withdrawn before its time: where the host does not
 * take it (401) and the connection now gives another one, the file is asked for once more.
 */
export const runAuthorizedTransfer = async (work: AuthorizedTransfer): Promise<AttemptOutcome> => {
  const first = await authorized(work);
  if (first.kind !== 'headers') return first;
  const outcome = await transferWith(work, first);
  if (outcome.kind !== 'failed' || outcome.failure.httpStatus !== 401) return outcome;
  const second = await authorized(work);
  if (second.kind !== 'headers') return second;
  if (isDeepStrictEqual(first.headers, second.headers)) {
    second.release(null);
    return outcome;
  }
  return transferWith(work, second);
};

/** Why there are none when the connection has no way to get any. */
export const noCredentials = (connectionId: string): FileAuthorization => ({
  kind: 'failed',
  failure: failure('refused', stationLine('fileCredentialsMissing', { connection: connectionId })),
});

type Given = FileAuthorization & { readonly kind: 'headers' };

const authorized = async ({ url, left, authorize, abort }: AuthorizedTransfer): Promise<Given | AttemptOutcome> => {
  try {
    const authorization = await authorize(url, abort);
    if (authorization.kind === 'headers') return authorization;
    return abort.aborted ? { kind: 'cancelled', left } : { kind: 'unauthorized', failure: authorization.failure, left };
  } catch (error) {
    if (abort.aborted) return { kind: 'cancelled', left };
    throw error;
  }
};

const transferWith = async (work: AuthorizedTransfer, given: Given): Promise<TransferOutcome> => {
  let held = true;
  const letGo = (httpStatus: number | null): void => {
    if (held) given.release(httpStatus);
    held = false;
  };
  let httpStatus: number | null = null;
  try {
    const outcome = await work.transfer(given.headers, () => letGo(null));
    if (outcome.kind === 'failed') httpStatus = outcome.failure.httpStatus;
    return outcome;
  } finally {
    letGo(httpStatus);
  }
};
