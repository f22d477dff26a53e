import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface ListenerOptions {
  /** 0 picks a free port, which is then kept for the listener's life. */
  readonly port: number;
  readonly host: string;
  /** Answers one request. `stopped` aborts when the server stops or goes offline. */
  handle(request: IncomingMessage, response: ServerResponse, stopped: AbortSignal): Promise<void>;
}

/** A real HTTP server that can be taken offline and come back on the same port. */
export interface Listener {
  /** Such as `http://127.0.0.1:8760`, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  readonly online: boolean;
  /** Stops listening and cuts every open connection; new ones are refused. */
  goOffline(): Promise<void>;
  goOnline(): Promise<void>;
  stop(): Promise<void>;
}

export async function startListener(options: ListenerOptions): Promise<Listener> {
  const sockets = new Set<Socket>();
  let stopped = new AbortController();
  let running = new Set<Promise<void>>();

  const server = createServer((request, response) => {
    const run = options.handle(request, response, stopped.signal).catch((error: unknown) => {
      if (response.headersSent || response.destroyed) response.destroy();
      else response.writeHead(500, { 'content-type': 'text/plain' }).end(`sandbox: ${String(error)}`);
    });
    running.add(run);
    void run.finally(() => running.delete(run));
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // A client that goes away is the normal case here, not a fault of the server.
    socket.on('error', () => {});
  });

  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, options.host, () => {
        server.off('error', reject);
        resolve();
      });
    });

  async function goOffline(): Promise<void> {
    if (!server.listening) return;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    stopped.abort();
    for (const socket of sockets) socket.destroy();
    await closed;
    await Promise.all(running);
    stopped = new AbortController();
    running = new Set();
  }

  await listen(options.port);
  const port = portOf(server.address());
  return {
    url: `http://${options.host}:${port}`,
    port,
    get online() {
      return server.listening;
    },
    goOffline,
    goOnline: () => (server.listening ? Promise.resolve() : listen(port)),
    stop: goOffline,
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the server listens on no TCP port');
  return address.port;
}
