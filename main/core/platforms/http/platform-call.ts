import { stationLine } from '../../../contract/station-lines/station-lines.ts';
import { classOfStatus, type FailureClass, failure, retryAfterMs, type WorkFailure } from '../../work/failure.ts';
import { answerExcerpt, answerMessage } from './answer-text.ts';
import { callFailure } from './call-failure.ts';
import type { ConnectionAgents } from './connection-agents.ts';
import { type CallTimeouts, type HttpAnswer, httpCall } from './http-call.ts';

export interface PlatformRequest {
  readonly method: 'GET' | 'POST' | 'HEAD';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: { readonly contentType: string; readonly text: string };
  /** Default 64 KB, enough for a word or a line; a list says more. */
  readonly longestAnswerBytes?: number;
  /** Masked in messages and excerpts beside the connection's own secrets: an access token. */
  readonly secrets?: readonly string[];
}

/** An answer of any status, with what may be shown of it: secrets are masked. */
export interface PlatformAnswer extends HttpAnswer {
  /** What the platform says in one line; empty when it says nothing. */
  readonly message: string;
  /** The beginning of the body, for the attempt's record. */
  readonly excerpt: string | null;
  readonly retryAfterMs: number | null;
}

export type CallResult =
  | { readonly kind: 'answer'; readonly answer: PlatformAnswer }
  /** `mayHaveArrived`: the platform may have had the request and carried it out. */
  | { readonly kind: 'noAnswer'; readonly failure: WorkFailure; readonly mayHaveArrived: boolean };

/** A place in the connection's budget, given back when the call is over. */
export interface BudgetPlace {
  release(end: { readonly throttled: boolean }): void;
}

export interface PlatformCallDeps {
  readonly agents: ConnectionAgents;
  readonly abort: AbortSignal;
  readonly timeouts?: CallTimeouts | undefined;
  /** The connection's secrets, masked in whatever is shown. */
  readonly secrets: readonly string[];
  nowMs(): number;
  /** Resolves when the budget has room; null when `abort` came first. */
  acquire(abort: AbortSignal): Promise<BudgetPlace | null>;
}

const defaultAnswerBytes = 65_536;

const stopped = (mayHaveArrived: boolean): CallResult => ({
  kind: 'noAnswer',
  failure: failure('network', stationLine('stoppedBeforeAnswer')),
  mayHaveArrived,
});

/** The platform asks for less. */
export const isThrottled = (status: number | null): boolean => status === 429 || status === 503;

/** One request to the platform, once, when the budget has room. Never rejects but for a bug. */
export const platformCall = async (request: PlatformRequest, deps: PlatformCallDeps): Promise<CallResult> => {
  const place = await deps.acquire(deps.abort);
  if (place === null) return stopped(false);
  let throttled = false;
  try {
    const outcome = await httpCall({ longestAnswerBytes: defaultAnswerBytes, ...request }, deps);
    if (outcome.kind === 'noAnswer') {
      const { error, mayHaveArrived } = outcome;
      if (deps.abort.aborted) return stopped(mayHaveArrived);
      return { kind: 'noAnswer', failure: callFailure(error, new URL(request.url).host), mayHaveArrived };
    }
    const { answer } = outcome;
    throttled = isThrottled(answer.status);
    const secrets = [...deps.secrets, ...(request.secrets ?? [])];
    return {
      kind: 'answer',
      answer: {
        ...answer,
        // Made when somebody looks: to mask secrets in each of a thousand answers a second costs as much as sending.
        get message() {
          return answerMessage(answer.text, secrets);
        },
        get excerpt() {
          return answerExcerpt(answer.text, secrets);
        },
        retryAfterMs: retryAfterMs(answer.header('retry-after'), deps.nowMs()),
      },
    };
  } finally {
    place.release({ throttled });
  }
};

/** An answer as a failure. The class follows from the status unless the platform's meaning of it is another. */
export const answerFailure = (
  answer: PlatformAnswer,
  message: string,
  failureClass: FailureClass = answer.status < 400 ? 'serverError' : classOfStatus(answer.status),
): WorkFailure =>
  failure(failureClass, message, {
    httpStatus: answer.status,
    retryAfterMs: answer.retryAfterMs,
    excerpt: answer.excerpt,
  });
