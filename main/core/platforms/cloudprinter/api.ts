import { saying, stationLine } from '../../../contract/station-lines/station-lines.ts';
import { classOfStatus, type FailureClass } from '../../work/failure.ts';
import { answerFailure, type PlatformAnswer } from '../http/platform-call.ts';
import { oneLine } from '../one-line.ts';
import type { PlatformWay, SendOutcome } from '../platform.ts';

/**
 * A redirect or a "not found" is not a matter of this signal: all signals go to one address, and that is wrong or has
 * moved; or, with a redirect for now, something stands in between for a while.
 */
const classOf = (status: number): FailureClass => {
  if (status === 301 || status === 308 || status === 404 || status === 405 || status === 410) return 'refused';
  return status >= 300 && status < 400 ? 'serverError' : classOfStatus(status);
};

const redirectMessage = (location: string | undefined, url: string, status: number): string => {
  const { host } = new URL(url);
  if (location === undefined || !URL.canParse(location, url))
    return stationLine('redirectsElsewhere', { host, status });
  const { origin, pathname } = new URL(location, url);
  return stationLine('redirectsTo', { host, target: oneLine(`${origin}${pathname}`, 200), status });
};

const failureMessage = (answer: PlatformAnswer, url: string): string => {
  const { status, message: said } = answer;
  const { host } = new URL(url);
  if (status === 401 || status === 403) return saying('keyRefused', { host, status }, said);
  if (status >= 300 && status < 400) return redirectMessage(answer.header('location'), url, status);
  if (status === 404 || status === 405 || status === 410) return stationLine('noSignalsHere', { host, status });
  if (status < 300) return stationLine('answeredNot200', { host, status });
  return saying('answered', { host, status }, said);
};

/** Posts a signal. 200 means accepted, every other code is an error (Cloudprinter CloudSignal API 2.0). */
export const postSignal = async (url: string, json: string, way: Pick<PlatformWay, 'call'>): Promise<SendOutcome> => {
  const result = await way.call({ method: 'POST', url, body: { contentType: 'application/json', text: json } });
  if (result.kind === 'noAnswer') return { kind: 'failed', failure: result.failure };
  const { answer } = result;
  if (answer.status === 200) return { kind: 'accepted', httpStatus: 200, excerpt: answer.excerpt };
  return { kind: 'failed', failure: answerFailure(answer, failureMessage(answer, url), classOf(answer.status)) };
};
