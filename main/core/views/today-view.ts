import type { StartReport } from '../../contract/station.ts';
import type { TodayView } from '../../contract/today.ts';
import type { LiveConnection } from '../connections/connection-directory.ts';
import { toMoment, toMomentOrNull } from '../ports/clock.ts';
import type { Reader } from '../store/store.ts';
import { latestReconciliation } from './reconciliation-views.ts';
import { type DayBorders, hoursOf } from './today-borders.ts';
import { readVerifiedFiles } from './today-files.ts';
import { readLateOrders } from './today-late.ts';
import { countSelections } from './today-orders.ts';
import { firstOpenByShipBy } from './today-ship-by.ts';
import { readSignals } from './today-signals.ts';
import { readThroughput } from './today-throughput.ts';

export interface TodayDeps {
  readonly db: Reader;
  readonly connections: readonly LiveConnection[];
  /** A platform's name by its id. */
  readonly platformName: (id: string) => string;
  readonly startReport: () => Promise<StartReport | null>;
}

const readReconciliations = ({ db, connections }: TodayDeps): Promise<TodayView['reconciliations']> =>
  Promise.all(
    connections
      .filter(({ platform }) => platform.jobs !== undefined)
      .map(async ({ id, common, platform }) => ({
        connection: id,
        name: common.name ?? platform.name,
        reconciliation: await latestReconciliation(db, id),
      })),
  );

/** The first of these moments that is still ahead. */
const nextOf = (moments: readonly (number | null)[], nowMs: number): number | null =>
  moments.reduce(
    (next, moment) => (moment !== null && moment > nowMs && (next === null || moment < next) ? moment : next),
    null,
  );

/** How a day goes, as of now. */
export const readToday = async (
  deps: TodayDeps,
  borders: DayBorders,
  timeZone: string,
  nowMs: number,
): Promise<TodayView> => {
  const { db } = deps;
  const hours = hoursOf(borders, timeZone);
  const [orders, lateOrders, lines, files, { signals, nextDeadlineMs }, reconciliations, startReport, [nextDue]] =
    await Promise.all([
      countSelections(db, borders, nowMs),
      readLateOrders(db, nowMs),
      readThroughput(db, borders, hours.length, deps.platformName),
      readVerifiedFiles(db, borders),
      readSignals(db, borders, nowMs),
      readReconciliations(deps),
      deps.startReport(),
      firstOpenByShipBy(db, { fromMs: nowMs + 1, beforeMs: Number.MAX_SAFE_INTEGER }, 1),
    ]);
  return {
    day: borders.day,
    timeZone,
    from: toMoment(borders.fromMs),
    until: toMoment(borders.untilMs),
    asOf: toMoment(nowMs),
    isToday: borders.fromMs <= nowMs && nowMs < borders.untilMs,
    turnsAt: toMomentOrNull(nextOf([nextDue?.shipByMs ?? null, nextDeadlineMs, borders.untilMs], nowMs)),
    orders,
    lateOrders,
    throughput: { hours: hours.map(({ fromMs, clock }) => ({ from: toMoment(fromMs), clock })), lines },
    files,
    signals,
    reconciliations,
    startReport,
  };
};
