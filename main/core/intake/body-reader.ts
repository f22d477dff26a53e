import type { IncomingMessage } from 'node:http';

/** The memory that bodies on their way may take together. */
export interface BodyBudget {
  readonly bodies: number;
  readonly bytes: number;
}

export type BodyRead =
  | { readonly kind: 'body'; readonly body: Buffer }
  | { readonly kind: 'tooLarge' | 'busy' | 'aborted' };

/** So much of a body that is refused may still flow by, so that its sender can finish and see the answer. */
const mostUnreadBytes = 64_000_000;

/** A body that is still coming. */
interface ComingBody {
  bytes: number;
  giveUp(): void;
}

/**
 * Reads request bodies within a limit for each and a budget for all. Who comes when the budget is used up takes the
 * place of whoever has kept one for the longest without an end: an order takes milliseconds.
 */
export class BodyReader {
  readonly #limitBytes: number;
  readonly #budget: BodyBudget;
  /** Oldest first. */
  readonly #coming = new Set<ComingBody>();
  #bodies = 0;
  #bytes = 0;

  constructor(limitBytes: number, budget: BodyBudget) {
    this.#limitBytes = limitBytes;
    this.#budget = budget;
  }

  /** Reads the body and calls `use` with it; its memory counts until `use` is done. */
  async withBody<Result>(request: IncomingMessage, use: (read: BodyRead) => Promise<Result>): Promise<Result> {
    if (Number(request.headers['content-length'] ?? 0) > this.#limitBytes) {
      letFlowBy(request);
      return use({ kind: 'tooLarge' });
    }
    if (this.#bodies >= this.#budget.bodies && !this.#endOldest()) {
      letFlowBy(request);
      return use({ kind: 'busy' });
    }
    this.#bodies += 1;
    const held: ComingBody = { bytes: 0, giveUp: () => undefined };
    try {
      return await use(await this.#read(request, held));
    } finally {
      this.#bodies -= 1;
      this.#bytes -= held.bytes;
    }
  }

  #read(request: IncomingMessage, held: ComingBody): Promise<BodyRead> {
    return new Promise((resolve) => {
      let chunks: Buffer[] = [];
      const finish = (read: BodyRead): void => {
        this.#coming.delete(held);
        request.off('data', onData).off('end', onEnd).off('error', onGone).off('close', onGone);
        if (read.kind !== 'body') {
          this.#bytes -= held.bytes;
          held.bytes = 0;
          chunks = [];
          letFlowBy(request);
        }
        resolve(read);
      };
      const onData = (chunk: Buffer): void => {
        held.bytes += chunk.length;
        this.#bytes += chunk.length;
        chunks.push(chunk);
        if (held.bytes > this.#limitBytes) finish({ kind: 'tooLarge' });
        // The oldest may be this very one.
        else while (this.#bytes > this.#budget.bytes && this.#endOldest());
      };
      const onEnd = (): void => {
        const [only] = chunks;
        finish({ kind: 'body', body: chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks) });
      };
      const onGone = (): void => finish({ kind: 'aborted' });
      held.giveUp = () => finish({ kind: 'busy' });
      this.#coming.add(held);
      request.on('data', onData).once('end', onEnd).once('error', onGone).once('close', onGone);
    });
  }

  /** False when none is still coming: all are being stored. */
  #endOldest(): boolean {
    const [oldest] = this.#coming;
    oldest?.giveUp();
    return oldest !== undefined;
  }
}

/** Lets what is left of a body go unread; one without an end is cut. */
const letFlowBy = (request: IncomingMessage): void => {
  let bytes = 0;
  request
    .on('error', () => undefined)
    .on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > mostUnreadBytes) request.destroy();
    });
};
