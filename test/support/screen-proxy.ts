import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A line between a browser and a station that a test can cut, freeze and mend. */
export interface ScreenProxy {
  readonly port: number;
  /** Where the line leads; set before the first connection. */
  leadTo(port: number): void;
  /** Breaks every connection and refuses new ones. */
  cut(): Promise<void>;
  /** Keeps the connections and carries nothing any more, as a machine that sleeps. */
  freeze(): void;
  /** Carries everything again. */
  mend(): Promise<void>;
  close(): Promise<void>;
}

export const openScreenProxy = async (): Promise<ScreenProxy> => {
  const sockets = new Set<Socket>();
  let target = 0;
  let frozen = false;
  const server = createServer((browser) => {
    const station = connect(target, '127.0.0.1');
    for (const [from, to] of [
      [browser, station],
      [station, browser],
    ] as const) {
      sockets.add(from);
      // Whoever breaks off breaks the other side, too.
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
      from.on('data', (chunk) => {
        if (!frozen) to.write(chunk);
      });
    }
  });
  const listen = async (port: number): Promise<number> => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    return address === null || typeof address === 'string' ? 0 : address.port;
  };
  const port = await listen(0);
  const cut = async (): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return {
    port,
    leadTo: (stationPort) => {
      target = stationPort;
    },
    cut,
    freeze: () => {
      frozen = true;
    },
    mend: async () => {
      frozen = false;
      if (!server.listening) await listen(port);
    },
    close: cut,
  };
};
