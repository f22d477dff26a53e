import type { Wire } from './wire.ts';

class MemoryEnd implements Wire {
  #listeners = new Set<(message: string) => void>();
  #closeListeners = new Set<() => void>();
  #peer: MemoryEnd | null = null;

  static pair(): readonly [MemoryEnd, MemoryEnd] {
    const left = new MemoryEnd();
    const right = new MemoryEnd();
    left.#peer = right;
    right.#peer = left;
    return [left, right];
  }

  send(message: string): void {
    const peer = this.#peer;
    if (peer === null) return;
    // Later, as every real wire does, so that no caller can depend on an answer within its own turn.
    void Promise.resolve().then(() => {
      for (const listener of peer.#listeners) listener(message);
    });
  }

  onMessage(listener: (message: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  onClose(listener: () => void): () => void {
    this.#closeListeners.add(listener);
    return () => this.#closeListeners.delete(listener);
  }

  close(): void {
    const peer = this.#peer;
    if (peer === null) return;
    this.#peer = null;
    for (const listener of this.#closeListeners) listener();
    peer.close();
  }
}

/** Two ends of one wire inside a process: for tests, and for a host that lives in the station's own process. */
export const createMemoryWires = (): {
  readonly client: Wire & { close(): void };
  readonly station: Wire & { close(): void };
} => {
  const [client, station] = MemoryEnd.pair();
  return { client, station };
};
