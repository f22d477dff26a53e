import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer, Server as HttpsServer } from 'node:https';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { z } from 'zod';
import { slug } from '../../contract/values.ts';
import type { Clock } from '../ports/clock.ts';
import { errorText, type Logger } from '../ports/logger.ts';
import { answerMalformed } from './answer-malformed.ts';
import { type BodyBudget, type BodyRead, BodyReader } from './body-reader.ts';
import type { IntakeAnswer, IntakeRequest } from './intake-answer.ts';
import type { Certificate } from './intake-certificate.ts';
import type { IntakeConnection } from './intake-connection.ts';
import { type IntakeRoute, intakeRoutes } from './intake-routes.ts';
import { OpenConnections } from './open-connections.ts';
import { RefusalLog } from './refusal-log.ts';
import { defaultWrongKeyLimit, type WrongKeyLimit, WrongKeys } from './wrong-keys.ts';

/** A request that was not taken, without anything of its body or its path. */
export interface Refusal {
  readonly connection: string | null;
  readonly status: number;
  readonly reason: string;
}

export interface IntakeServerDeps {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Speaks TLS with it; null for plain HTTP. */
  readonly certificate?: Certificate | null;
  /** Default 5 MB. */
  readonly bodyLimitBytes?: number;
  /** Open at once; default 1,000. Beyond that the oldest that brought nothing is ended for each new one. */
  readonly mostConnections?: number;
  /** Default 256 bodies of 64 MB together; beyond that a sender is asked to come again. */
  readonly bodyBudget?: BodyBudget;
  readonly wrongKeyLimit?: WrongKeyLimit;
  readonly connections: { find(id: string): IntakeConnection | null };
  health(): Promise<Record<string, unknown>>;
  readonly clock: Clock;
  readonly logger: Logger;
  onRefused?(refusal: Refusal): void;
}

export interface IntakeServer {
  /** Listens when it resolves, and says where; rejects when the port cannot be had. */
  start(): Promise<{ readonly host: string; readonly port: number }>;
  /** Shows this certificate from the next connection on; without one at the start it changes nothing. */
  renewCertificate(certificate: Certificate): void;
  /** Takes nothing new, lets what is being stored finish, and closes every connection. */
  stop(): Promise<void>;
}

const defaultBodyLimitBytes = 5_000_000;
const defaultBodyBudget: BodyBudget = { bodies: 256, bytes: 64_000_000 };
/** How long the headers, and then the whole request, may take to arrive. */
const headersTimeoutMs = 10_000;
const requestTimeoutMs = 60_000;
/** Longer than the sixty seconds for which many senders keep a connection. */
const keepAliveTimeoutMs = 65_000;
const defaultMostConnections = 1_000;
/** How long `stop` waits for requests on their way. */
const stopGraceMs = 5_000;
const retryAfterSeconds = 2;

const timeouts = {
  headersTimeout: headersTimeoutMs,
  requestTimeout: requestTimeoutMs,
  keepAliveTimeout: keepAliveTimeoutMs,
  connectionsCheckingInterval: 5_000,
} as const;
const tlsOptions = { ...timeouts, minVersion: 'TLSv1.2', handshakeTimeout: headersTimeoutMs } as const;

/** What those answer who judge a request, when what it should prove itself with is wrong: a key, or a job's nonce. */
const provesNothing: ReadonlySet<number> = new Set([401, 404]);

const brokenHere = 'something went wrong here, send it again';

const refusalOfBody: Readonly<Record<Exclude<BodyRead['kind'], 'body'>, readonly [number, string]>> = {
  tooLarge: [413, 'the body is too large'],
  busy: [503, 'too many orders at once, send it again'],
  aborted: [400, 'the connection was closed before the body was complete'],
};

const pathParts = z.record(z.string(), z.string());

const say = (reply: FastifyReply, status: number, line: string): FastifyReply =>
  reply.code(status).type('text/plain; charset=utf-8').send(`${line}\n`);

class FastifyIntakeServer implements IntakeServer {
  readonly #deps: IntakeServerDeps;
  readonly #bodies: BodyReader;
  readonly #connections: OpenConnections;
  readonly #wrongKeys: WrongKeys;
  readonly #refusalLog: RefusalLog;
  readonly #server: FastifyInstance;
  #started: Promise<{ readonly host: string; readonly port: number }> | null = null;
  #stopped: Promise<void> | null = null;

  constructor(deps: IntakeServerDeps) {
    this.#deps = deps;
    this.#bodies = new BodyReader(deps.bodyLimitBytes ?? defaultBodyLimitBytes, deps.bodyBudget ?? defaultBodyBudget);
    this.#connections = new OpenConnections(deps.mostConnections ?? defaultMostConnections);
    this.#wrongKeys = new WrongKeys(deps.wrongKeyLimit ?? defaultWrongKeyLimit, deps.clock);
    this.#refusalLog = new RefusalLog(deps);
    this.#server = this.#build();
  }

  start(): Promise<{ readonly host: string; readonly port: number }> {
    this.#started ??= this.#listen();
    return this.#started;
  }

  renewCertificate(certificate: Certificate): void {
    const { server } = this.#server;
    if (server instanceof HttpsServer) server.setSecureContext({ ...tlsOptions, ...certificate });
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#close();
    return this.#stopped;
  }

  async #listen(): Promise<{ readonly host: string; readonly port: number }> {
    const { host, port } = this.#deps;
    await this.#server.listen({ host, port });
    const address = this.#server.server.address();
    return typeof address === 'object' && address !== null ? { host, port: address.port } : { host, port };
  }

  async #close(): Promise<void> {
    await this.#started?.catch(() => undefined);
    const impatience = setTimeout(() => this.#server.server.closeAllConnections(), stopGraceMs);
    await this.#server.close();
    clearTimeout(impatience);
    this.#refusalLog.stop();
  }

  #build(): FastifyInstance {
    const server = fastify({
      logger: false,
      bodyLimit: this.#deps.bodyLimitBytes ?? defaultBodyLimitBytes,
      serverFactory: (handler) => {
        const { certificate } = this.#deps;
        const made =
          certificate === null || certificate === undefined
            ? createHttpServer(timeouts, handler)
            : createHttpsServer({ ...tlsOptions, ...certificate }, handler);
        return made.setTimeout(requestTimeoutMs * 2);
      },
      forceCloseConnections: 'idle',
      // A request that still comes in while the server closes is answered like any other: the store decides.
      return503OnClosing: false,
      exposeHeadRoutes: false,
      clientErrorHandler: answerMalformed,
      frameworkErrors: (_error, request, reply) => {
        this.#refuse(request, reply, null, 404, 'there is nothing here');
      },
    });
    server.server.on('connection', (socket) => this.#connections.admit(socket));
    server.removeAllContentTypeParsers();
    // Bodies are read by `BodyReader`, and only where one is wanted.
    server.addContentTypeParser('*', (_request, _payload, done) => done(null));
    server.setNotFoundHandler((request, reply) => this.#refuse(request, reply, null, 404, 'there is nothing here'));
    server.setErrorHandler((error, request, reply) => {
      this.#refusalLog.note('broken', request.ip, () => this.#deps.logger.error(`intake: ${errorText(error)}`));
      return this.#refuse(request, reply, null, 500, brokenHere);
    });
    server.get('/health', async (_request, reply) => reply.send(await this.#deps.health()));
    for (const route of intakeRoutes) this.#addRoute(server, route);
    return server;
  }

  /** Requests are answered before the framework looks at the Content-Type: the body itself says what it is. */
  #addRoute(server: FastifyInstance, route: IntakeRoute): void {
    const { url, purpose } = route;
    server.post(url, { onRequest: (request, reply) => this.#post(request, reply, route) }, () => undefined);
    server.route({
      method: server.supportedMethods.filter((method) => method !== 'POST'),
      url,
      onRequest: async (request, reply) =>
        this.#refuse(request, reply.header('allow', 'POST'), connectionOf(request), 405, purpose),
      handler: () => undefined,
    });
  }

  async #post(request: FastifyRequest, reply: FastifyReply, route: IntakeRoute): Promise<FastifyReply> {
    const id = connectionOf(request);
    const connection = id === null ? null : this.#deps.connections.find(id);
    if (connection === null) return this.#refuse(request, reply, id, 404, 'there is no such connection');
    const take = route.taker(connection, pathPart(request, 'nonce'));
    if (take === null) return this.#refuse(request, reply, id, 404, 'this connection takes nothing here');
    const judged = (body: Buffer): Promise<IntakeAnswer> =>
      this.#connections.whileJudged(request.raw.socket, () => take(asIntakeRequest(request, body)));
    return this.#bodies.withBody(request.raw, async (read) => {
      if (read.kind !== 'body') {
        const [status, line] = refusalOfBody[read.kind];
        return this.#refuse(request, reply, id, status, line);
      }
      try {
        return this.#answer(request, reply, id, await judged(read.body));
      } catch (error) {
        // A reader's own words may quote the body, so only their kind is written down.
        const kind = error instanceof Error ? error.name : typeof error;
        this.#refusalLog.note('could not be judged', request.ip, () =>
          this.#deps.logger.error(`intake: a request could not be judged: ${kind}`, { connection: id }),
        );
        return this.#refuse(request, reply, id, 500, brokenHere);
      }
    });
  }

  #answer(request: FastifyRequest, reply: FastifyReply, id: string | null, answer: IntakeAnswer): FastifyReply {
    if (answer.kind === 'accepted' || answer.kind === 'handedOver') this.#connections.trust(request.raw.socket);
    if (answer.kind === 'accepted') return say(reply, 200, answer.line);
    if (answer.kind === 'handedOver') return reply.code(202).send({ orders: answer.orders });
    if (answer.kind === 'refused' && provesNothing.has(answer.status)) {
      const verdict = this.#wrongKeys.note(request.ip);
      if (verdict.kind === 'tooMany') return this.#turnAway(request, reply, id, verdict);
    }
    if (answer.kind === 'refused') return this.#refuse(request, reply, id, answer.status, answer.line);
    this.#refusalLog.note('nothing was stored', request.ip, () =>
      this.#deps.logger.error(`intake: nothing was stored: ${errorText(answer.cause)}`, { connection: id }),
    );
    return this.#refuse(request, reply, id, 503, answer.line);
  }

  /** For the rest of a minute: each further try costs its sender a connection. */
  #turnAway(
    request: FastifyRequest,
    reply: FastifyReply,
    connection: string | null,
    { retryAfterSeconds }: { readonly retryAfterSeconds: number },
  ): FastifyReply {
    const answer = reply.header('retry-after', String(retryAfterSeconds)).header('connection', 'close');
    return this.#refuse(request, answer, connection, 429, 'too many wrong keys');
  }

  #refuse(request: FastifyRequest, reply: FastifyReply, connection: string | null, status: number, reason: string) {
    this.#refusalLog.note(`refused with ${status}`, request.ip, () =>
      this.#deps.logger.warn(`intake: refused: ${reason}`, {
        connection,
        status,
        method: request.method,
        // Whom to keep out; of others it is nobody's business.
        ...(status === 429 ? { address: request.ip } : {}),
      }),
    );
    this.#deps.onRefused?.({ connection, status, reason });
    if (status === 503) reply.header('retry-after', String(retryAfterSeconds));
    return say(reply, status, reason);
  }
}

/** A part of the path by its name in the route; empty where it has none. */
const pathPart = ({ params }: FastifyRequest, name: string): string => pathParts.safeParse(params).data?.[name] ?? '';

/** The connection that the path names; null when it cannot be the name of one. */
const connectionOf = (request: FastifyRequest): string | null =>
  slug.safeParse(pathPart(request, 'connection')).data ?? null;

const asIntakeRequest = ({ headers }: FastifyRequest, body: Buffer): IntakeRequest => ({
  body,
  contentType: headers['content-type'] ?? '',
  header: (name) => {
    const value = headers[name];
    return typeof value === 'string' ? value : null;
  },
});

/**
 * The HTTP server that platforms and the shop's backend post to. It answers 2xx only for what is stored, and writes
 * down no path: one may hold a job's nonce.
 */
export const createIntakeServer = (deps: IntakeServerDeps): IntakeServer => new FastifyIntakeServer(deps);
