import type { z } from 'zod';
import { saying, stationLine } from '../../../contract/station-lines/station-lines.ts';
import { classOfStatus, type FailureClass, failure, type WorkFailure } from '../../work/failure.ts';
import { answerMessage } from '../http/answer-text.ts';
import { answerFailure, type PlatformAnswer } from '../http/platform-call.ts';
import { oneLine } from '../one-line.ts';
import { parseJson } from '../parse-json.ts';
import type { PlatformWay } from '../platform.ts';
import { wireRefusal } from './schema.ts';
import type { PrintessSettings } from './settings.ts';

export type PrintessWay = PlatformWay<PrintessSettings>;

/** What came of a call. */
export type ApiResult<Value> =
  | { readonly kind: 'read'; readonly value: Value; readonly answer: PlatformAnswer }
  /** Another status than a success, or a success that says something else than it should. */
  | { readonly kind: 'otherwise'; readonly status: number; readonly failure: WorkFailure }
  | { readonly kind: 'noAnswer'; readonly failure: WorkFailure; readonly mayHaveArrived: boolean };

export const isSuccess = (status: number): boolean => status >= 200 && status < 300;
export const isRefusal = (status: number): boolean => status === 401 || status === 403;

/** A page of 500 orders with long form data is some megabytes. */
const longestAnswerBytes = 32 * 1024 * 1024;

/** Below the base address, which may have a path of its own. */
const urlOf = (baseUrl: string, path: string): string => `${baseUrl.replace(/\/+$/, '')}${path}`;

/** A wrong address is no matter of the one call: everything goes to the same. */
const classOf = (status: number): FailureClass => {
  if (status === 301 || status === 308 || status === 404 || status === 405 || status === 410) return 'refused';
  if (status === 406) return 'rejected';
  return status < 400 ? 'serverError' : classOfStatus(status);
};

/** Printess' own code and message of a call that it does not accept. */
const refusalText = (answer: PlatformAnswer, token: string): string => {
  const { c = '', m = '' } = wireRefusal.safeParse(parseJson(answer.text)).data ?? {};
  const said = m === '' ? answer.message : answerMessage(JSON.stringify({ message: m }), [token]);
  return [c === '' ? '' : `code ${oneLine(c, 60)}`, said].filter((part) => part !== '').join(': ');
};

const failureMessage = (answer: PlatformAnswer, url: string, token: string): string => {
  const { host } = new URL(url);
  const { status } = answer;
  const said = refusalText(answer, token);
  if (isRefusal(status)) return saying('tokenRefused', { host, status }, said);
  if (status === 402 || status === 406) return saying('notAccepted', { status }, said);
  if (status >= 300 && status < 400) return stationLine('redirectsUnfollowed', { host, status });
  if (status === 404 || status === 405 || status === 410) {
    return stationLine('noPrintessHere', { host, status });
  }
  if (isSuccess(status)) return stationLine('answeredUndocumented', { host, status });
  return saying('answered', { host, status }, said);
};

/** One call of the Printess API: always a POST with a JSON body (OpenAPI 3.0.1 "Printess Public API" v1). */
export const post = async <Schema extends z.ZodType>(
  way: PrintessWay,
  path: string,
  body: Readonly<Record<string, unknown>>,
  schema: Schema,
): Promise<ApiResult<z.output<Schema>>> => {
  const token = way.secret('serviceToken');
  if (token === null) {
    const missing = failure('refused', stationLine('serviceTokenMissing'));
    return { kind: 'noAnswer', failure: missing, mayHaveArrived: false };
  }
  const url = urlOf(way.settings.baseUrl, path);
  const result = await way.call({
    method: 'POST',
    url,
    headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
    body: { contentType: 'application/json', text: JSON.stringify(body) },
    longestAnswerBytes,
  });
  if (result.kind === 'noAnswer') return result;
  const { answer } = result;
  const read = isSuccess(answer.status) && answer.whole ? schema.safeParse(parseJson(answer.text)) : null;
  if (read?.success === true) return { kind: 'read', value: read.data, answer };
  const message = failureMessage(answer, url, token);
  return {
    kind: 'otherwise',
    status: answer.status,
    failure: answerFailure(answer, message, classOf(answer.status)),
  };
};
