import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { stationLine } from '../../contract/station-lines/station-lines.ts';
import { failure } from '../work/failure.ts';
import { Bandwidth, createBandwidthCell } from './bandwidth.ts';
import type {
  FromTransferWorker,
  ToTransferWorker,
  TransferOutcome,
  TransferReport,
  TransferRequest,
  TransferWorkerData,
} from './transfer-protocol.ts';

// From source the worker is TypeScript beside this file; built, it is one of the bundles beside this one.
const ownWorkerUrl = (): URL =>
  new URL(import.meta.url.endsWith('.ts') ? './transfer-worker.ts' : './transfer-worker.js', import.meta.url);

/** Who runs a transfer: the threads, or a test's stand-in. */
export interface TransferRunner {
  /** Never rejects: every end of a transfer is a value. */
  run(
    request: TransferRequest,
    signal: AbortSignal,
    onReport: (report: TransferReport) => void,
  ): Promise<TransferOutcome>;
  /** 0: no cap. */
  setBytesPerSecond(bytesPerSecond: number): void;
  /** Cancels what runs and ends the threads. */
  close(): Promise<void>;
}

interface Running {
  readonly request: TransferRequest;
  lastReport: TransferReport | null;
  readonly onReport: (report: TransferReport) => void;
  readonly end: (outcome: TransferOutcome) => void;
}

/** One thread and the transfers it has taken. */
class TransferThread {
  readonly worker: Worker;
  readonly running = new Map<number, Running>();
  failed = false;

  constructor(url: URL, data: TransferWorkerData) {
    this.worker = new Worker(url, { workerData: data });
    this.worker.on('message', (message: FromTransferWorker) => this.#hear(message));
    this.worker.on('error', (error: Error) => this.#fail(error.message));
    this.worker.on('exit', (code) => this.#fail(`it ended with code ${code}`));
  }

  tell(message: ToTransferWorker): void {
    this.worker.postMessage(message);
  }

  #hear(message: FromTransferWorker): void {
    const running = this.running.get(message.id);
    if (running === undefined) return;
    if (message.kind === 'progress') {
      running.lastReport = message.report;
      running.onReport(message.report);
      return;
    }
    this.running.delete(message.id);
    running.end(message.outcome);
  }

  #fail(reason: string): void {
    this.failed = true;
    for (const { request, lastReport, end } of this.running.values()) {
      const { receivedBytes, validator } = lastReport ?? { receivedBytes: 0, validator: request.validator };
      end({
        kind: 'failed',
        failure: failure('local', stationLine('fileThreadStopped', { reason })),
        left: { receivedBytes, validator },
      });
    }
    this.running.clear();
  }
}

/** Spreads transfers over a few threads; one that crashes fails its own transfers and is replaced. */
export class TransferPool implements TransferRunner {
  readonly #cell = createBandwidthCell();
  readonly #bandwidth = new Bandwidth(this.#cell);
  readonly #size: number;
  readonly #workerUrl: URL;
  #threads: TransferThread[] = [];
  #lastId = 0;
  #closing = false;

  constructor(options: { readonly size?: number; readonly workerUrl?: URL } = {}) {
    this.#size = options.size ?? Math.min(2, availableParallelism());
    this.#workerUrl = options.workerUrl ?? ownWorkerUrl();
  }

  run(
    request: TransferRequest,
    signal: AbortSignal,
    onReport: (report: TransferReport) => void,
  ): Promise<TransferOutcome> {
    if (signal.aborted || this.#closing) {
      return Promise.resolve({ kind: 'cancelled', left: { receivedBytes: 0, validator: request.validator } });
    }
    const thread = this.#freest();
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve) => {
      const cancel = (): void => thread.tell({ kind: 'cancel', id });
      signal.addEventListener('abort', cancel, { once: true });
      const end = (outcome: TransferOutcome): void => {
        signal.removeEventListener('abort', cancel);
        resolve(outcome);
      };
      thread.running.set(id, { request, lastReport: null, onReport, end });
      thread.tell({ kind: 'start', id, request });
    });
  }

  setBytesPerSecond(bytesPerSecond: number): void {
    this.#bandwidth.setBytesPerSecond(bytesPerSecond);
  }

  async close(): Promise<void> {
    this.#closing = true;
    await Promise.all(this.#threads.map((thread) => thread.worker.terminate()));
    this.#threads = [];
  }

  /** The thread with the fewest transfers; a new one while there are fewer than there may be. */
  #freest(): TransferThread {
    this.#threads = this.#threads.filter((thread) => !thread.failed);
    const idle = this.#threads.find((thread) => thread.running.size === 0);
    if (idle !== undefined) return idle;
    if (this.#threads.length < this.#size) {
      const thread = new TransferThread(this.#workerUrl, { bandwidth: this.#cell });
      this.#threads.push(thread);
      return thread;
    }
    return this.#threads.reduce((freest, thread) => (thread.running.size < freest.running.size ? thread : freest));
  }
}
