import type { IncomingMessage } from 'node:http';

/** The memory that bodies on their way may take together. */
export interface BodyBudget {
  readonly bodies: number;
  readonly bytes: number;
}

export type BodyRead =
  | { readonly kind: 'body'; readonly body: Buffer }
  | { readonly kind: 'tooLarge' | 'busy' | 'aborted' };

/** Reads request bodies within a limit for each and a budget for all; what is not read is left to the connection. */
export class BodyReader {
  readonly #limitBytes: number;
  readonly #budget: BodyBudget;
  #bodies = 0;
  #bytes = 0;

  constructor(limitBytes: number, budget: BodyBudget) {
    this.#limitBytes = limitBytes;
    this.#budget = budget;
  }

  /** Reads the body and calls `use` with it; its memory counts until `use` is done. */
  async withBody<Result>(request: IncomingMessage, use: (read: BodyRead) => Promise<Result>): Promise<Result> {
    if (Number(request.headers['content-length'] ?? 0) > this.#limitBytes) return use({ kind: 'tooLarge' });
    if (this.#bodies >= this.#budget.bodies) return use({ kind: 'busy' });
    this.#bodies += 1;
    const held = { bytes: 0 };
    try {
      return await use(await this.#read(request, held));
    } finally {
      this.#bodies -= 1;
      this.#bytes -= held.bytes;
    }
  }

  #read(request: IncomingMessage, held: { bytes: number }): Promise<BodyRead> {
    return new Promise((resolve) => {
      const chunks: Buffer[] = [];
      const finish = (read: BodyRead): void => {
        request.off('data', onData).off('end', onEnd).off('error', onGone).off('close', onGone);
        // The rest flows away unread, so that the sender can finish and see the answer.
        if (read.kind !== 'body') request.on('error', () => undefined).resume();
        resolve(read);
      };
      const onData = (chunk: Buffer): void => {
        held.bytes += chunk.length;
        this.#bytes += chunk.length;
        if (held.bytes > this.#limitBytes) finish({ kind: 'tooLarge' });
        else if (this.#bytes > this.#budget.bytes) finish({ kind: 'busy' });
        else chunks.push(chunk);
      };
      const onEnd = (): void => {
        const [only] = chunks;
        finish({ kind: 'body', body: chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks) });
      };
      const onGone = (): void => finish({ kind: 'aborted' });
      request.on('data', onData).once('end', onEnd).once('error', onGone).once('close', onGone);
    });
  }
}
