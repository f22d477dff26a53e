interface ScanQueueDeps {
  /** Never rejects. */
  readonly handle: (code: string) => Promise<void>;
  /** False while nobody would see what a scan leads to, such as behind an open dialog. */
  readonly mayHandle: () => boolean;
  readonly onWaiting: (waiting: number) => void;
  /** Scans have waited for too long, and are dropped. */
  readonly onExpired: () => void;
}

interface WaitingScan {
  readonly code: string;
  readonly atMs: number;
}

/** A trigger that is held, or a hand that hesitates, reads a code several times: within so long it counts once. */
const sameCodeWithinMs = 1_000;
/** Whoever comes to the screen later than this is another person with another item, and answers for neither. */
const waitsAtMostMs = 60_000;

/** Scans in the order in which they came, one at a time: none is lost while another one is answered. */
export class ScanQueue {
  readonly #deps: ScanQueueDeps;
  readonly #scans: WaitingScan[] = [];
  #handling = false;
  #last: WaitingScan | null = null;

  constructor(deps: ScanQueueDeps) {
    this.#deps = deps;
  }

  /** Takes a scan; false when it is the one before once more. */
  push(code: string, atMs: number): boolean {
    const isRepeat = this.#last?.code === code && atMs - this.#last.atMs < sameCodeWithinMs;
    this.#last = { code, atMs };
    if (isRepeat) return false;
    this.#scans.push({ code, atMs });
    void this.#work();
    return true;
  }

  /** Something that kept scans waiting may be over, or they have waited for too long. */
  wake(nowMs: number): void {
    this.#dropExpired(nowMs);
    void this.#work();
  }

  #dropExpired(nowMs: number): void {
    const fresh = this.#scans.findIndex(({ atMs }) => nowMs - atMs < waitsAtMostMs);
    const dropped = this.#scans.splice(0, fresh === -1 ? this.#scans.length : fresh);
    if (dropped.length > 0) this.#deps.onExpired();
  }

  async #work(): Promise<void> {
    if (this.#handling) {
      this.#deps.onWaiting(this.#scans.length);
      return;
    }
    this.#handling = true;
    while (this.#deps.mayHandle()) {
      const scan = this.#scans.shift();
      if (scan === undefined) break;
      this.#deps.onWaiting(this.#scans.length);
      await this.#deps.handle(scan.code);
    }
    this.#handling = false;
    this.#deps.onWaiting(this.#scans.length);
  }
}
