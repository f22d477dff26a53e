import { parentPort, workerData } from 'node:worker_threads';
import { Bandwidth } from './bandwidth.ts';
import { FileStructures } from './file-structure.ts';
import { SourceClient } from './source-stream.ts';
import { runTransfer } from './transfer.ts';
import { failureOf } from './transfer-failure.ts';
import type {
  FromTransferWorker,
  ToTransferWorker,
  TransferReport,
  TransferRequest,
  TransferWorkerData,
} from './transfer-protocol.ts';

/** A transfer thread: reads the network, hashes, writes and syncs, so that the main thread never waits for any of it. */

/** The main thread hears of each transfer at most five times a second. */
const reportEveryMs = 200;

const { bandwidth: shared } = workerData as TransferWorkerData;
const bandwidth = new Bandwidth(shared);
const client = new SourceClient();
const structures = new FileStructures();
const running = new Map<number, AbortController>();
const port = parentPort;
const tell = (message: FromTransferWorker): void => port?.postMessage(message);

/** Passes on what is new when it is time for it. */
const createReporter = (id: number) => {
  let latest: TransferReport | null = null;
  const pass = (): void => {
    if (latest !== null) tell({ kind: 'progress', id, report: latest });
    latest = null;
  };
  const timer = setInterval(pass, reportEveryMs);
  return {
    report: (report: TransferReport): void => {
      latest = report;
    },
    stop: () => clearInterval(timer),
  };
};

const start = async (id: number, request: TransferRequest): Promise<void> => {
  const abort = new AbortController();
  running.set(id, abort);
  const { report, stop } = createReporter(id);
  const deps = { client, bandwidth, structures, signal: abort.signal, nowMs: () => Date.now(), report };
  const outcome = await runTransfer(request, deps).catch((error: unknown) => ({
    kind: 'failed' as const,
    failure: { ...failureOf(error, 'transfer'), class: 'local' as const },
    left: { receivedBytes: 0, validator: null },
  }));
  stop();
  running.delete(id);
  tell({ kind: 'ended', id, outcome });
};

port?.on('message', (message: ToTransferWorker) => {
  if (message.kind === 'cancel') running.get(message.id)?.abort();
  else void start(message.id, message.request);
});
