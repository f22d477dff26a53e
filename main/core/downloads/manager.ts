import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { TransferProgress } from '../../contract/files.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { Store, WriteTransaction } from '../store/store.ts';
import { DurableLoop } from '../work/durable-loop.ts';
import { DiskSpace, freeBytesAt } from './disk-space.ts';
import { type DownloadConnection, DownloadWork } from './download-work.ts';
import { isThere } from './final-file.ts';
import { ProgressBoard } from './progress.ts';
import { recoverFiles } from './recover-files.ts';
import { retryFile, retryProblemFiles } from './retry-files.ts';
import { TransferPool, type TransferRunner } from './transfer-pool.ts';
import { defaultTimeouts, type TransferTimeouts } from './transfer-protocol.ts';

export interface DownloadLimits {
  /** Transfers at once, in all. */
  readonly concurrency: number;
  readonly perHostConcurrency: number;
  /** 0: no cap. */
  readonly bandwidthBytesPerSecond: number;
  readonly minimumFreeBytes: number;
}

export interface DownloadsDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
  /** In [0, 1). */
  readonly random: () => number;
  /** Absolute. */
  readonly filesFolder: string;
  readonly limits: DownloadLimits;
  readonly timeouts?: TransferTimeouts;
  /** Stands in for the transfer threads in a test. */
  readonly runner?: TransferRunner;
  /** Free bytes on the volume of the files folder; null when it cannot be told. */
  readonly diskFree?: () => Promise<number | null>;
  readonly connection: (id: string) => DownloadConnection | null;
  /** What follows from a ready file, in the same transaction. */
  readonly onReady?: (transaction: WriteTransaction, fileId: number) => Promise<void>;
  readonly onProgress?: (transfers: readonly TransferProgress[]) => void;
  /** Once when the disk becomes too full to fetch, and once when there is room again. */
  readonly onDiskFull?: (freeBytes: number, neededBytes: number) => void;
  readonly onDiskOk?: () => void;
}

/** The station's downloads: fetches every file that is due, verifies it, and gives it its name. */
export interface Downloads {
  start(): Promise<void>;
  /** Takes no more, closes running transfers so that they can be resumed, ends the threads. */
  stop(): Promise<void>;
  /** Looks for due files at once. */
  poke(): void;
  running(): readonly TransferProgress[];
  /** At most five times a second, all running transfers at once; an empty batch when the last has ended. */
  onProgress(listener: (transfers: readonly TransferProgress[]) => void): () => void;
  setLimits(limits: DownloadLimits): void;
  /**
   * Fetches a file again from its start. Rejects with a ContractError when it is unknown, ready and there, deleted, or
   * being fetched.
   */
  retryFile(id: number, by?: string): Promise<void>;
  /** Queues every file that is a problem; answers how many. */
  retryProblems(by?: string): Promise<number>;
}

export const createDownloads = (deps: DownloadsDeps): Downloads => {
  const { store, clock, logger, filesFolder, limits } = deps;
  const runner = deps.runner ?? new TransferPool();
  const progress = new ProgressBoard(clock);
  const disk = new DiskSpace({
    freeBytes: deps.diskFree ?? (() => freeBytesAt(filesFolder)),
    minimumFreeBytes: limits.minimumFreeBytes,
    onFull: (freeBytes, neededBytes) => deps.onDiskFull?.(freeBytes, neededBytes),
    onOk: () => deps.onDiskOk?.(),
  });
  const work = new DownloadWork(
    {
      store,
      clock,
      random: deps.random,
      owner: randomUUID(),
      filesFolder,
      runner,
      timeouts: deps.timeouts ?? defaultTimeouts,
      disk,
      progress,
      connection: deps.connection,
      onReady: async (transaction, fileId) => deps.onReady?.(transaction, fileId),
    },
    limits.perHostConcurrency,
  );
  const loop = new DurableLoop({ work, clock, logger, concurrency: limits.concurrency });
  runner.setBytesPerSecond(limits.bandwidthBytesPerSecond);
  if (deps.onProgress !== undefined) progress.subscribe(deps.onProgress);

  const isFileMissing = async (id: number): Promise<boolean> => {
    const file = await store.read
      .selectFrom('files')
      .select('relativePath')
      .where('id', '=', id)
      .where('state', '=', 'ready')
      .executeTakeFirst();
    return file !== undefined && !(await isThere(join(filesFolder, file.relativePath)));
  };

  return {
    start: async () => {
      const recovered = await store.write((transaction) => recoverFiles(transaction, clock.nowMs()));
      if (recovered > 0) logger.info('transfers that were cut off are queued again', { files: recovered });
      loop.start();
    },
    stop: async () => {
      await loop.stop();
      progress.stop();
      await runner.close();
    },
    poke: () => loop.poke(),
    running: () => progress.running(),
    onProgress: (listener) => progress.subscribe(listener),
    setLimits: (changed) => {
      disk.setMinimumFreeBytes(changed.minimumFreeBytes);
      runner.setBytesPerSecond(changed.bandwidthBytesPerSecond);
      work.setPerHostConcurrency(changed.perHostConcurrency);
      loop.setConcurrency(changed.concurrency);
    },
    retryFile: async (id, by) => {
      const isMissing = await isFileMissing(id);
      await store.write((transaction) =>
        retryFile(transaction, { id, nowMs: clock.nowMs(), by: by ?? null, isMissing }),
      );
      loop.poke();
    },
    retryProblems: async (by) => {
      const count = await store.write((transaction) => retryProblemFiles(transaction, clock.nowMs(), by ?? null));
      loop.poke();
      return count;
    },
  };
};
