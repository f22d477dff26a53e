import { Agent as HttpAgent, type IncomingHttpHeaders } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { LookupFunction } from 'node:net';
import got, { type Request } from 'got';
import {
  AddressRefusedError,
  createGuardedLookup,
  type Resolver,
  systemResolver,
  urlComplaint,
} from './address-guard.ts';
import type { TransferTimeouts } from './transfer-protocol.ts';

/** Answer of a source: status and headers are there, the body is still to be read from `body`. */
export interface SourceStream {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The host that answered, after redirects. */
  readonly host: string;
  readonly body: Request;
}

export interface SourceRequest {
  readonly url: string;
  readonly allowPrivateAddresses: boolean;
  readonly fromByte: number;
  readonly validator: string | null;
  readonly timeouts: TransferTimeouts;
}

const mostRedirects = 5;

const keptAlive = { keepAlive: true, maxFreeSockets: 16, timeout: 120_000 } as const;
const createWay = (lookup: LookupFunction) => ({
  agent: { http: new HttpAgent(keptAlive), https: new HttpsAgent(keptAlive) },
  lookup,
});

/** Opens sources over kept connections. */
export class SourceClient {
  // A connection that was opened without the guard must never be used by a transfer that has it.
  readonly #guarded: ReturnType<typeof createWay>;
  readonly #unguarded: ReturnType<typeof createWay>;

  constructor(resolve: Resolver = systemResolver) {
    this.#guarded = createWay(createGuardedLookup(resolve));
    this.#unguarded = createWay(createGuardedLookup(resolve, () => true));
  }

  /** Resolves with the answer's headers; rejects when there is none. `signal` also ends the reading of the body. */
  async open(request: SourceRequest, signal: AbortSignal): Promise<SourceStream> {
    const first = this.#ask(request, signal);
    try {
      return await first.answered;
    } catch (error) {
      // A kept connection may have been closed by the other side just now: that says nothing about the source.
      if (!first.wasStale(error) || signal.aborted) throw error;
      return this.#ask(request, signal).answered;
    }
  }

  close(): void {
    for (const { agent } of [this.#guarded, this.#unguarded]) {
      agent.http.destroy();
      agent.https.destroy();
    }
  }

  #ask(request: SourceRequest, signal: AbortSignal) {
    const { allowPrivateAddresses, fromByte, validator, timeouts } = request;
    const { agent, lookup } = allowPrivateAddresses ? this.#unguarded : this.#guarded;
    const body = got.stream(request.url, {
      agent,
      dnsLookup: lookup,
      decompress: false,
      followRedirect: true,
      maxRedirects: mostRedirects,
      retry: { limit: 0 },
      throwHttpErrors: false,
      signal,
      headers: {
        'user-agent': 'Platen',
        accept: '*/*',
        'accept-encoding': 'identity',
        ...(fromByte > 0 && validator !== null ? { range: `bytes=${fromByte}-`, 'if-range': validator } : {}),
      },
      timeout: {
        lookup: timeouts.connectMs,
        connect: timeouts.connectMs,
        secureConnect: timeouts.connectMs,
        response: timeouts.responseMs,
      },
      hooks: {
        beforeRedirect: [
          ({ url }, from) => {
            const target = new URL(url ?? '');
            const complaint = urlComplaint(target, allowPrivateAddresses);
            if (complaint !== null) throw new AddressRefusedError(`redirected: ${complaint}`);
            if (target.protocol === 'http:' && new URL(from.url).protocol === 'https:') {
              throw new AddressRefusedError(`redirected from https to http at ${target.host}`);
            }
          },
        ],
      },
    });
    let reused = false;
    body.on('request', (sent) => {
      reused = sent.reusedSocket;
    });
    const answered = new Promise<SourceStream>((resolve, reject) => {
      // Stays on: an error that comes while nobody reads the body must not end the thread; whoever reads gets it too.
      body.on('error', reject);
      body.once('response', (response: { statusCode: number; headers: IncomingHttpHeaders; url: string }) => {
        const { statusCode: status, headers, url } = response;
        resolve({ status, headers, host: new URL(url).host, body });
      });
    });
    const wasStale = (error: unknown): boolean =>
      reused && error instanceof Error && 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
    return { answered, wasStale };
  }
}
