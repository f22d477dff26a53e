/** Cells of the shared memory: the allowed bytes per second (0: no cap), and the moment up to which bytes are spoken for. */
const rateCell = 0;
const spokenForCell = 1;
/** Traffic may run ahead of the cap by this much, so that pauses are few and long enough for a timer. */
const aheadMicroseconds = 50_000n;

/** The shared memory of a cap with all its transfer threads. */
export const createBandwidthCell = (): SharedArrayBuffer => new SharedArrayBuffer(2 * BigInt64Array.BYTES_PER_ELEMENT);

/** The clock that all threads of the process share. */
const nowMicroseconds = (): bigint => process.hrtime.bigint() / 1_000n;

/** One cap on the bytes per second of all transfers together, whichever thread they run in. */
export class Bandwidth {
  readonly #cells: BigInt64Array;

  constructor(shared: SharedArrayBuffer) {
    this.#cells = new BigInt64Array(shared);
  }

  /** 0: no cap. */
  setBytesPerSecond(bytesPerSecond: number): void {
    Atomics.store(this.#cells, spokenForCell, 0n);
    Atomics.store(this.#cells, rateCell, BigInt(Math.round(bytesPerSecond)));
  }

  /** Counts bytes that came; answers how many milliseconds to wait before reading more. */
  take(bytes: number): number {
    const rate = Atomics.load(this.#cells, rateCell);
    if (rate <= 0n) return 0;
    const costMicroseconds = (BigInt(bytes) * 1_000_000n) / rate;
    for (;;) {
      const spokenFor = Atomics.load(this.#cells, spokenForCell);
      const now = nowMicroseconds();
      let until = now;
      if (spokenFor > now) until = spokenFor;
      until += costMicroseconds;
      if (Atomics.compareExchange(this.#cells, spokenForCell, spokenFor, until) === spokenFor) {
        const aheadBy = until - now;
        return aheadBy > aheadMicroseconds ? Number(aheadBy) / 1_000 : 0;
      }
    }
  }
}
