import { statfs } from 'node:fs/promises';
import type { StationView } from '../../contract/station.ts';
import { fileStates } from '../../contract/values.ts';
import type { Reader } from '../store/store.ts';
import { hasProblem, isOpen } from './order-rows.ts';

const unfinishedFileStates = fileStates.filter((state) => state !== 'ready');

/** How much is open and wrong, for the badges. */
export const stationCounts = async (db: Reader): Promise<StationView['counts']> => {
  const [open, problem, files, signals, handovers, jobs] = await Promise.all([
    db
      .selectFrom('orders')
      .select((query) => query.fn.countAll<number>().as('count'))
      .where(isOpen)
      .executeTakeFirst(),
    db
      .selectFrom('orders')
      .select((query) => query.fn.countAll<number>().as('count'))
      .where(hasProblem)
      .executeTakeFirst(),
    db
      .selectFrom('files')
      .select((query) => ['state', query.fn.countAll<number>().as('count')])
      // Named one by one, so that the many finished ones are not read.
      .where('state', 'in', unfinishedFileStates)
      .groupBy('state')
      .execute(),
    db
      .selectFrom('outbox')
      .select((query) => ['state', query.fn.countAll<number>().as('count')])
      .where('state', 'in', ['queued', 'sending', 'waiting', 'problem', 'maybe'])
      .groupBy('state')
      .execute(),
    db
      .selectFrom('handovers')
      .select((query) => query.fn.countAll<number>().as('count'))
      .where('state', '=', 'sent')
      .executeTakeFirst(),
    db
      .selectFrom('jobs')
      .select((query) => [query.fn.countAll<number>().as('count'), query.fn.count<number>('problem').as('problems')])
      .where('state', 'in', ['requested', 'waiting', 'working', 'failed', 'gone'])
      .where('replacedBy', 'is', null)
      .groupBy('state')
      .select('state')
      .execute(),
  ]);
  const sumOf = (rows: readonly { state: string; count: number }[], wanted: (state: string) => boolean): number =>
    rows.filter((row) => wanted(row.state)).reduce((sum, row) => sum + row.count, 0);
  const isProblem = (state: string): boolean => state === 'problem' || state === 'maybe';
  return {
    openOrders: open?.count ?? 0,
    problemOrders: problem?.count ?? 0,
    unfinishedFiles: sumOf(files, (state) => !isProblem(state)),
    problemFiles: sumOf(files, isProblem),
    unsentSignals: sumOf(signals, (state) => !isProblem(state)),
    problemSignals: sumOf(signals, isProblem),
    lyingFiles: handovers?.count ?? 0,
    openJobs: sumOf(jobs, (state) => state !== 'failed' && state !== 'gone'),
    problemJobs: jobs.reduce((sum, row) => sum + row.problems, 0),
  };
};

/** Free bytes of the volume that holds the files; null when it cannot be told. */
export const freeBytesOf = async (folder: string): Promise<number | null> => {
  try {
    const volume = await statfs(folder);
    return volume.bavail * volume.bsize;
  } catch {
    return null;
  }
};
