import { classOfStatus, type FailureClass } from '../../work/failure.ts';
import { answerFailure, type PlatformAnswer } from '../http/platform-call.ts';
import type { PlatformWay, SendOutcome } from '../platform.ts';

/**
 * A redirect or a "not found" is not a matter of this signal: all signals go to one address, and that is wrong or has
 * moved; or, with a redirect for now, something stands in between for a while.
 */
const classOf = (status: number): FailureClass => {
  if (status === 301 || status === 308 || status === 404 || status === 405 || status === 410) return 'refused';
  return status >= 300 && status < 400 ? 'serverError' : classOfStatus(status);
};

const target = (location: string | undefined, url: string): string => {
  if (location === undefined || !URL.canParse(location, url)) return 'elsewhere';
  const { origin, pathname } = new URL(location, url);
  return `to ${origin}${pathname}`;
};

const failureMessage = (answer: PlatformAnswer, url: string): string => {
  const { status, message: said } = answer;
  const { host } = new URL(url);
  if (status === 401 || status === 403)
    return `${host} refuses the signal key (${status}${said === '' ? '' : `: ${said}`})`;
  if (status >= 300 && status < 400) return `${host} redirects ${target(answer.header('location'), url)} (${status})`;
  if (status === 404 || status === 405 || status === 410)
    return `${host} takes no signals at this address (${status}): check it`;
  if (status < 300) return `${host} answered ${status}, and only 200 counts as accepted`;
  return `${host} answered ${status}${said === '' ? '' : `: ${said}`}`;
};

/** Posts a signal. 200 means accepted, every other code is an error (Cloudprinter CloudSignal API 2.0). */
export const postSignal = async (url: string, json: string, way: Pick<PlatformWay, 'call'>): Promise<SendOutcome> => {
  const result = await way.call({ method: 'POST', url, body: { contentType: 'application/json', text: json } });
  if (result.kind === 'noAnswer') return { kind: 'failed', failure: result.failure };
  const { answer } = result;
  if (answer.status === 200) return { kind: 'accepted', httpStatus: 200, excerpt: answer.excerpt };
  return { kind: 'failed', failure: answerFailure(answer, failureMessage(answer, url), classOf(answer.status)) };
};
