import { z } from 'zod';
import { reconciliationView } from './connections.ts';
import { call } from './define.ts';
import { orderFilter, orderRow } from './orders.ts';
import { startReport } from './station.ts';
import { lane, moment, snapshotMark, stage, verification } from './values.ts';

const count = z.number().int().nonnegative();

/** A number of orders, and the filter with which `orders.list` shows exactly these. */
const countedOrders = z.object({ count, filter: orderFilter });
export type CountedOrders = z.infer<typeof countedOrders>;

/** The selections of the day. All but `due` and `shipped` are of now, whatever the day. */
const dayOrders = z.object({
  /** Open, and their ship-by has passed. */
  late: countedOrders,
  /** Open, and to be shipped by the end of the day; those that are late are not among them. */
  due: countedOrders,
  /** Open and made here, and some of it (an order is as far as its slowest item) is not at the press yet. */
  waiting: countedOrders,
  /** Open, with an item that a person holds. */
  held: countedOrders,
  problems: countedOrders,
  /** Their last item was shipped on that day. */
  shipped: countedOrders,
});
export const orderSelections = ['late', 'due', 'waiting', 'held', 'problems', 'shipped'] as const;
export type OrderSelection = keyof z.infer<typeof dayOrders>;

/** Why an order is late, as far as it is known: what is wrong, who holds it, or where it stands since when. */
const lateReason = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('problem'), text: z.string() }),
  z.object({ kind: z.literal('held'), note: z.string() }),
  z.object({ kind: z.literal('stage'), stage, since: moment }),
]);
export type LateReason = z.infer<typeof lateReason>;

const lateOrder = z.object({ order: orderRow, reason: lateReason });
export type LateOrder = z.infer<typeof lateOrder>;

/** The steps whose throughput is counted. */
export const throughputSteps = ['printReady', 'handedOver', 'shipped'] as const;
export type ThroughputStep = (typeof throughputSteps)[number];

/** The items of one platform that reached each step, for every hour of the day in turn. */
const throughputLine = z.object({
  /** The platform's id, such as `cloudprinter`. */
  platform: z.string(),
  name: z.string(),
  /** `outsourced`: the platform makes and ships them itself. They are never added to the shop's own. */
  lane,
  perHour: z.record(z.enum(throughputSteps), z.array(count)),
  total: z.record(z.enum(throughputSteps), count),
});
export type ThroughputLine = z.infer<typeof throughputLine>;

export const todayView = z.object({
  /** `YYYY-MM-DD` */
  day: z.iso.date(),
  timeZone: z.string(),
  /** The day's borders: where the clocks change, it has 23 or 25 hours. */
  from: moment,
  until: moment,
  asOf: moment,
  /** Whether `asOf` lies in the day. */
  isToday: z.boolean(),
  /** When the numbers change by time alone: the next ship-by or deadline passes, or the day ends. */
  turnsAt: moment.nullable(),
  orders: dayOrders,
  /** The first ten that are late, the longest overdue first. */
  lateOrders: z.array(lateOrder),
  throughput: z.object({
    /** The hours of the day; `clock` is what the clock on the wall shows as one begins. */
    hours: z.array(z.object({ from: moment, clock: z.string() })),
    lines: z.array(throughputLine),
  }),
  /** The files that became ready on the day. */
  files: z.object({
    verified: count,
    firstTry: count,
    /** Fetched more than once, whatever the cause. */
    afterRepeat: count,
    /** How well they were checked, the best first; null: there was nothing to check against. */
    levels: z.array(z.object({ level: verification.nullable(), count })),
    /** Now, whatever the day. */
    problems: count,
  }),
  /** The signals that the platforms accepted on the day, and those that wait now. */
  signals: z.object({
    sent: count,
    /** Of those sent, by their deadline; most have none. */
    onTime: count,
    late: count,
    withoutDeadline: count,
    /** How far behind its deadline the latest was sent; 0 when none was late. */
    worstLateSeconds: z.number().int().nonnegative(),
    waiting: count,
    /** Of those that wait: their deadline has passed. */
    overdue: count,
    /** The nearest of those that wait. */
    nextDeadlineAt: moment.nullable(),
    /** Need a person: not accepted, or nobody knows. */
    problems: count,
  }),
  /** The connections whose platform has a list to compare with ours; null before the first comparison. */
  reconciliations: z.array(
    z.object({ connection: z.string(), name: z.string(), reconciliation: reconciliationView.nullable() }),
  ),
  startReport: startReport.nullable(),
});
export type TodayView = z.infer<typeof todayView>;

export const todayGroup = {
  /** How the day goes: of the day that it is in that time zone now, or of another. */
  get: call(
    z.object({
      day: z.iso.date().optional(),
      /** An IANA name, such as `Europe/Copenhagen`. */
      timeZone: z.string().min(1).max(64),
    }),
    z.object({ ...snapshotMark, today: todayView }),
    { for: 'everyone' },
  ),
};
