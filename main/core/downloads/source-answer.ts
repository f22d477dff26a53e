import type { IncomingHttpHeaders } from 'node:http';
import { stationLine } from '../../contract/station-lines/station-lines.ts';
import { classOfStatus, failure, retryAfterMs, type WorkFailure } from '../work/failure.ts';

export interface SourceQuestion {
  /** For the messages. */
  readonly host: string;
  /** 0: the whole file was asked for. */
  readonly fromByte: number;
  readonly validator: string | null;
  readonly expectedBytes: number | null;
  /** Whether nothing but the answer tells how long the file is. */
  readonly lengthNeeded: boolean;
}

export interface SourceAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
}

/** What to do with an answer, told from its status and headers. */
export type AnswerPlan =
  /** Its body goes to the file from this byte on; `totalBytes` is what the answer says the whole file has. */
  | { readonly kind: 'take'; readonly fromByte: number; readonly totalBytes: number | null }
  /** The rest cannot be had: ask for the whole file. */
  | { readonly kind: 'startOver' }
  | { readonly kind: 'wrongSize'; readonly foundBytes: number }
  | { readonly kind: 'failed'; readonly failure: WorkFailure };

/** What an If-Range may hold: a strong ETag, else the date (RFC 9110, 13.1.5). */
export const validatorOf = (headers: IncomingHttpHeaders): string | null => {
  const { etag } = headers;
  if (etag?.startsWith('"') === true) return etag;
  return headers['last-modified'] ?? null;
};

const numberOrNull = (text: string | undefined): number | null =>
  text !== undefined && /^\d{1,15}$/.test(text.trim()) ? Number(text) : null;

const rejected = (
  { host }: SourceQuestion,
  status: number,
  code: 'answeredNoLength' | 'answeredNoFile',
): AnswerPlan => ({
  kind: 'failed',
  failure: failure('rejected', stationLine(code, { host, status }), { httpStatus: status }),
});

/** Whether an answer tells its body's end from a broken connection (RFC 9112, 6.3). */
const saysItsEnd = (headers: IncomingHttpHeaders): boolean =>
  /\bchunked\s*$/i.test(headers['transfer-encoding'] ?? '') || numberOrNull(headers['content-length']) !== null;

const planWhole = ({ status, headers }: SourceAnswer, question: SourceQuestion): AnswerPlan => {
  if (question.lengthNeeded && !saysItsEnd(headers)) {
    return rejected(question, status, 'answeredNoLength');
  }
  // Of a body that is encoded on the way, the length says nothing about the file.
  const totalBytes = headers['content-encoding'] === undefined ? numberOrNull(headers['content-length']) : null;
  if (totalBytes !== null && question.expectedBytes !== null && totalBytes !== question.expectedBytes) {
    return { kind: 'wrongSize', foundBytes: totalBytes };
  }
  return { kind: 'take', fromByte: 0, totalBytes };
};

const planRest = ({ headers }: SourceAnswer, question: SourceQuestion): AnswerPlan => {
  const match = /^bytes (\d{1,15})-\d{1,15}\/(\d{1,15}|\*)$/.exec(headers['content-range'] ?? '');
  if (match === null || Number(match[1]) !== question.fromByte) return { kind: 'startOver' };
  const validator = validatorOf(headers);
  if (validator !== null && validator !== question.validator) return { kind: 'startOver' };
  const totalBytes = match[2] === '*' ? null : Number(match[2]);
  if (question.lengthNeeded && totalBytes === null) return { kind: 'startOver' };
  if (totalBytes !== null && question.expectedBytes !== null && totalBytes !== question.expectedBytes) {
    return { kind: 'wrongSize', foundBytes: totalBytes };
  }
  return { kind: 'take', fromByte: question.fromByte, totalBytes };
};

export const planAnswer = (answer: SourceAnswer, question: SourceQuestion, nowMs: number): AnswerPlan => {
  const { status } = answer;
  if (status === 200) return planWhole(answer, question);
  if (status === 206 && question.fromByte > 0) return planRest(answer, question);
  if (status === 416 && question.fromByte > 0) return { kind: 'startOver' };
  if (status < 400) return rejected(question, status, 'answeredNoFile');
  return {
    kind: 'failed',
    failure: failure(classOfStatus(status), stationLine('answered', { host: question.host, status }), {
      httpStatus: status,
      retryAfterMs: retryAfterMs(answer.headers['retry-after'], nowMs),
    }),
  };
};
