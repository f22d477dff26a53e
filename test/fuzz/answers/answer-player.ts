import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { type Listener, startListener } from '../../sandbox/http/listener.ts';
import { type Damaged, type Exchange, questionOf, type RecordedAnswer } from './recorded-answer.ts';

/** Stands between the adapters and a platform: first it passes all on and records, then it plays the answers. */
export interface AnswerPlayer {
  /** The text with the platform's addresses become the player's. */
  readdressed(text: string): string;
  /** What the platform answered while this went on. */
  record(work: () => Promise<void>): Promise<readonly Exchange[]>;
  /** From now on answers with these, some of them damaged, by their places. The last answer to a question comes again. */
  play(exchanges: readonly Exchange[], damaged: ReadonlyMap<number, Damaged>): void;
  stop(): Promise<void>;
}

/** Of the connection with the platform, or of a length that is another one with other addresses. */
const ofConnection = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'date']);

interface Played {
  readonly answer: RecordedAnswer;
  readonly damaged: Damaged | undefined;
}

const unknown: Played = {
  answer: { status: 404, headers: [['content-type', 'application/json']], body: Buffer.from('{"message":"unknown"}') },
  damaged: undefined,
};

const echoed = (request: IncomingMessage, body: Buffer, quoted: boolean): string => {
  const told = `${JSON.stringify(request.headers)}\n${body.toString()}`;
  return quoted ? JSON.stringify({ message: told }) : told;
};

/** What comes on a connection after its end is nobody's any more. */
const ended = new WeakSet<object>();

const send = async (played: Played, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const { answer, damaged } = played;
  const body = await buffer(request);
  if (damaged?.kind === 'bytes') {
    ended.add(request.socket);
    request.socket.end(damaged.bytes);
    return;
  }
  if (damaged?.kind === 'echo') {
    response.writeHead(damaged.status, { 'content-type': 'application/json' });
    response.end(echoed(request, body, damaged.quoted));
    return;
  }
  response.writeHead(answer.status, [...answer.headers, ['content-length', String(answer.body.length)]].flat());
  response.end(answer.body);
};

const isText = (contentType: string | null): boolean => /json|text/u.test(contentType ?? '');

/** One server for each address of the platform. */
export const createAnswerPlayer = async (platform: readonly string[]): Promise<AnswerPlayer> => {
  let recording: Exchange[] | null = null;
  let script = new Map<string, Played[]>();
  const listeners: Listener[] = [];
  const readdressed = (text: string): string =>
    platform.reduce((changed, origin, at) => changed.replaceAll(origin, listeners[at]?.url ?? origin), text);

  const passOn = async (question: string, origin: string, request: IncomingMessage): Promise<Played> => {
    const { method = 'GET', url = '/', headers } = request;
    const names = ['authorization', 'content-type', 'accept', 'range', 'if-range'];
    const body = await buffer(request);
    const answered = await fetch(`${origin}${url}`, {
      method,
      redirect: 'manual',
      headers: names.flatMap((name): [string, string][] => {
        const value = headers[name];
        return typeof value === 'string' ? [[name, value]] : [];
      }),
      ...(body.length > 0 ? { body: new Uint8Array(body) } : {}),
    });
    const bytes = Buffer.from(await answered.arrayBuffer());
    const answer: RecordedAnswer = {
      status: answered.status,
      headers: [...answered.headers].filter(([name]) => !ofConnection.has(name)),
      body: isText(answered.headers.get('content-type')) ? Buffer.from(readdressed(bytes.toString())) : bytes,
    };
    recording?.push({ question, answer });
    return { answer, damaged: undefined };
  };

  for (const [at, origin] of platform.entries()) {
    listeners.push(
      await startListener({
        port: 0,
        host: '127.0.0.1',
        handle: async (request, response) => {
          const question = questionOf(at, request.method ?? '', request.url ?? '');
          if (recording !== null) return send(await passOn(question, origin, request), request, response);
          if (ended.has(request.socket)) return;
          const left = script.get(question) ?? [];
          const played = (left.length > 1 ? left.shift() : left[0]) ?? unknown;
          return send(played, request, response);
        },
      }),
    );
  }

  return {
    readdressed,
    async record(work) {
      recording = [];
      await work();
      const recorded = recording;
      recording = null;
      return recorded;
    },
    play(exchanges, damaged) {
      script = Map.groupBy(
        exchanges.map(({ question, answer }, at) => ({ question, answer, damaged: damaged.get(at) })),
        ({ question }) => question,
      );
    },
    stop: async () => void (await Promise.all(listeners.map((listener) => listener.stop()))),
  };
};
