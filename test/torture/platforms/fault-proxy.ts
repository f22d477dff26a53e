import {
  Agent,
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request,
  type ServerResponse,
} from 'node:http';
import type { Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import type { SeededRandom } from '../../../main/training/random/seeded-random.ts';
import type { NetworkFault } from '../plan/plan.ts';
import { garbled, type Telltale } from './garble.ts';

/** A request that reached the proxy, whatever became of it. */
export interface Arrival {
  readonly atMs: number;
  readonly method: string;
  readonly path: string;
}

export interface FaultProxyOptions {
  /** Where it listens; 0 picks a port. */
  readonly port?: number;
  /** Of what is behind it, without a slash at the end. */
  readonly target: string;
  readonly random: SeededRandom;
  readonly nowMs: () => number;
  /** Puts the proxies' addresses into texts that name what is behind them. */
  readonly rewrite: (text: string) => string;
  /** Whether the receiver of what lies at this path knows its MD5. */
  readonly isHashed?: (path: string) => boolean;
  readonly onArrival?: (arrival: Arrival) => void;
}

/** Stands in front of a platform, or of the intake, and lets go wrong what can go wrong on the way. */
export interface FaultProxy {
  /** Without a slash at the end. */
  readonly url: string;
  /** From now on a request meets the fault with this chance, until the returned function is called. */
  set(fault: NetworkFault, chance: number): () => void;
  /** How often each fault struck. */
  readonly struck: ReadonlyMap<NetworkFault, number>;
  stop(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
}

const stallMs = 2_000;
const longestHoldMs = 600;
const slowPieces = 12;
const slowPauseMs = 40;
const statuses = [429, 500, 502, 503, 504] as const;
const page = '<!doctype html><html><head><title>Maintenance</title></head><body><h1>Back soon</h1></body></html>';
/** Of one hop, so not handed on. */
const hopHeaders = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length']);

const handedOn = (headers: OutgoingHttpHeaders): OutgoingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !hopHeaders.has(name)));

const isText = (headers: OutgoingHttpHeaders): boolean => /json|text|xml/u.test(String(headers['content-type'] ?? ''));

export const createFaultProxy = async (options: FaultProxyOptions): Promise<FaultProxy> => {
  const { target, random, rewrite, nowMs, onArrival, isHashed } = options;
  const agent = new Agent({ keepAlive: true });
  const sockets = new Set<Socket>();
  const faults = new Set<{ readonly fault: NetworkFault; readonly chance: number }>();
  const struck = new Map<NetworkFault, number>();

  const forward = (incoming: IncomingMessage, sent: Buffer): Promise<Answer | null> =>
    new Promise((resolve) => {
      // A platform that tells of its files tells where they are.
      const body = isText(incoming.headers) ? Buffer.from(rewrite(sent.toString('utf8'))) : sent;
      const headers = { ...handedOn(incoming.headers), host: new URL(target).host, 'content-length': body.byteLength };
      const outgoing = request(target + (incoming.url ?? '/'), { method: incoming.method ?? 'GET', headers, agent });
      outgoing.once('response', (response) => {
        buffer(response).then(
          (read) => {
            const given = handedOn(response.headers);
            const text = isText(given) ? Buffer.from(rewrite(read.toString('utf8'))) : read;
            resolve({ status: response.statusCode ?? 502, headers: given, body: text });
          },
          () => resolve(null),
        );
      });
      outgoing.once('error', () => resolve(null));
      outgoing.end(body);
    });

  const strike = (): NetworkFault | null => {
    for (const { fault, chance } of faults) {
      if (fault !== 'offline' && random.next() < chance) {
        struck.set(fault, (struck.get(fault) ?? 0) + 1);
        return fault;
      }
    }
    return null;
  };

  const telltale = (incoming: IncomingMessage, { headers }: Answer): Telltale => {
    if (String(headers['content-type'] ?? '').includes('json')) return 'json';
    return isHashed?.(incoming.url ?? '') === true ? 'md5' : 'nothing';
  };

  const head = (response: ServerResponse, { status, headers, body }: Answer, isHead: boolean): void => {
    const length = isHead ? {} : { 'content-length': body.byteLength };
    response.writeHead(status, { ...headers, ...length });
  };

  const answerSlowly = async (response: ServerResponse, answer: Answer): Promise<void> => {
    head(response, answer, false);
    const pieceBytes = Math.max(1, Math.ceil(answer.body.byteLength / slowPieces));
    for (let at = 0; at < answer.body.byteLength && !response.destroyed; at += pieceBytes) {
      response.write(answer.body.subarray(at, at + pieceBytes));
      await delay(slowPauseMs);
    }
    response.end();
  };

  const answerHalf = async (response: ServerResponse, answer: Answer, thenMs: number): Promise<void> => {
    head(response, answer, false);
    response.write(answer.body.subarray(0, Math.floor(answer.body.byteLength / 2)));
    await delay(thenMs);
    response.destroy();
  };

  const answerInstead = (response: ServerResponse, fault: 'status' | 'page'): void => {
    if (fault === 'page') response.writeHead(503, { 'content-type': 'text/html' }).end(page);
    else {
      const status = random.pick(statuses);
      response.writeHead(status, status === 429 ? { 'retry-after': '5' } : {}).end();
    }
  };

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    onArrival?.({ atMs: nowMs(), method: incoming.method ?? '', path: incoming.url ?? '' });
    const fault = strike();
    const body = await buffer(incoming);
    if (fault === 'cutBefore') return void response.destroy();
    if (fault === 'status' || fault === 'page') return answerInstead(response, fault);
    if (fault === 'late') await delay(random.below(longestHoldMs));
    const [answer] = await Promise.all([
      forward(incoming, body),
      ...(fault === 'twice' ? [forward(incoming, body)] : []),
    ]);
    if (answer === null || answer === undefined || fault === 'cutAfter') return void response.destroy();
    if (fault === 'gatewayAfter') return void response.writeHead(502).end('bad gateway');
    if (fault === 'slow') return answerSlowly(response, answer);
    if (fault === 'stall') return answerHalf(response, answer, stallMs);
    if (fault === 'truncate') return answerHalf(response, answer, 5);
    const isHead = incoming.method === 'HEAD';
    const given =
      fault === 'garble' ? { ...answer, body: garbled(answer.body, telltale(incoming, answer), random) } : answer;
    head(response, given, isHead);
    response.end(isHead ? undefined : given.body);
  };

  const server = createServer((incoming, response) => {
    response.on('error', () => undefined);
    handle(incoming, response).catch(() => response.destroy());
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    if ([...faults].some(({ fault }) => fault === 'offline')) {
      struck.set('offline', (struck.get('offline') ?? 0) + 1);
      socket.resetAndDestroy();
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;

  return {
    url: `http://127.0.0.1:${port}`,
    struck,
    set: (fault, chance) => {
      const set = { fault, chance };
      faults.add(set);
      if (fault === 'offline') for (const socket of sockets) socket.resetAndDestroy();
      return () => faults.delete(set);
    },
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      agent.destroy();
      await closed;
    },
  };
};
