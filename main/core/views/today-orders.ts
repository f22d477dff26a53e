import type { CountedOrders, OrderSelection, TodayView } from '../../contract/today.ts';
import { toMoment } from '../ports/clock.ts';
import type { Reader } from '../store/store.ts';
import { countOrders, type OrderFilter } from './order-rows.ts';
import type { DayBorders } from './today-borders.ts';

/** An order at one of these has an item that is not at the press yet. */
const beforeThePress: OrderFilter['stages'] = ['received', 'registered', 'fetching', 'printReady'];

const everything: OrderFilter = { openOnly: false, problemsOnly: false };
const open: OrderFilter = { ...everything, openOnly: true };

/** Which orders each of the day's numbers counts: the same filters lead to them in the list. */
export const selectionFilters = (
  { fromMs, untilMs }: DayBorders,
  nowMs: number,
): Readonly<Record<OrderSelection, OrderFilter>> => ({
  late: { ...open, dueBefore: toMoment(nowMs) },
  due: { ...open, dueFrom: toMoment(Math.max(nowMs, fromMs)), dueBefore: toMoment(untilMs) },
  waiting: { ...open, lanes: ['own'], stages: beforeThePress },
  held: { ...open, held: true },
  problems: { ...everything, problemsOnly: true },
  shipped: { ...everything, shippedFrom: toMoment(fromMs), shippedBefore: toMoment(untilMs) },
});

export const countSelections = async (db: Reader, borders: DayBorders, nowMs: number): Promise<TodayView['orders']> => {
  const filters = selectionFilters(borders, nowMs);
  const counted = async (selection: OrderSelection): Promise<CountedOrders> => {
    const filter = filters[selection];
    return { count: await countOrders(db, filter), filter };
  };
  const [late, due, waiting, held, problems, shipped] = await Promise.all([
    counted('late'),
    counted('due'),
    counted('waiting'),
    counted('held'),
    counted('problems'),
    counted('shipped'),
  ]);
  return { late, due, waiting, held, problems, shipped };
};
