import { Worker } from 'node:worker_threads';
import {
  type FolderAnswer,
  type FolderRequest,
  type FolderResult,
  type OperationInput,
  type OperationName,
  type OperationValue,
  sharedWords,
} from './folder-protocol.ts';

/** A hot folder's file system, as a lane uses it. No call rejects: trouble is a result. */
export interface FolderDisk {
  run<Name extends OperationName>(name: Name, input: OperationInput<Name>): Promise<FolderResult<OperationValue<Name>>>;
  /** True while an operation has given no sign of life for long: the share hangs. */
  stuck(): boolean;
  /** Calls running copies off; they answer `aborted`. */
  abort(): void;
  close(): Promise<void>;
}

// From source the worker is TypeScript beside this file; built, it is one of the bundles beside this one.
const workerUrl = (): URL =>
  new URL(import.meta.url.endsWith('.ts') ? './hot-folder-worker.ts' : './hot-folder-worker.js', import.meta.url);

const stuckAfterMs = 20_000;
/** A thread inside a system call that never returns cannot be ended; closing does not wait for it longer than this. */
const closeWithinMs = 2_000;

/**
 * The main thread's end of a hot folder's thread. It watches real time, not the station's clock: what it measures is
 * whether the operating system answers.
 */
export class FolderThread implements FolderDisk {
  readonly #words = new Int32Array(new SharedArrayBuffer(8));
  readonly #waiting = new Map<number, (result: FolderResult<unknown>) => void>();
  readonly #onStuck: () => void;
  #worker: Worker | null = null;
  #watchdog: NodeJS.Timeout | null = null;
  #lastBeats = 0;
  #stuck = false;
  #lastId = 0;

  /** `onStuck` is told once each time that the share stops answering. */
  constructor(onStuck: () => void = () => undefined) {
    this.#onStuck = onStuck;
  }

  async run<Name extends OperationName>(
    name: Name,
    input: OperationInput<Name>,
  ): Promise<FolderResult<OperationValue<Name>>> {
    this.#lastId += 1;
    const id = this.#lastId;
    this.#worker ??= this.#startWorker();
    const worker = this.#worker;
    this.#watch();
    const result = await new Promise<FolderResult<unknown>>((resolve) => {
      this.#waiting.set(id, resolve);
      worker.postMessage({ id, name, input } satisfies FolderRequest);
    });
    // The thread's own boundary: it answers with what the operation of this very name returned.
    return result as FolderResult<OperationValue<Name>>;
  }

  stuck(): boolean {
    return this.#stuck;
  }

  abort(): void {
    Atomics.store(this.#words, sharedWords.abort, 1);
  }

  async close(): Promise<void> {
    if (this.#watchdog !== null) clearInterval(this.#watchdog);
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, closeWithinMs);
    });
    await Promise.race([this.#worker?.terminate(), patience]);
    clearTimeout(timer);
  }

  /** Started with the first operation, and again should it ever have ended. */
  #startWorker(): Worker {
    const worker = new Worker(workerUrl(), { workerData: this.#words.buffer });
    worker.on('message', (answer: FolderAnswer) => this.#settle(answer));
    worker.on('error', (error: Error) => this.#failAll(error.message));
    worker.on('exit', () => {
      this.#worker = null;
      this.#failAll('the thread of the hot folder has ended');
    });
    return worker;
  }

  #settle(answer: FolderAnswer): void {
    this.#noteSignOfLife();
    this.#waiting.get(answer.id)?.(answer.result);
    this.#waiting.delete(answer.id);
    if (this.#waiting.size === 0 && this.#watchdog !== null) {
      clearInterval(this.#watchdog);
      this.#watchdog = null;
    }
  }

  #failAll(message: string): void {
    for (const resolve of this.#waiting.values()) resolve({ kind: 'failed', code: 'THREAD_ENDED', message });
    this.#waiting.clear();
  }

  /** Counts the beats of the thread for as long as it owes an answer. */
  #watch(): void {
    if (this.#watchdog !== null) return;
    this.#lastBeats = Atomics.load(this.#words, sharedWords.beats);
    this.#watchdog = setInterval(() => {
      const beats = Atomics.load(this.#words, sharedWords.beats);
      if (beats !== this.#lastBeats) {
        this.#noteSignOfLife();
      } else if (!this.#stuck) {
        this.#stuck = true;
        this.#onStuck();
      }
    }, stuckAfterMs);
    this.#watchdog.unref();
  }

  #noteSignOfLife(): void {
    this.#lastBeats = Atomics.load(this.#words, sharedWords.beats);
    this.#stuck = false;
  }
}
