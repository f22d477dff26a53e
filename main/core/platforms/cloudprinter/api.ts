import { classOfStatus, type FailureClass, failure, retryAfterMs, type WorkFailure } from '../../work/failure.ts';
import type { SendOutcome } from '../platform.ts';
import { answerExcerpt, answerMessage } from './answer-text.ts';
import { callFailure } from './call-failure.ts';
import { type HttpAnswer, type HttpCallDeps, httpCall } from './http-call.ts';

export interface CallDeps extends HttpCallDeps {
  readonly secrets: readonly string[];
  readonly nowMs: () => number;
}

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

const failureMessage = (answer: HttpAnswer, said: string, url: string): string => {
  const { host } = new URL(url);
  const { status } = answer;
  if (status === 401 || status === 403)
    return `${host} refuses the signal key (${status}${said === '' ? '' : `: ${said}`})`;
  if (status >= 300 && status < 400) return `${host} redirects ${target(answer.header('location'), url)} (${status})`;
  if (status === 404 || status === 405 || status === 410)
    return `${host} takes no signals at this address (${status}): check it`;
  if (status < 300) return `${host} answered ${status}, and only 200 counts as accepted`;
  return `${host} answered ${status}${said === '' ? '' : `: ${said}`}`;
};

const answerFailure = (answer: HttpAnswer, url: string, { secrets, nowMs }: CallDeps): WorkFailure =>
  failure(classOf(answer.status), failureMessage(answer, answerMessage(answer.text, secrets), url), {
    httpStatus: answer.status,
    retryAfterMs: retryAfterMs(answer.header('retry-after'), nowMs()),
    excerpt: answerExcerpt(answer.text, secrets),
  });

/** Posts a signal. 200 means accepted, every other code is an error (Cloudprinter CloudSignal API 2.0). */
export const postSignal = async (url: string, json: string, deps: CallDeps): Promise<SendOutcome> => {
  try {
    const answer = await httpCall('POST', url, json, deps);
    return answer.status === 200
      ? { kind: 'accepted', httpStatus: 200, excerpt: answerExcerpt(answer.text, deps.secrets) }
      : { kind: 'failed', failure: answerFailure(answer, url, deps) };
  } catch (error) {
    if (deps.abort.aborted) return { kind: 'failed', failure: failure('network', 'stopped before an answer came') };
    return { kind: 'failed', failure: callFailure(error, new URL(url).host) };
  }
};
