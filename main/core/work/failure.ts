import { callFailures } from '../../contract/call-failures.ts';

/** The classes of failure: a call's, and two that only files have. What follows from each stands in `consequences` alone. */
export const failureClasses = [...callFailures, 'mismatch', 'diskFull'] as const;
export type FailureClass = (typeof failureClasses)[number];

/** A failure as a value: its class, one line for a person, and what the other side said. */
export interface WorkFailure {
  readonly class: FailureClass;
  readonly message: string;
  readonly httpStatus: number | null;
  /** How long the other side asks us to wait (`Retry-After`). */
  readonly retryAfterMs: number | null;
  /** The beginning of the answer, for the attempt's record; free of keys. */
  readonly excerpt: string | null;
}

/** Who is at fault: this one row, or the way to the platform that all rows of the channel share. */
export type Consequence = 'problemRow' | 'retryRow' | 'channelWaits' | 'channelAlarm' | 'stationWaits';

/** Architecture, section 4: problem job or problem channel. */
export const consequences: Readonly<Record<FailureClass, Consequence>> = {
  network: 'channelWaits',
  timeout: 'channelWaits',
  rateLimited: 'channelWaits',
  serverError: 'channelWaits',
  refused: 'channelAlarm',
  paymentRequired: 'channelAlarm',
  rejected: 'problemRow',
  gone: 'problemRow',
  mismatch: 'retryRow',
  diskFull: 'stationWaits',
  local: 'retryRow',
};

/** True where all that goes the same way waits, and not this one row alone. */
export const isOfChannel = (failureClass: FailureClass): boolean => {
  const consequence = consequences[failureClass];
  return consequence === 'channelWaits' || consequence === 'channelAlarm';
};

export const failure = (
  failureClass: FailureClass,
  message: string,
  more: Partial<Omit<WorkFailure, 'class' | 'message'>> = {},
): WorkFailure => ({
  class: failureClass,
  message,
  httpStatus: more.httpStatus ?? null,
  retryAfterMs: more.retryAfterMs ?? null,
  excerpt: more.excerpt ?? null,
});

/** The class of an HTTP status that is not a success. */
export const classOfStatus = (status: number): FailureClass => {
  if (status === 401 || status === 403) return 'refused';
  if (status === 402) return 'paymentRequired';
  if (status === 404 || status === 410) return 'gone';
  if (status === 408) return 'timeout';
  if (status === 425 || status === 429) return 'rateLimited';
  return status >= 500 ? 'serverError' : 'rejected';
};

/** Reads `Retry-After`: seconds, or an HTTP date. Null when absent or unreadable; at most a day. */
export const retryAfterMs = (header: string | undefined, nowMs: number): number | null => {
  if (header === undefined) return null;
  const waitMs = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - nowMs;
  return Number.isFinite(waitMs) ? Math.min(Math.max(waitMs, 0), 86_400_000) : null;
};
