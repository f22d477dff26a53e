import { Worker } from 'node:worker_threads';
import type { FromPreflightWorker, InspectionOutcome, InspectionRequest } from './preflight-protocol.ts';

/** Who looks into a file: the thread, or a test's stand-in. */
export interface FileInspector {
  /** Never rejects: every end is a value. One file at a time. */
  inspect(request: InspectionRequest): Promise<InspectionOutcome>;
  close(): Promise<void>;
}

export interface InspectorOptions {
  readonly workerUrl?: URL;
  readonly longestMs?: number;
  readonly largestBytes?: number;
}

/** A whole file is in memory while it is looked into. */
const largestPdfBytes = 256 * 1024 * 1024;
/** A file that takes longer than this is made to keep a program busy. */
const longestInspectionMs = 60_000;
/** A thread with nothing to do is ended, and with it what it kept of the last file. */
const idleMs = 10_000;
/** Many times what the largest files need; more would be taken from the station. */
const heapMegabytes = 1024;

// From source the worker is TypeScript beside this file; built, it is one of the bundles beside this one.
const ownWorkerUrl = (): URL =>
  new URL(import.meta.url.endsWith('.ts') ? './preflight-worker.ts' : './preflight-worker.js', import.meta.url);

/**
 * The main thread's end of the thread that looks into PDFs. A thread that fails or takes too long is ended, and the
 * next file gets another. It watches real time, not the station's clock: what it measures is the machine at work.
 */
export class Inspector implements FileInspector {
  readonly #workerUrl: URL;
  readonly #longestMs: number;
  readonly #largestBytes: number;
  #worker: Worker | null = null;
  #lastId = 0;
  #answer: ((outcome: InspectionOutcome) => void) | null = null;
  #idle: NodeJS.Timeout | undefined;

  constructor(options: InspectorOptions = {}) {
    this.#workerUrl = options.workerUrl ?? ownWorkerUrl();
    this.#longestMs = options.longestMs ?? longestInspectionMs;
    this.#largestBytes = options.largestBytes ?? largestPdfBytes;
  }

  async inspect(request: InspectionRequest): Promise<InspectionOutcome> {
    if (request.bytes > this.#largestBytes) return { kind: 'skipped', reason: 'tooLarge' };
    clearTimeout(this.#idle);
    this.#worker ??= this.#startWorker();
    const worker = this.#worker;
    this.#lastId += 1;
    const outcome = await new Promise<InspectionOutcome>((resolve) => {
      const limit = setTimeout(() => {
        resolve({ kind: 'skipped', reason: 'tookTooLong' });
        void this.#end(worker);
      }, this.#longestMs);
      this.#answer = (value) => {
        clearTimeout(limit);
        resolve(value);
      };
      worker.postMessage({ id: this.#lastId, request });
    });
    this.#answer = null;
    this.#idle = setTimeout(() => void this.close(), idleMs);
    this.#idle.unref();
    return outcome;
  }

  /** Ends the thread; what it is looking into ends as `stopped`. */
  async close(): Promise<void> {
    clearTimeout(this.#idle);
    this.#answer?.({ kind: 'skipped', reason: 'stopped' });
    if (this.#worker !== null) await this.#end(this.#worker);
  }

  #startWorker(): Worker {
    const worker = new Worker(this.#workerUrl, {
      resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
      // What the library has to say about a file goes nowhere.
      stdout: true,
      stderr: true,
    });
    worker.on('message', ({ id, outcome }: FromPreflightWorker) => {
      if (id === this.#lastId) this.#answer?.(outcome);
    });
    const fail = (): void => {
      if (this.#worker !== worker) return;
      this.#worker = null;
      this.#answer?.({ kind: 'skipped', reason: 'stopped' });
    };
    worker.on('error', fail);
    worker.on('exit', fail);
    worker.stdout.resume();
    worker.stderr.resume();
    worker.unref();
    return worker;
  }

  async #end(worker: Worker): Promise<void> {
    if (this.#worker === worker) this.#worker = null;
    await worker.terminate();
  }
}
