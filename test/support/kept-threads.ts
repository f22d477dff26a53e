import { EventEmitter } from 'node:events';
import { syncBuiltinESMExports } from 'node:module';
import threads, { MessageChannel, type MessagePort, type Worker, type WorkerOptions } from 'node:worker_threads';

/**
 * Starting threads is a quarter of what the tests of the station's parts cost: a thread that has answered everything
 * when it is ended is kept here, and plays the part of the next one. The station's own process keeps none.
 */

/** What a kept thread is told: the module that it plays next, and the port that is its parent's. */
export interface ThreadPart {
  readonly url: string;
  readonly workerData: unknown;
  readonly port: MessagePort;
}

/** These answer each message of theirs once, and leave nothing behind when all is answered. */
const keptModules = /\/(database|look|hot-folder)-worker\.ts$/;

const RealWorker = threads.Worker;
const idle: Worker[] = [];

const countOf = (message: unknown): number => (Array.isArray(message) ? message.length : 1);

class KeptWorker extends EventEmitter {
  readonly #thread: Worker;
  readonly #port: MessagePort;
  #owed = 0;
  #isOver = false;

  constructor(url: string, workerData: unknown) {
    super();
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.on('message', (message: unknown) => {
      this.#owed -= countOf(message);
      this.emit('message', message);
    });
    const idleThread = idle.pop();
    this.#thread = idleThread ?? new RealWorker(new URL('./kept-thread.ts', import.meta.url));
    this.#thread.ref();
    this.#thread.on('error', (error) => this.emit('error', error));
    this.#thread.on('exit', (code) => this.#end(code));
    this.#thread.postMessage({ url, workerData, port: port2 } satisfies ThreadPart, [port2]);
  }

  postMessage(message: unknown): void {
    if (this.#isOver) return;
    this.#owed += countOf(message);
    this.#port.postMessage(message);
  }

  async terminate(): Promise<number> {
    if (this.#isOver) return 1;
    if (this.#owed !== 0) return this.#thread.terminate();
    this.#thread.removeAllListeners('error').removeAllListeners('exit').unref();
    idle.push(this.#thread);
    this.#end(1);
    return 1;
  }

  unref(): void {
    this.#port.unref();
    this.#thread.unref();
  }

  #end(code: number): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#port.close();
    this.emit('exit', code);
  }
}

const start = (url: string | URL, options: WorkerOptions = {}): KeptWorker | Worker =>
  keptModules.test(String(url)) ? new KeptWorker(String(url), options.workerData) : new RealWorker(url, options);

// A setup file is run for each test file; the first one's threads are for all of them.
if (!('keepsThreads' in RealWorker)) {
  const Worker = new Proxy(RealWorker, { construct: (_target, [url, options]) => start(url, options) });
  Object.assign(threads, { Worker: Object.assign(Worker, { keepsThreads: true }) });
  syncBuiltinESMExports();
}
