import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { ConnectionAgents } from './connection-agents.ts';

/** How long each step may take, and all of it; in milliseconds. */
export interface CallTimeouts {
  /** From the first byte sent to name server or host until the connection stands, TLS included. */
  readonly connect: number;
  readonly response: number;
  /** With the wait for a free connection and the reading of the answer. */
  readonly whole: number;
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'HEAD';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: { readonly contentType: string; readonly text: string } | undefined;
  /** What a mistaken server sends beyond this is not read. */
  readonly longestAnswerBytes: number;
}

export interface HttpCallDeps {
  readonly agents: ConnectionAgents;
  readonly abort: AbortSignal;
  readonly timeouts?: CallTimeouts | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
  /** False when it was cut on the way or longer than what is read. */
  readonly whole: boolean;
  header(name: string): string | undefined;
}

export type HttpOutcome =
  | { readonly kind: 'answer'; readonly answer: HttpAnswer }
  /** `mayHaveArrived`: there was a connection, so the other side may have had the request. */
  | { readonly kind: 'noAnswer'; readonly error: Error; readonly mayHaveArrived: boolean };

/** Something did not come in time. */
export class CallTimeout extends Error {
  readonly missing: 'connection' | 'answer';

  constructor(missing: 'connection' | 'answer') {
    super(`no ${missing} in time`);
    this.missing = missing;
  }
}

/** What Node leaves without an error: counts as a connection that was closed too early. */
class ClosedWithoutAnswer extends Error {
  readonly code = 'ECONNRESET';

  constructor() {
    super('closed without an answer');
  }
}

const defaultTimeouts: CallTimeouts = { connect: 10_000, response: 30_000, whole: 60_000 };

/** What came of the body. What was lost of it is left out: the status has already spoken. */
const readText = async (
  response: IncomingMessage,
  longestBytes: number,
): Promise<{ readonly text: string; readonly whole: boolean }> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  let whole = true;
  try {
    for await (const chunk of response) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > longestBytes) {
        whole = false;
        break;
      }
    }
  } catch {
    whole = false;
    response.destroy();
  }
  return { text: Buffer.concat(chunks).toString('utf8'), whole };
};

const answerOf = async (response: IncomingMessage, longestBytes: number): Promise<HttpAnswer> => ({
  status: response.statusCode ?? 0,
  ...(await readText(response, longestBytes)),
  header: (name) => {
    const value = response.headers[name];
    return Array.isArray(value) ? value[0] : value;
  },
});

/**
 * One request, once: no retry of its own, no redirect followed. Node's own client, because a backlog of signals goes
 * out at a thousand a second and a client library costs five times as much for each.
 */
export const httpCall = (
  { method, url, headers, body, longestAnswerBytes }: HttpRequest,
  { agents, abort, timeouts = defaultTimeouts }: HttpCallDeps,
): Promise<HttpOutcome> =>
  new Promise((resolve) => {
    const secure = url.startsWith('https:');
    const allHeaders: Record<string, string | number> = { 'user-agent': 'platen', ...headers };
    if (body !== undefined) {
      Object.assign(allHeaders, {
        'content-type': body.contentType,
        'content-length': Buffer.byteLength(body.text),
      });
    }
    const request = secure
      ? httpsRequest(url, { method, headers: allHeaders, agent: agents.https, signal: abort })
      : httpRequest(url, { method, headers: allHeaders, agent: agents.http, signal: abort });

    let connected = false;
    const expire = (missing: 'connection' | 'answer') => () => request.destroy(new CallTimeout(missing));
    const wholeTimer = setTimeout(expire('answer'), timeouts.whole);
    let stepTimer: NodeJS.Timeout | undefined;
    const allowStep = (missing: 'connection' | 'answer', timeoutMs: number): void => {
      connected = missing === 'answer';
      clearTimeout(stepTimer);
      stepTimer = setTimeout(expire(missing), timeoutMs);
    };
    const finish = (outcome: HttpOutcome): void => {
      clearTimeout(wholeTimer);
      clearTimeout(stepTimer);
      resolve(outcome);
    };

    request.once('socket', (socket) => {
      if (!socket.connecting) {
        allowStep('answer', timeouts.response);
        return;
      }
      allowStep('connection', timeouts.connect);
      socket.once(secure ? 'secureConnect' : 'connect', () => allowStep('answer', timeouts.response));
    });
    let answered = false;
    request.once('response', (response) => {
      answered = true;
      clearTimeout(stepTimer);
      void answerOf(response, longestAnswerBytes).then((answer) => finish({ kind: 'answer', answer }));
    });
    request.on('error', (error) => finish({ kind: 'noAnswer', error, mayHaveArrived: connected }));
    // A server that wants to speak something else (101) ends the request without an answer and without an error.
    request.once('close', () => {
      if (!answered) finish({ kind: 'noAnswer', error: new ClosedWithoutAnswer(), mayHaveArrived: connected });
    });
    request.end(body?.text);
  });
