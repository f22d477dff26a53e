import { Worker } from 'node:worker_threads';
import type { DatabaseAudit, DatabaseLook, LookAnswer, LookRequest, SalvagedOrder } from './look-protocol.ts';

// From source the worker is TypeScript beside this file; built, it is one of the bundles beside this one.
const workerUrl = (): URL =>
  new URL(import.meta.url.endsWith('.ts') ? './look-worker.ts' : './look-worker.js', import.meta.url);

/** Null when the thread itself failed, as it may over a file that is damaged in a way nobody thought of. */
const ask = async (request: LookRequest): Promise<LookAnswer | null> => {
  const worker = new Worker(workerUrl());
  try {
    return await new Promise<LookAnswer | null>((resolve) => {
      worker.once('message', (answer: LookAnswer) => resolve(answer));
      worker.once('error', () => resolve(null));
      worker.once('exit', () => resolve(null));
      worker.postMessage(request);
    });
  } finally {
    await worker.terminate();
  }
};

const lookOf = (answer: LookAnswer | null): DatabaseLook =>
  answer?.kind === 'look' ? answer.look : { kind: 'damaged', reason: 'it cannot be read' };

/** What a database file is, by SQLite's own check; `thorough` compares each index with its table, too. */
export const lookAtDatabase = async (path: string, thorough = false): Promise<DatabaseLook> =>
  lookOf(await ask({ kind: 'look', path, thorough }));

/** Makes a finished copy of a database a file that stands alone, and says what it is. */
export const sealDatabase = async (path: string): Promise<DatabaseLook> => lookOf(await ask({ kind: 'seal', path }));

/** The orders after this id that can still be read from a damaged database. */
export const salvageDatabase = async (path: string, afterOrderId: number): Promise<readonly SalvagedOrder[]> => {
  const answer = await ask({ kind: 'salvage', path, afterOrderId });
  return answer?.kind === 'salvage' ? answer.orders : [];
};

/** What a check of the station needs of its database, read while a station may run on it; null when it cannot be read. */
export const auditDatabase = async (path: string, nowMs: number): Promise<DatabaseAudit | null> => {
  const answer = await ask({ kind: 'audit', path, nowMs });
  return answer?.kind === 'audit' ? answer.audit : null;
};
