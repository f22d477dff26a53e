interface ScanQueueDeps {
  /** Never rejects. */
  readonly handle: (code: string) => Promise<void>;
  /** False while nobody would see what a scan leads to, such as behind an open dialog. */
  readonly mayHandle: () => boolean;
  readonly onWaiting: (waiting: number) => void;
}

/** A trigger that is held, or a hand that hesitates, reads a code several times: within so long it counts once. */
const sameCodeWithinMs = 1_000;

/** Scans in the order in which they came, one at a time: none is lost while another one is answered. */
export class ScanQueue {
  readonly #deps: ScanQueueDeps;
  readonly #codes: string[] = [];
  #handling = false;
  #last: { readonly code: string; readonly atMs: number } | null = null;

  constructor(deps: ScanQueueDeps) {
    this.#deps = deps;
  }

  /** Takes a scan; false when it is the one before once more. */
  push(code: string, atMs: number): boolean {
    const isRepeat = this.#last?.code === code && atMs - this.#last.atMs < sameCodeWithinMs;
    this.#last = { code, atMs };
    if (isRepeat) return false;
    this.#codes.push(code);
    void this.#work();
    return true;
  }

  /** Something that kept scans waiting may be over. */
  wake(): void {
    void this.#work();
  }

  async #work(): Promise<void> {
    if (this.#handling) {
      this.#deps.onWaiting(this.#codes.length);
      return;
    }
    this.#handling = true;
    while (this.#deps.mayHandle()) {
      const code = this.#codes.shift();
      if (code === undefined) break;
      this.#deps.onWaiting(this.#codes.length);
      await this.#deps.handle(code);
    }
    this.#handling = false;
    this.#deps.onWaiting(this.#codes.length);
  }
}
