import type { Socket } from 'node:net';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { slug } from '../../contract/values.ts';
import { errorText, type Logger } from '../ports/logger.ts';
import { type BodyBudget, type BodyRead, BodyReader } from './body-reader.ts';
import { type IntakeConnection, takeIn } from './order-intake.ts';

/** A request that was not taken, without anything of its body. */
export interface Refusal {
  readonly connection: string | null;
  readonly status: number;
  readonly reason: string;
}

export interface IntakeServerDeps {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Default 5 MB. */
  readonly bodyLimitBytes?: number;
  /** Default 256 bodies of 64 MB together; beyond that a sender is asked to come again. */
  readonly bodyBudget?: BodyBudget;
  readonly connections: { find(id: string): IntakeConnection | null };
  health(): Promise<Record<string, unknown>>;
  readonly logger: Logger;
  onRefused?(refusal: Refusal): void;
}

export interface IntakeServer {
  /** Listens when it resolves, and says where; rejects when the port cannot be had. */
  start(): Promise<{ readonly host: string; readonly port: number }>;
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
const mostConnections = 1_000;
/** How long `stop` waits for requests on their way. */
const stopGraceMs = 5_000;
const retryAfterSeconds = 2;

const refusalOfBody: Readonly<Record<Exclude<BodyRead['kind'], 'body'>, readonly [number, string]>> = {
  tooLarge: [413, 'the body is too large'],
  busy: [503, 'too many orders at once, send it again'],
  aborted: [400, 'the connection was closed before the body was complete'],
};

/** What Node says to a request that is none, in the one line that every answer has. */
const answerMalformed = (error: Error & { readonly code?: string }, socket: Socket): void => {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const [status, line] =
    error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
      ? ['408 Request Timeout', 'the request took too long']
      : error.code === 'HPE_HEADER_OVERFLOW'
        ? ['431 Request Header Fields Too Large', 'the headers are too large']
        : ['400 Bad Request', 'this is not an HTTP request'];
  const head = `HTTP/1.1 ${status}\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close`;
  socket.end(`${head}\r\nContent-Length: ${line.length + 1}\r\n\r\n${line}\n`);
};

const say = (reply: FastifyReply, status: number, line: string): FastifyReply =>
  reply.code(status).type('text/plain; charset=utf-8').send(`${line}\n`);

class FastifyIntakeServer implements IntakeServer {
  readonly #deps: IntakeServerDeps;
  readonly #bodies: BodyReader;
  readonly #server: FastifyInstance;
  #started: Promise<{ readonly host: string; readonly port: number }> | null = null;
  #stopped: Promise<void> | null = null;

  constructor(deps: IntakeServerDeps) {
    this.#deps = deps;
    this.#bodies = new BodyReader(deps.bodyLimitBytes ?? defaultBodyLimitBytes, deps.bodyBudget ?? defaultBodyBudget);
    this.#server = this.#build();
  }

  start(): Promise<{ readonly host: string; readonly port: number }> {
    this.#started ??= this.#listen();
    return this.#started;
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
  }

  #build(): FastifyInstance {
    const server = fastify({
      logger: false,
      bodyLimit: this.#deps.bodyLimitBytes ?? defaultBodyLimitBytes,
      requestTimeout: requestTimeoutMs,
      connectionTimeout: requestTimeoutMs * 2,
      keepAliveTimeout: keepAliveTimeoutMs,
      http: { headersTimeout: headersTimeoutMs, connectionsCheckingInterval: 5_000 },
      forceCloseConnections: 'idle',
      // A request that still comes in while the server closes is answered like any other: the store decides.
      return503OnClosing: false,
      exposeHeadRoutes: false,
      clientErrorHandler: answerMalformed,
      frameworkErrors: (_error, request, reply) => {
        this.#refuse(request, reply, null, 404, 'there is nothing here');
      },
    });
    server.server.maxConnections = mostConnections;
    server.removeAllContentTypeParsers();
    // Bodies are read by `BodyReader`, and only where one is wanted.
    server.addContentTypeParser('*', (_request, _payload, done) => done(null));
    server.setNotFoundHandler((request, reply) => this.#refuse(request, reply, null, 404, 'there is nothing here'));
    server.setErrorHandler((error, request, reply) => {
      this.#deps.logger.error(`intake: ${errorText(error)}`);
      return this.#refuse(request, reply, null, 500, 'something went wrong here, send it again');
    });
    server.get('/health', async (_request, reply) => reply.send(await this.#deps.health()));
    const inbox = '/in/:connection';
    // Answered before the framework looks at the Content-Type: the document itself says what it is.
    server.post(inbox, { onRequest: (request, reply) => this.#post(request, reply) }, () => undefined);
    server.route({
      method: ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
      url: inbox,
      onRequest: async (request, reply) =>
        this.#refuse(request, reply.header('allow', 'POST'), connectionOf(request), 405, 'post order documents here'),
      handler: () => undefined,
    });
    return server;
  }

  async #post(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const id = connectionOf(request);
    const connection = id === null ? null : this.#deps.connections.find(id);
    if (connection === null) return this.#refuse(request, reply, id, 404, 'there is no such connection');
    return this.#bodies.withBody(request.raw, async (read) => {
      if (read.kind !== 'body') {
        const [status, line] = refusalOfBody[read.kind];
        return this.#refuse(request, reply, id, status, line);
      }
      const answer = await takeIn(connection, read.body, request.headers['content-type'] ?? '');
      if (answer.kind === 'accepted') return say(reply, 200, answer.line);
      if (answer.kind === 'refused') return this.#refuse(request, reply, id, answer.status, answer.line);
      this.#deps.logger.error(`intake: an order could not be stored: ${errorText(answer.cause)}`, { connection: id });
      return this.#refuse(request, reply, id, 503, answer.line);
    });
  }

  #refuse(request: FastifyRequest, reply: FastifyReply, connection: string | null, status: number, reason: string) {
    this.#deps.logger.warn(`intake: refused: ${reason}`, { connection, status, method: request.method });
    this.#deps.onRefused?.({ connection, status, reason });
    if (status === 503) reply.header('retry-after', String(retryAfterSeconds));
    return say(reply, status, reason);
  }
}

/** The connection that the path names; null when it cannot be the name of one. */
const connectionOf = (request: FastifyRequest): string | null => {
  const { params } = request;
  const name = typeof params === 'object' && params !== null && 'connection' in params ? params.connection : null;
  return slug.safeParse(name).data ?? null;
};

/** The HTTP server that platforms post their orders to. It answers 200 only for what is stored. */
export const createIntakeServer = (deps: IntakeServerDeps): IntakeServer => new FastifyIntakeServer(deps);
