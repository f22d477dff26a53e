import { createFileKnobs, type FileEntry, type FileKnobs } from '../http/file-server.ts';
import { startListener } from '../http/listener.ts';
import { mostInWindow } from '../ledger/busiest-window.ts';
import { createLedger, type Ledger } from '../ledger/ledger.ts';
import { wait } from '../wait.ts';
import { type CallEntry, createApiServer } from './api-server.ts';
import { DEFAULT_BEHAVIOUR, type PrintessBehaviour } from './behaviour.ts';
import { type CallKnobs, createCallKnobs } from './call-faults.ts';
import { type CallbackEntry, createCallbacks } from './callbacks.ts';
import { createFileHost, type LeakEntry } from './file-host.ts';
import { type DocumentSpec, type HiddenFrom, isFinal, type PrintessJob, phaseOf } from './job.ts';
import { createJobBook, type JobSpec } from './job-book.ts';
import { createJobKnobs, type JobKnobs } from './job-faults.ts';

const DEMO_SERVICE_TOKEN = 'sandbox.service.000000000000000000000000printess';
const DEMO_SHOP_TOKEN = 'sandbox.shop.000000000000000000000000000printess';

/** How often the sandbox looks whether a callback is due, while it lives by the real clock. */
const CALLBACK_LOOK_MS = 50;

export interface PrintessSandboxOptions {
  /** Of the API; default 0, a free port. The file host always has a free one. */
  readonly port?: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
  readonly serviceToken?: string;
  readonly shopToken?: string;
  /** What happens by chance, and how ids look. */
  readonly seed?: string | number;
  /** The sandbox's own time. With a clock of your own, callbacks go out with each call of the API and with `tick`. */
  readonly nowMs?: () => number;
  readonly renderMs?: number;
  readonly behaviour?: Partial<PrintessBehaviour>;
}

export type PrintessEntry = CallEntry | FileEntry | LeakEntry | CallbackEntry;

/** An order of another system's plugin: one job for each line, as the published plugins make them. */
export interface PluginOrder {
  readonly origin: string;
  readonly externalOrderId: string;
  readonly lines: readonly Omit<JobSpec, 'origin' | 'externalOrderId'>[];
}

/** Printess as a print shop meets it: jobs are made, rendered and listed, files are offered, callbacks go out. */
export interface PrintessSandbox {
  /** Of the API; without a slash at the end. */
  readonly url: string;
  /** Where the files are: another origin, without a token. */
  readonly fileHostUrl: string;
  /** A third origin, to redirect to: has the same files, and notes each token it is shown. */
  readonly otherHostUrl: string;
  /** Good for everything. */
  readonly serviceToken: string;
  /** Good for the status of one job, not for lists and not for producing. */
  readonly shopToken: string;
  readonly behaviour: PrintessBehaviour;
  readonly callKnobs: CallKnobs;
  readonly fileKnobs: FileKnobs;
  /** Strike jobs when they are made. */
  readonly jobKnobs: JobKnobs;
  readonly ledger: Ledger<PrintessEntry>;
  /** What jobs of this template render from now on, unless the call names its documents. */
  setDocuments(templateName: string, documents: readonly DocumentSpec[]): void;
  /** A job made by somebody else, without a call. */
  start(job: JobSpec): PrintessJob;
  startOrder(order: PluginOrder): readonly PrintessJob[];
  job(jobId: string): PrintessJob | undefined;
  jobs(): readonly PrintessJob[];
  /** Ends now, with its files. */
  finish(jobId: string): void;
  /** Every job that has not ended ends now. */
  finishAll(): void;
  fail(jobId: string, message: string): void;
  /** No longer known: to nobody, or no longer listed. Default `everybody`. */
  vanish(jobId: string, from?: HiddenFrom): void;
  expireFiles(jobId: string): void;
  /** One callback now, to the job's own URL or to another. */
  sendCallback(jobId: string, target?: { readonly to?: string }): Promise<CallbackEntry>;
  /** Sends the callbacks that are due, and ends when they were answered. */
  tick(): Promise<void>;
  /** The most calls of the API (or of one endpoint) in any window of this length, by the sandbox's time. */
  mostRequestsIn(windowMs: number, endpoint?: string): number;
  readonly online: boolean;
  /** API and files refuse every connection, until `goOnline` brings them back on the same ports. */
  goOffline(): Promise<void>;
  goOnline(): Promise<void>;
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts the servers; they listen when the promise resolves. */
export async function createPrintessSandbox(options: PrintessSandboxOptions = {}): Promise<PrintessSandbox> {
  const nowMs = options.nowMs ?? Date.now;
  const host = options.host ?? '127.0.0.1';
  const seed = options.seed ?? 1;
  const serviceToken = options.serviceToken ?? DEMO_SERVICE_TOKEN;
  const shopToken = options.shopToken ?? DEMO_SHOP_TOKEN;
  const behaviour: PrintessBehaviour = {
    ...DEFAULT_BEHAVIOUR,
    ...(options.renderMs === undefined ? {} : { renderMs: options.renderMs }),
    ...options.behaviour,
  };
  const ledger = createLedger<PrintessEntry>(() => new Date(nowMs()));
  const record = (entry: PrintessEntry) => {
    ledger.add(entry);
  };
  const callKnobs = createCallKnobs(seed);
  const fileKnobs = createFileKnobs(seed);
  const jobKnobs = createJobKnobs(seed);
  const documents = new Map<string, readonly DocumentSpec[]>();
  const documentsOf = (template: string) => documents.get(template) ?? [{ name: 'Document', pageCount: 1 }];
  const book = createJobBook({
    seed,
    knobs: jobKnobs,
    nowMs,
    renderMs: () => behaviour.renderMs,
    keepFilesMs: () => behaviour.keepFilesMs,
  });
  const stopped = new AbortController();

  const jobOf = (jobId: string) => book.get(jobId);
  const fileHost = createFileHost({ behaviour, knobs: fileKnobs, nowMs, jobOf, record });
  const serveFile: typeof fileHost.answer = (...call) => fileHost.answer(...call);
  const files = await startListener({ port: 0, host, handle: serveFile });
  const otherFiles = await startListener({ port: 0, host, handle: serveFile });

  const context = () => ({ nowMs: nowMs(), fileHostUrl: files.url, behaviour });
  const callbacks = createCallbacks({ behaviour, stopped: stopped.signal, jobOf, context, record });
  const made = (job: PrintessJob) => callbacks.expect(job);
  const api = createApiServer({
    serviceToken,
    shopToken,
    knobs: callKnobs,
    book,
    behaviour,
    context,
    documentsOf,
    made,
    record,
  });
  const sending = new Set<Promise<void>>();
  const sendInBackground = () => {
    const due = callbacks.sendDue();
    sending.add(due);
    void due.finally(() => sending.delete(due));
  };
  const listener = await startListener({
    port: options.port ?? 0,
    host,
    async handle(request, response, over) {
      await api.answer(request, response, over);
      sendInBackground();
    },
  });

  async function lookForCallbacks(): Promise<void> {
    while (!stopped.signal.aborted) {
      await callbacks.sendDue();
      await wait(CALLBACK_LOOK_MS, stopped.signal);
    }
  }
  const looking = options.nowMs === undefined ? lookForCallbacks() : Promise.resolve();

  const start = (spec: JobSpec) => {
    const job = book.add({ ...spec, documents: spec.documents ?? documentsOf(spec.templateName) });
    made(job);
    return job;
  };
  const goOffline = async () => {
    await Promise.all([listener.goOffline(), files.goOffline(), otherFiles.goOffline()]);
  };
  const stop = async () => {
    stopped.abort();
    await goOffline();
    await Promise.all([looking, ...sending]);
  };

  return {
    url: listener.url,
    fileHostUrl: files.url,
    otherHostUrl: otherFiles.url,
    serviceToken,
    shopToken,
    behaviour,
    callKnobs,
    fileKnobs,
    jobKnobs,
    ledger,
    setDocuments: (template, specs) => {
      documents.set(template, specs);
    },
    start,
    startOrder: ({ origin, externalOrderId, lines }) =>
      lines.map((line) => start({ ...line, origin, externalOrderId })),
    job: jobOf,
    jobs: () => [...book.all()],
    finish: (jobId) => {
      book.finish(jobId);
    },
    finishAll: () => {
      for (const job of [...book.all()]) if (!isFinal(phaseOf(job, nowMs()))) book.finish(job.jobId);
    },
    fail: (jobId, message) => {
      book.fail(jobId, message);
    },
    vanish: (jobId, from = 'everybody') => book.hide(jobId, from),
    expireFiles: (jobId) => book.expireFiles(jobId),
    sendCallback: async (jobId, target) => {
      const job = book.get(jobId);
      if (job === undefined) throw new Error(`the sandbox has no job ${jobId}`);
      return callbacks.send(job, target?.to);
    },
    tick: () => callbacks.sendDue(),
    mostRequestsIn: (windowMs, endpoint) =>
      mostInWindow(
        ledger
          .ofKind('call')
          .filter((call) => endpoint === undefined || call.endpoint === endpoint)
          .map(({ at }) => Date.parse(at)),
        windowMs,
      ),
    get online() {
      return listener.online;
    },
    goOffline,
    goOnline: async () => {
      if (!stopped.signal.aborted) await Promise.all([listener.goOnline(), files.goOnline(), otherFiles.goOnline()]);
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
