import { statfs } from 'node:fs/promises';
import type { StationView } from '../../contract/station.ts';
import type { Reader } from '../store/store.ts';

/** How much is open and wrong, for the badges. */
export const stationCounts = async (db: Reader): Promise<StationView['counts']> => {
  const count = (value: number | bigint | undefined): number => Number(value ?? 0);
  const [orders, files, signals, handovers] = await Promise.all([
    db
      .selectFrom('orders')
      .select((query) => [
        query.fn.countAll<number>().filterWhere('open', '=', 1).as('open'),
        query.fn.countAll<number>().filterWhere('problemCount', '>', 0).as('problem'),
      ])
      .where((is) => is.or([is('open', '=', 1), is('problemCount', '>', 0)]))
      .executeTakeFirst(),
    db
      .selectFrom('files')
      .select((query) => ['state', query.fn.countAll<number>().as('count')])
      .where('state', '!=', 'ready')
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
  ]);
  const sumOf = (rows: readonly { state: string; count: number }[], wanted: (state: string) => boolean): number =>
    rows.filter((row) => wanted(row.state)).reduce((sum, row) => sum + row.count, 0);
  const isProblem = (state: string): boolean => state === 'problem' || state === 'maybe';
  return {
    openOrders: count(orders?.open),
    problemOrders: count(orders?.problem),
    unfinishedFiles: sumOf(files, (state) => !isProblem(state)),
    problemFiles: sumOf(files, isProblem),
    unsentSignals: sumOf(signals, (state) => !isProblem(state)),
    problemSignals: sumOf(signals, isProblem),
    lyingFiles: count(handovers?.count),
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
