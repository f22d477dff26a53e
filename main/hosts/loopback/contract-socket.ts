import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { ContractServer } from '../../contract/server.ts';
import { longestMessage } from '../../contract/wire.ts';
import type { Clock } from '../../core/ports/clock.ts';
import { errorText, type Logger } from '../../core/ports/logger.ts';
import { startHeartbeat } from './heartbeat.ts';
import { createWebSocketWire } from './web-socket-wire.ts';

const maxClients = 64;
const goingAway = 1001;
/** How long a client has to say goodbye. */
const farewellMs = 1000;

type WireServer = Pick<ContractServer, 'serve'>;

export interface ContractSocketDeps {
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The WebSocket side of the loopback host: each client speaks the contract over a wire of its own. */
export class ContractSocket {
  readonly #deps: ContractSocketDeps;
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: longestMessage, perMessageDeflate: false });

  constructor(deps: ContractSocketDeps) {
    this.#deps = deps;
  }

  /** Takes over a connection that has passed all checks. `by` is who its calls are written down as. */
  accept(request: IncomingMessage, connection: Duplex, head: Buffer, by: string, server: WireServer): void {
    if (this.#sockets.clients.size >= maxClients) refuseUpgrade(connection, 503, 'too many clients');
    else this.#sockets.handleUpgrade(request, connection, head, (socket) => this.#serve(socket, by, server));
  }

  async stop(): Promise<void> {
    const open = [...this.#sockets.clients];
    await Promise.all(open.map((socket) => sayGoodbye(socket)));
  }

  #serve(socket: WebSocket, by: string, server: WireServer): void {
    socket.on('error', (error) => this.#deps.logger.warn('a client connection failed', { cause: errorText(error) }));
    startHeartbeat(socket, this.#deps.clock);
    server.serve(createWebSocketWire(socket), { by });
  }
}

const sayGoodbye = (socket: WebSocket): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => socket.terminate(), farewellMs);
    socket.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
    socket.close(goingAway, 'the station stops');
  });

/** Answers a request for a WebSocket with one plain line instead. */
export const refuseUpgrade = (connection: Duplex, status: number, line: string): void => {
  const body = `${line}\n`;
  connection.on('error', () => undefined); // It may be gone already: there is nobody left to tell.
  connection.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Refused'}\r\nConnection: close\r\nContent-Type: text/plain\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    () => connection.destroy(),
  );
};
