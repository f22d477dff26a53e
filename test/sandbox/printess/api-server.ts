import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { parseJson, readBody } from '../http/body.ts';
import { type CallAnswer, sendAnswer } from '../http/call-answer.ts';
import {
  answerInsteadOf,
  type CallKnobs,
  emptyAnswer,
  jsonAnswer,
  type PlannedCallAnswer,
  type PrintessFault,
} from './call-faults.ts';
import { answerCall, type EndpointDeps, type TokenKind } from './endpoints.ts';

/** One call of the API, recorded when it came in. */
export interface CallEntry {
  readonly kind: 'call';
  /** Such as `/orders/list`. */
  readonly endpoint: string;
  /** The job it asks for, or the one it made; empty when there is none. */
  readonly job: string;
  readonly token: TokenKind;
  readonly body: Readonly<Record<string, unknown>>;
  /** Of the answer as it was meant; 0 when the connection was reset before the call was handled. */
  readonly status: number;
  /** Whether it was handled: the job of a produce was made, even when the answer was lost. */
  readonly handled: boolean;
  readonly answer: CallAnswer;
}

interface ApiServerDeps extends EndpointDeps {
  readonly serviceToken: string;
  readonly shopToken: string;
  readonly knobs: CallKnobs;
  record(entry: CallEntry): void;
}

export interface ApiServer {
  answer(request: IncomingMessage, response: ServerResponse, stopped: AbortSignal): Promise<void>;
}

const bodySchema = z.record(z.string(), z.unknown());
const madeSchema = z.object({ jobId: z.string() });

/** The Printess API: every call is a POST with a JSON body and a bearer token. */
export function createApiServer(deps: ApiServerDeps): ApiServer {
  function tokenOf(header: string | undefined): TokenKind {
    if (header === undefined) return 'missing';
    if (header === `Bearer ${deps.serviceToken}`) return 'service';
    return header === `Bearer ${deps.shopToken}` ? 'shop' : 'wrong';
  }

  function handled(request: IncomingMessage, path: string, body: unknown, token: TokenKind): PlannedCallAnswer {
    if (request.method !== 'POST') return { ...emptyAnswer(405), headers: { allow: 'POST' } };
    if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) return emptyAnswer(415);
    return answerCall(path, body, token, deps) ?? jsonAnswer(404, { title: 'Not Found', status: 404 });
  }

  return {
    async answer(request, response, stopped) {
      const path = new URL(request.url ?? '/', 'http://sandbox').pathname;
      const body = bodySchema.safeParse(parseJson(await readBody(request))).data;
      const token = tokenOf(request.headers.authorization);
      const subject = {
        endpoint: path,
        job: textOf(body?.jobId),
        order: textOf(body?.externalOrderId),
        template: textOf(body?.templateName),
        token,
      };
      // A delay comes on top of whatever else happens; of the others only one can happen.
      const delays = deps.knobs.strikeAll(subject, (fault) => fault.kind === 'delay');
      const fault = deps.knobs.strikeFirst(subject, (candidate) => candidate.kind !== 'delay');
      const instead = answerInsteadOf(fault);
      const handledAnswer = instead ?? handled(request, path, body, token);
      const answer =
        fault?.kind === 'otherBody'
          ? { ...handledAnswer, status: fault.status ?? handledAnswer.status, body: fault.body }
          : handledAnswer;

      deps.record({
        kind: 'call',
        endpoint: path,
        job: subject.job === '' ? (madeSchema.safeParse(parseJson(handledAnswer.body)).data?.jobId ?? '') : subject.job,
        token,
        body: body ?? {},
        status: answer.status,
        handled: instead === undefined && handledAnswer.status < 300,
        answer: recordedAnswer(fault, answer),
      });
      await sendAnswer(
        response,
        { ...answer, message: '' },
        [...delays, ...(fault === undefined ? [] : [fault])].filter(isOnTheWay),
        stopped,
      );
    },
  };
}

/** Faults of the way the answer takes, rather than of what it says. */
function isOnTheWay(
  fault: PrintessFault,
): fault is Extract<PrintessFault, { readonly kind: 'delay' | 'answerLost' | 'reset' | 'hang' }> {
  return ['delay', 'answerLost', 'reset', 'hang'].includes(fault.kind);
}

function recordedAnswer(fault: PrintessFault | undefined, answer: PlannedCallAnswer): CallAnswer {
  if (fault?.kind === 'reset') return { kind: 'reset' };
  if (fault?.kind === 'answerLost' || fault?.kind === 'hang') return { kind: 'lost' };
  return { kind: 'answered', status: answer.status, message: answer.status < 300 ? '' : answer.body };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
