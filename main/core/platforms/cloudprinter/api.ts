import got from 'got';
import { classOfStatus, type FailureClass, failure, retryAfterMs, type WorkFailure } from '../../work/failure.ts';
import type { SendOutcome } from '../platform.ts';
import { answerExcerpt, answerMessage } from './answer-text.ts';
import { callFailure } from './call-failure.ts';
import type { ConnectionAgents } from './connection-agents.ts';

/** An answer is a word or a line; what a mistaken server sends beyond this is not read. */
const longestAnswerBytes = 65_536;

/** For each step of a request, and for all of it; in milliseconds. */
export interface CallTimeouts {
  readonly connect: number;
  readonly response: number;
  readonly request: number;
}

const defaultTimeouts: CallTimeouts = { connect: 10_000, response: 30_000, request: 60_000 };

export interface CallDeps {
  readonly agents: ConnectionAgents;
  readonly secrets: readonly string[];
  readonly nowMs: () => number;
  readonly abort: AbortSignal;
  readonly timeouts?: CallTimeouts;
}

interface Answer {
  readonly status: number;
  readonly text: string;
  header(name: string): string | undefined;
}

/** One request, once: no retry of its own, no redirect followed. Rejects when there is no answer. */
export const call = async (
  method: 'POST' | 'HEAD',
  url: string,
  json: string | null,
  { agents, abort, timeouts = defaultTimeouts }: Pick<CallDeps, 'agents' | 'abort' | 'timeouts'>,
): Promise<Answer> => {
  const stream = got.stream(url, {
    method,
    agent: agents,
    signal: abort,
    timeout: {
      lookup: timeouts.connect,
      connect: timeouts.connect,
      secureConnect: timeouts.connect,
      send: timeouts.response,
      response: timeouts.response,
      request: timeouts.request,
    },
    retry: { limit: 0 },
    followRedirect: false,
    throwHttpErrors: false,
    headers: { 'user-agent': 'platen', ...(json === null ? {} : { 'content-type': 'application/json' }) },
    ...(json === null ? {} : { body: json }),
  });
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of stream) {
      const part = Buffer.from(chunk);
      chunks.push(part);
      bytes += part.length;
      if (bytes > longestAnswerBytes) break;
    }
  } catch (error) {
    // With a status the platform has spoken, whatever became of the rest.
    if (stream.response === undefined) throw error;
  }
  const { response } = stream;
  if (response === undefined) throw new Error('the request ended without an answer');
  return {
    status: response.statusCode,
    text: Buffer.concat(chunks).toString('utf8'),
    header: (name) => {
      const value = response.headers[name];
      return Array.isArray(value) ? value[0] : value;
    },
  };
};

/** A redirect is not a matter of this signal: it moved for good, or something stands in between for a while. */
const classOf = (status: number): FailureClass => {
  if (status === 301 || status === 308) return 'refused';
  return status >= 300 && status < 400 ? 'serverError' : classOfStatus(status);
};

const target = (location: string | undefined, url: string): string => {
  if (location === undefined || !URL.canParse(location, url)) return 'elsewhere';
  const { origin, pathname } = new URL(location, url);
  return `to ${origin}${pathname}`;
};

const failureMessage = (answer: Answer, said: string, url: string): string => {
  const { host } = new URL(url);
  const { status } = answer;
  if (status === 401 || status === 403)
    return `${host} refuses the signal key (${status}${said === '' ? '' : `: ${said}`})`;
  if (status >= 300 && status < 400) return `${host} redirects ${target(answer.header('location'), url)} (${status})`;
  if (status < 300) return `${host} answered ${status}, and only 200 counts as accepted`;
  return `${host} answered ${status}${said === '' ? '' : `: ${said}`}`;
};

const answerFailure = (answer: Answer, url: string, { secrets, nowMs }: CallDeps): WorkFailure =>
  failure(classOf(answer.status), failureMessage(answer, answerMessage(answer.text, secrets), url), {
    httpStatus: answer.status,
    retryAfterMs: retryAfterMs(answer.header('retry-after'), nowMs()),
    excerpt: answerExcerpt(answer.text, secrets),
  });

/** Posts a signal. 200 means accepted, every other code is an error (Cloudprinter CloudSignal API 2.0). */
export const postSignal = async (url: string, json: string, deps: CallDeps): Promise<SendOutcome> => {
  try {
    const answer = await call('POST', url, json, deps);
    return answer.status === 200
      ? { kind: 'accepted', httpStatus: 200, excerpt: answerExcerpt(answer.text, deps.secrets) }
      : { kind: 'failed', failure: answerFailure(answer, url, deps) };
  } catch (error) {
    if (deps.abort.aborted) return { kind: 'failed', failure: failure('network', 'stopped before an answer came') };
    return { kind: 'failed', failure: callFailure(error, new URL(url).host) };
  }
};
