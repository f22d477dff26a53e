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

export interface HttpCallDeps {
  readonly agents: ConnectionAgents;
  readonly abort: AbortSignal;
  readonly timeouts?: CallTimeouts;
}

export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
  header(name: string): string | undefined;
}

/** Something did not come in time. */
export class CallTimeout extends Error {
  readonly missing: 'connection' | 'answer';

  constructor(missing: 'connection' | 'answer') {
    super(`no ${missing} in time`);
    this.missing = missing;
  }
}

const defaultTimeouts: CallTimeouts = { connect: 10_000, response: 30_000, whole: 60_000 };

/** An answer is a word or a line; what a mistaken server sends beyond this is not read. */
const longestAnswerBytes = 65_536;

/** The text of an answer; what was lost of it on the way is left out, because its status has already spoken. */
const readText = async (response: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > longestAnswerBytes) break;
    }
  } catch {
    response.destroy();
  }
  return Buffer.concat(chunks).toString('utf8');
};

const answerOf = async (response: IncomingMessage): Promise<HttpAnswer> => {
  const text = await readText(response);
  return {
    status: response.statusCode ?? 0,
    text,
    header: (name) => {
      const value = response.headers[name];
      return Array.isArray(value) ? value[0] : value;
    },
  };
};

/**
 * One request, once: no retry of its own, no redirect followed. Rejects when there is no answer. Node's own client,
 * because a backlog of signals goes out at a thousand a second and a client library costs five times as much for each.
 */
export const httpCall = (
  method: 'POST' | 'HEAD',
  url: string,
  json: string | null,
  { agents, abort, timeouts = defaultTimeouts }: HttpCallDeps,
): Promise<HttpAnswer> =>
  new Promise((resolve, reject) => {
    const secure = url.startsWith('https:');
    const headers: Record<string, string | number> = { 'user-agent': 'platen' };
    if (json !== null)
      Object.assign(headers, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json) });
    const request = secure
      ? httpsRequest(url, { method, headers, agent: agents.https, signal: abort })
      : httpRequest(url, { method, headers, agent: agents.http, signal: abort });

    const expire = (missing: 'connection' | 'answer') => () => request.destroy(new CallTimeout(missing));
    const wholeTimer = setTimeout(expire('answer'), timeouts.whole);
    let stepTimer: NodeJS.Timeout | undefined;
    const allowStep = (missing: 'connection' | 'answer', timeoutMs: number): void => {
      clearTimeout(stepTimer);
      stepTimer = setTimeout(expire(missing), timeoutMs);
    };
    const finish = (): void => {
      clearTimeout(wholeTimer);
      clearTimeout(stepTimer);
    };

    request.once('socket', (socket) => {
      if (!socket.connecting) {
        allowStep('answer', timeouts.response);
        return;
      }
      allowStep('connection', timeouts.connect);
      socket.once(secure ? 'secureConnect' : 'connect', () => allowStep('answer', timeouts.response));
    });
    request.once('response', (response) => {
      clearTimeout(stepTimer);
      void answerOf(response).then(resolve, reject).finally(finish);
    });
    request.on('error', (error) => {
      finish();
      reject(error);
    });
    request.end(json ?? undefined);
  });
