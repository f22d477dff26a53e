import { type TodayView, throughputSteps } from '../../../main/contract/today.ts';

const fewestHours = 10;

/** The part of the day that the charts show: from the first hour with work to the last, or to now; the same in each. */
export const shownHours = ({
  throughput: { hours, lines },
  asOf,
  isToday,
}: Pick<TodayView, 'throughput' | 'asOf' | 'isToday'>): { readonly from: number; readonly until: number } => {
  const busy = hours.flatMap((_, hour) =>
    lines.some(({ perHour }) => throughputSteps.some((step) => (perHour[step][hour] ?? 0) > 0)) ? [hour] : [],
  );
  const now = isToday ? hours.findLastIndex(({ from }) => from <= asOf) : 0;
  const last = Math.max(busy.at(-1) ?? 0, now);
  const from = Math.max(0, Math.min(busy[0] ?? last, last + 1 - fewestHours));
  return { from, until: Math.min(hours.length, Math.max(last + 1, from + fewestHours)) };
};
