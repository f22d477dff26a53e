import type { z } from 'zod';
import { saying, stationLine } from '../../../contract/station-lines/station-lines.ts';
import { failure, type WorkFailure } from '../../work/failure.ts';
import { answerFailure, type PlatformAnswer } from '../http/platform-call.ts';
import type { OAuthAccount, OAuthClient } from '../oauth/oauth-client.ts';
import { parseJson } from '../parse-json.ts';
import type { PlatformWay } from '../platform.ts';
import { apiBase, type PrintApiSettings } from './settings.ts';

export type PrintApiWay = PlatformWay<PrintApiSettings>;

/** A scope that the client was granted or not; Print API names them in the token's answer. */
export type Scope = 'orders:track' | 'orders:browse';

export interface Question<Value> {
  /** Below the base address, such as `orders?offset=0`. */
  readonly path: string;
  readonly scope: Scope;
  readonly schema: z.ZodType<Value>;
  /** What the answer should have been, for a message: `an order`. */
  readonly expected: string;
  readonly longestAnswerBytes: number;
}

export type Reply<Value> =
  | { readonly kind: 'answered'; readonly value: Value; readonly text: string }
  /** The platform has no such thing (404). */
  | { readonly kind: 'missing'; readonly failure: WorkFailure }
  /** The client may not ask this (403), whatever else it may. */
  | { readonly kind: 'forbidden'; readonly failure: WorkFailure }
  | { readonly kind: 'failed'; readonly failure: WorkFailure };

export const accountOf = (way: PrintApiWay): OAuthAccount => {
  const base = apiBase(way.settings);
  return {
    tokenUrl: `${base}oauth`,
    clientId: way.settings.clientId,
    clientSecret: way.secret('clientSecret'),
    apiOrigin: new URL(base).origin,
  };
};

const isWebPage = (answer: PlatformAnswer): boolean => /^text\/html\b/i.test(answer.header('content-type') ?? '');

const unsuccessful = (
  answer: PlatformAnswer,
  host: string,
  scope: Scope,
): Exclude<Reply<never>, { kind: 'answered' }> => {
  const { status, message } = answer;
  if (status === 401) {
    return { kind: 'failed', failure: answerFailure(answer, saying('accessTokenRefused', { host, status }, message)) };
  }
  if (status === 403) {
    const why = saying('scopeMissing', { host, scope, status }, message);
    return { kind: 'forbidden', failure: answerFailure(answer, why) };
  }
  if (status === 404 && !isWebPage(answer)) {
    return { kind: 'missing', failure: answerFailure(answer, saying('unknownThere', { host, status }, message)) };
  }
  if ((status >= 300 && status < 400) || status === 405 || status === 410) {
    const why = stationLine('noPrintApiHere', { host, status });
    return { kind: 'failed', failure: answerFailure(answer, why, 'refused') };
  }
  // A web page instead of the documented JSON is something that stands in between, and not the platform's word.
  const failureClass = status === 404 ? 'serverError' : undefined;
  return {
    kind: 'failed',
    failure: answerFailure(answer, saying('answered', { host, status }, message), failureClass),
  };
};

/** One question to Print API, with a token. */
export const ask = async <Value>(
  way: PrintApiWay,
  oauth: OAuthClient,
  { path, scope, schema, expected, longestAnswerBytes }: Question<Value>,
): Promise<Reply<Value>> => {
  const url = `${apiBase(way.settings)}${path}`;
  const { host } = new URL(url);
  const headers = { accept: 'application/json' };
  const result = await oauth.call(way, accountOf(way), { method: 'GET', url, headers, longestAnswerBytes });
  if (result.kind === 'noAnswer') return { kind: 'failed', failure: result.failure };
  const { answer } = result;
  if (answer.status < 200 || answer.status >= 300) return unsuccessful(answer, host, scope);
  if (!answer.whole) {
    const why = stationLine('answeredNotWhole', { host, expected });
    return { kind: 'failed', failure: failure('network', why, { httpStatus: answer.status }) };
  }
  const read = schema.safeParse(parseJson(answer.text));
  if (read.success) return { kind: 'answered', value: read.data, text: answer.text };
  return { kind: 'failed', failure: answerFailure(answer, stationLine('answeredOther', { host, expected })) };
};
