import { setImmediate as nextTurn } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { folderOperations } from './folder-operations.ts';
import { type FolderAnswer, type FolderRequest, type FolderResult, sharedWords } from './folder-protocol.ts';
import type { OperationControl } from './operation-control.ts';

/** The thread of one hot folder: see `folder-operations.ts` for why each has its own. */

const words = new Int32Array(workerData instanceof SharedArrayBuffer ? workerData : new SharedArrayBuffer(8));

const control: OperationControl = {
  aborted: () => Atomics.load(words, sharedWords.abort) === 1,
  breathe: async () => {
    Atomics.add(words, sharedWords.beats, 1);
    await nextTurn();
  },
};

type AnyOperation = (input: unknown, control: OperationControl) => Promise<unknown>;

const perform = async ({ name, input }: FolderRequest): Promise<FolderResult<unknown>> => {
  try {
    // The other end types each request by its operation; see FolderThread.
    const operation = folderOperations[name] as AnyOperation;
    return { kind: 'done', value: await operation(input, control) };
  } catch (error) {
    return {
      kind: 'failed',
      code: error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN',
      message: error instanceof Error ? error.message : String(error),
    };
  }
};

const port = parentPort;
port?.on('message', (request: FolderRequest) => {
  void perform(request).then((result) => port.postMessage({ id: request.id, result } satisfies FolderAnswer));
});
