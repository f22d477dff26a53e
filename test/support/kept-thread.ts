import { syncBuiltinESMExports } from 'node:module';
import threads, { parentPort } from 'node:worker_threads';
import type { ThreadPart } from './kept-threads.ts';

let lastPart = 0;

/** Plays one part after another: each is the module of a thread, loaded anew, that finds a port and data of its own. */
parentPort?.on('message', ({ url, workerData, port }: ThreadPart) => {
  lastPart += 1;
  Object.assign(threads, { parentPort: port, workerData });
  syncBuiltinESMExports();
  // An error in it ends the thread, as it would have ended one of its own.
  void import(`${url}?part=${lastPart}`);
});
