import { Agent as HttpAgent, request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { stationLine } from '../../contract/station-lines/station-lines.ts';
import {
  AddressRefusedError,
  createGuardedLookup,
  isPublicAddress,
  type Resolver,
  systemResolver,
  urlComplaint,
} from './address-guard.ts';
import { NoAnswerError, RedirectError } from './transfer-failure.ts';
import type { TransferTimeouts } from './transfer-protocol.ts';

/** Answer of a source: status and headers are there, the body is still to be read. */
export interface SourceStream {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: IncomingMessage;
}

export interface SourceRequest {
  readonly url: string;
  readonly allowPrivateAddresses: boolean;
  readonly fromByte: number;
  readonly validator: string | null;
  /** Sent to the origin of `url` only. */
  readonly credentials: Readonly<Record<string, string>>;
  readonly timeouts: TransferTimeouts;
}

/** One request of those that redirects make of a SourceRequest. */
interface Hop extends SourceRequest {
  readonly at: URL;
}

const mostRedirects = 5;
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

const keptAlive = { keepAlive: true, maxFreeSockets: 16, timeout: 120_000 } as const;
const createWay = (lookup: LookupFunction) => ({
  http: new HttpAgent(keptAlive),
  https: new HttpsAgent(keptAlive),
  lookup,
});
type Way = ReturnType<typeof createWay>;

/**
 * Opens sources over kept connections. Node's own client and none of the comfortable ones: what lies in a transfer
 * thread's memory is walked through by every garbage collection, and each megabyte received brings the next one nearer.
 */
export class SourceClient {
  // A connection that was opened without the guard must never be used by a transfer that has it.
  readonly #guarded: Way;
  readonly #unguarded: Way;

  constructor(resolve: Resolver = systemResolver, isAllowed = isPublicAddress) {
    this.#guarded = createWay(createGuardedLookup(resolve, isAllowed));
    this.#unguarded = createWay(createGuardedLookup(resolve, () => true));
  }

  /** Resolves with the answer's headers, redirects followed; rejects when there is none. `signal` also ends the body. */
  async open(request: SourceRequest, signal: AbortSignal): Promise<SourceStream> {
    const way = request.allowPrivateAddresses ? this.#unguarded : this.#guarded;
    let hop: Hop = { ...request, at: new URL(request.url) };
    for (let hops = 0; ; hops += 1) {
      const body = await askAgainWhenStale(hop, way, signal);
      const target = redirectTarget(body, hop.at, request.allowPrivateAddresses);
      if (target === null) return { status: body.statusCode ?? 0, headers: body.headers, body };
      body.destroy();
      if (hops === mostRedirects) throw new RedirectError();
      // What has left its origin once may have been led back by another: it gets no credentials any more.
      const credentials = target.origin === hop.at.origin ? hop.credentials : {};
      hop = { ...hop, at: target, credentials };
    }
  }

  close(): void {
    for (const { http, https } of [this.#guarded, this.#unguarded]) {
      http.destroy();
      https.destroy();
    }
  }
}

/** Where an answer leads on to; null when it is an answer itself. Every hop is guarded like the first. */
const redirectTarget = (answer: IncomingMessage, from: URL, allowPrivateAddresses: boolean): URL | null => {
  const { location } = answer.headers;
  if (!redirects.has(answer.statusCode ?? 0) || location === undefined) return null;
  const target = URL.parse(location, from.href);
  const complaint = target === null ? stationLine('redirectNoUrl') : urlComplaint(target, allowPrivateAddresses);
  const downgraded = target?.protocol === 'http:' && from.protocol === 'https:';
  if (complaint === null && !downgraded) return target;
  answer.destroy();
  throw new AddressRefusedError(
    stationLine('fileRedirects', { host: from.host, cause: complaint ?? stationLine('redirectToHttp') }),
  );
};

/** A kept connection may have been closed by the other side just now: that says nothing about the source. */
const askAgainWhenStale = async (hop: Hop, way: Way, signal: AbortSignal): Promise<IncomingMessage> => {
  const first = ask(hop, way, signal);
  try {
    return await first.answered;
  } catch (error) {
    const closed = error instanceof Error && 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
    if (!closed || !first.sent.reusedSocket || signal.aborted) throw error;
    return ask(hop, way, signal).answered;
  }
};

/** Sends one request, with nothing to decode on the way back. */
const ask = ({ at, fromByte, validator, credentials, timeouts }: Hop, way: Way, signal: AbortSignal) => {
  const secure = at.protocol === 'https:';
  const sent = (secure ? httpsRequest : httpRequest)(at, {
    agent: secure ? way.https : way.http,
    lookup: way.lookup,
    signal,
    headers: {
      ...credentials,
      'user-agent': 'Platen',
      accept: '*/*',
      'accept-encoding': 'identity',
      ...(fromByte > 0 && validator !== null ? { range: `bytes=${fromByte}-`, 'if-range': validator } : {}),
    },
  });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    const giveUp = (missing: 'connection' | 'answer'): void => void sent.destroy(new NoAnswerError(missing));
    let timer = setTimeout(giveUp, timeouts.connectMs, 'connection');
    sent.on('socket', (socket) => {
      const connected = (): void => {
        clearTimeout(timer);
        timer = setTimeout(giveUp, timeouts.responseMs, 'answer');
      };
      if (socket.connecting) socket.once(secure ? 'secureConnect' : 'connect', connected);
      else connected();
    });
    sent.on('error', reject);
    sent.on('close', () => {
      clearTimeout(timer);
      // A server that wants to speak something else (101) ends the request without an answer and without an error.
      reject(Object.assign(new Error('closed without an answer'), { code: 'ECONNRESET' }));
    });
    sent.on('response', (answer) => {
      clearTimeout(timer);
      // Stays on: an error that comes while nobody reads must not end the thread; whoever reads gets it too.
      answer.on('error', () => undefined);
      resolve(answer);
    });
    sent.end();
  });
  return { sent, answered };
};
