import type { Clock } from '../ports/clock.ts';
import { errorText, type Logger } from '../ports/logger.ts';

/** What a kind of work provides: how its due rows are claimed, run and settled. All state is in the table. */
export interface DurableWork<Row> {
  readonly name: string;
  /** Takes up to `limit` due rows for this station, best first; their lease is committed when it resolves. */
  claim(limit: number): Promise<readonly Row[]>;
  /** Does the work of one row and commits its outcome. Expected failures are outcomes; only a bug rejects. */
  run(row: Row, signal: AbortSignal): Promise<void>;
  /** Puts a row back after `run` rejected, so that a bug neither loses it nor spins on it. */
  release(row: Row, error: unknown): Promise<void>;
  /** When the earliest row that nobody holds becomes due; null when there is none. */
  nextDueMs(): Promise<number | null>;
}

export interface DurableLoopDeps<Row> {
  readonly work: DurableWork<Row>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** How many rows run at once. */
  readonly concurrency: number;
}

/** After an error of the store itself the loop looks again this much later. */
const recoverAfterMs = 1_000;

/**
 * The one durable loop: claim due rows, run them, settle each, sleep until the next is due. One timer, no queue in
 * memory beside the table. `poke()` makes it look at once. `stop()` takes no more rows and waits for those that run.
 */
export class DurableLoop<Row> {
  readonly #deps: DurableLoopDeps<Row>;
  readonly #abort = new AbortController();
  readonly #running = new Set<Promise<void>>();
  #concurrency: number;
  #cancelTimer: (() => void) | null = null;
  #looking: Promise<void> | null = null;
  #lookAgain = false;
  #state: 'idle' | 'started' | 'stopped' = 'idle';

  constructor(deps: DurableLoopDeps<Row>) {
    this.#deps = deps;
    this.#concurrency = deps.concurrency;
  }

  start(): void {
    if (this.#state !== 'idle') return;
    this.#state = 'started';
    this.poke();
  }

  /** Looks for due rows now, or right after the look that is under way. */
  poke(): void {
    if (this.#state !== 'started') return;
    if (this.#looking !== null) {
      this.#lookAgain = true;
      return;
    }
    this.#looking = this.#look().finally(() => {
      this.#looking = null;
      if (this.#lookAgain) {
        this.#lookAgain = false;
        this.poke();
      }
    });
  }

  setConcurrency(concurrency: number): void {
    this.#concurrency = concurrency;
    this.poke();
  }

  /** Takes no more rows, tells those that run, and waits for them. */
  async stop(): Promise<void> {
    this.#state = 'stopped';
    this.#cancelTimer?.();
    this.#abort.abort();
    await this.#looking;
    await Promise.all(this.#running);
  }

  async #look(): Promise<void> {
    // Rows that end in the same turn poke one after another: one look is for all of them.
    await new Promise<void>((resolve) => process.nextTick(resolve));
    if (this.#state !== 'started') return;
    this.#lookAgain = false;
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    try {
      const free = this.#concurrency - this.#running.size;
      if (free > 0) {
        const rows = await this.#deps.work.claim(free);
        for (const row of rows) this.#launch(row);
      }
      if (this.#state !== 'started' || this.#running.size >= this.#concurrency) return;
      const dueMs = await this.#deps.work.nextDueMs();
      if (dueMs !== null) this.#sleepUntil(dueMs);
    } catch (error) {
      this.#deps.logger.error(`${this.#deps.work.name}: ${errorText(error)}`);
      this.#sleepUntil(this.#deps.clock.nowMs() + recoverAfterMs);
    }
  }

  #sleepUntil(atMs: number): void {
    if (this.#state !== 'started') return;
    this.#cancelTimer?.();
    this.#cancelTimer = this.#deps.clock.at(atMs, () => this.poke());
  }

  #launch(row: Row): void {
    const running = this.#runOne(row).finally(() => {
      this.#running.delete(running);
      this.poke();
    });
    this.#running.add(running);
  }

  async #runOne(row: Row): Promise<void> {
    try {
      await this.#deps.work.run(row, this.#abort.signal);
    } catch (error) {
      this.#deps.logger.error(`${this.#deps.work.name}: ${errorText(error)}`);
      await this.#deps.work.release(row, error).catch((reason: unknown) => {
        this.#deps.logger.error(`${this.#deps.work.name}: cannot release a row: ${errorText(reason)}`);
      });
    }
  }
}
