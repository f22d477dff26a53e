import { sql } from 'kysely';
import { type ThroughputLine, type ThroughputStep, throughputSteps } from '../../contract/today.ts';
import type { Lane } from '../../contract/values.ts';
import type { Reader } from '../store/store.ts';
import type { DayBorders } from './today-borders.ts';

const hourMs = 3_600_000;

/** The fact that each step is counted by; each has an index of its own. */
const facts = {
  printReady: 'items.printReadyAtMs',
  handedOver: 'items.handedOverAtMs',
  shipped: 'items.shippedAtMs',
} as const satisfies Record<ThroughputStep, string>;

interface HourCount {
  readonly hour: number;
  readonly platform: string;
  readonly lane: Lane;
  readonly count: number;
}

const itemsPerHour = (db: Reader, step: ThroughputStep, { fromMs, untilMs }: DayBorders): Promise<HourCount[]> =>
  db
    .selectFrom('items')
    .innerJoin('orders', 'orders.id', 'items.orderId')
    .innerJoin('connections', 'connections.id', 'items.connectionId')
    .select((query) => [
      sql<number>`cast((${sql.ref(facts[step])} - ${fromMs}) / ${hourMs} AS INTEGER)`.as('hour'),
      'connections.platform',
      'orders.lane',
      query.fn.countAll<number>().as('count'),
    ])
    .where(facts[step], '>=', fromMs)
    .where(facts[step], '<', untilMs)
    .groupBy(['hour', 'connections.platform', 'orders.lane'])
    .execute();

const countedPerStep = <Value>(of: (step: ThroughputStep) => Value): Record<ThroughputStep, Value> => ({
  printReady: of('printReady'),
  handedOver: of('handedOver'),
  shipped: of('shipped'),
});

/** What each platform's items got done in every hour of the day: the shop's own first, then the busiest. */
export const readThroughput = async (
  db: Reader,
  borders: DayBorders,
  hourCount: number,
  platformName: (id: string) => string,
): Promise<ThroughputLine[]> => {
  const counts = new Map<ThroughputStep, HourCount[]>(
    await Promise.all(throughputSteps.map(async (step) => [step, await itemsPerHour(db, step, borders)] as const)),
  );
  const keyOf = ({ platform, lane }: Pick<HourCount, 'platform' | 'lane'>): string => `${lane} ${platform}`;
  const lines = new Map([...counts.values()].flat().map((count) => [keyOf(count), count]));
  return [...lines]
    .map(([key, { platform, lane }]) => {
      const perHour = countedPerStep((step) => {
        const hours = Array.from({ length: hourCount }, () => 0);
        for (const count of counts.get(step) ?? []) if (keyOf(count) === key) hours[count.hour] = count.count;
        return hours;
      });
      const total = countedPerStep((step) => perHour[step].reduce((sum, count) => sum + count, 0));
      return { platform, name: platformName(platform), lane, perHour, total };
    })
    .toSorted(byLaneThenWork);
};

const workOf = ({ total }: ThroughputLine): number => total.printReady + total.handedOver + total.shipped;

const byLaneThenWork = (one: ThroughputLine, other: ThroughputLine): number =>
  Number(one.lane === 'outsourced') - Number(other.lane === 'outsourced') ||
  workOf(other) - workOf(one) ||
  one.name.localeCompare(other.name);
