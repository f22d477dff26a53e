interface Waiting<Entry> {
  readonly entry: Entry;
  resolve(): void;
  reject(error: unknown): void;
}

/** So many at once share a sync well, and the next ones are prepared meanwhile. */
const mostTogether = 16;

/**
 * Settles what comes in while a transaction is under way together in the next one, so that a platform that answers
 * fast is not slowed down by one sync to the disk for each answer. When that fails, each is settled by itself: only
 * the one with the bug is left over.
 */
export class SettleTogether<Entry> {
  readonly #settle: (entries: readonly Entry[]) => Promise<void>;
  readonly #waiting: Waiting<Entry>[] = [];
  #busy = false;

  constructor(settle: (entries: readonly Entry[]) => Promise<void>) {
    this.#settle = settle;
  }

  /** Resolves once the entry is settled on disk. */
  add(entry: Entry): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ entry, resolve, reject });
      if (this.#busy) return;
      this.#busy = true;
      // A tick comes after all promises that are settled by now: what was answered in the same turn goes together.
      process.nextTick(() => void this.#drain());
    });
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const together = this.#waiting.splice(0, mostTogether);
      await this.#settleAll(together);
    }
    this.#busy = false;
  }

  async #settleAll(together: readonly Waiting<Entry>[]): Promise<void> {
    try {
      await this.#settle(together.map(({ entry }) => entry));
      for (const one of together) one.resolve();
    } catch (error) {
      const [only, ...others] = together;
      if (only === undefined) return;
      if (others.length === 0) only.reject(error);
      else for (const one of together) await this.#settleAll([one]);
    }
  }
}
