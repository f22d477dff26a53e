import type { Socket } from 'node:net';

interface OpenConnection {
  readonly socket: Socket;
  /** Something that came over it was stored. */
  isTrusted: boolean;
  /** Requests over it that have come whole and are not yet answered. */
  judged: number;
}

/** The same for the bare connection and for the TLS over it. */
const nameOf = ({ remoteAddress, remotePort }: Socket): string => `${remoteAddress} ${remotePort}`;

/**
 * The connections of a server that anybody can open some to. When there are too many, a new one is not turned away, as
 * it may bring an order: the oldest that never brought anything is ended in its place. No address is limited by itself,
 * because behind a proxy all senders have the same one.
 */
export class OpenConnections {
  readonly #most: number;
  /** Oldest first. */
  readonly #open = new Map<string, OpenConnection>();

  constructor(most: number) {
    this.#most = most;
  }

  admit(socket: Socket): void {
    const name = nameOf(socket);
    if (this.#open.size >= this.#most) {
      const oldest = this.#oldestStranger();
      if (oldest === null) {
        socket.destroy();
        return;
      }
      // Its name goes with its end: a socket that is destroyed has no address any more.
      this.#open.delete(nameOf(oldest));
      // Reset, so that nothing of it is kept for the minute in which an end in good order lingers.
      oldest.resetAndDestroy();
    }
    const connection: OpenConnection = { socket, isTrusted: false, judged: 0 };
    this.#open.set(name, connection);
    socket.once('close', () => {
      if (this.#open.get(name) === connection) this.#open.delete(name);
    });
  }

  /** Keeps the connection while what came over it is judged and stored. */
  async whileJudged<Result>(socket: Socket, judge: () => Promise<Result>): Promise<Result> {
    const connection = this.#open.get(nameOf(socket));
    if (connection === undefined) return judge();
    connection.judged += 1;
    try {
      return await judge();
    } finally {
      connection.judged -= 1;
    }
  }

  /** What came over it was stored. */
  trust(socket: Socket): void {
    const connection = this.#open.get(nameOf(socket));
    if (connection !== undefined) connection.isTrusted = true;
  }

  /** Of those that never brought anything, and bring nothing right now. */
  #oldestStranger(): Socket | null {
    for (const { socket, isTrusted, judged } of this.#open.values()) if (!isTrusted && judged === 0) return socket;
    return null;
  }
}
