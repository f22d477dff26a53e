import { stationLine } from '../../../contract/station-lines/station-lines.ts';
import { oneLine } from '../one-line.ts';
import type { LookUpOutcome, OutgoingMessage } from '../platform.ts';
import type { PrintessWay } from './api.ts';
import { listOrders, type OrderFilter } from './list-orders.ts';
import type { ListedOrder } from './order-sighting.ts';
import { requestedAt, templateIn } from './produce-body.ts';

/** The platform's clock may be behind ours by this much. */
const clockSkewMs = 10 * 60_000;

type Gathered =
  | { readonly kind: 'orders'; readonly orders: readonly ListedOrder[] }
  | Extract<LookUpOutcome, { kind: 'failed' }>;

const gather = async (way: PrintessWay, filter: OrderFilter): Promise<Gathered> => {
  const orders: ListedOrder[] = [];
  const pages = listOrders(way, filter);
  for (let page = await pages.next(); ; page = await pages.next()) {
    if (page.done !== true) orders.push(...page.value);
    else if (page.value.kind === 'covered') return { kind: 'orders', orders };
    else return { kind: 'failed', failure: page.value.failure };
  }
};

/** A command that was asked for by a clock that was ahead was asked for before now. */
const askedSinceMs = (way: PrintessWay, { happenedAtMs }: OutgoingMessage): number =>
  Math.min(happenedAtMs, way.nowMs()) - clockSkewMs;

/** As far back as orders are looked for: with the order's reference these are few, and the mark tells which it is. */
const lookBackSinceMs = (way: PrintessWay): number => way.nowMs() - way.settings.lookBackDays * 86_400_000;

const isSince = ({ createdAtMs }: ListedOrder, sinceMs: number): boolean =>
  createdAtMs === null || createdAtMs >= sinceMs;

const produced = { none: 'jobListedNowhere', several: 'jobsListedSeveral' } as const;
const madeAgain = { none: 'jobNotMadeAgain', several: 'jobsMadeAgainSeveral' } as const;

/** One that fits is it; of several nobody can say which. */
const verdict = (
  fitting: readonly ListedOrder[],
  order: string,
  lines: typeof produced | typeof madeAgain,
): LookUpOutcome => {
  const [found] = fitting;
  if (found === undefined) return { kind: 'notFound', detail: stationLine(lines.none, { order }) };
  if (fitting.length > 1) {
    return { kind: 'notFound', detail: stationLine(lines.several, { count: fitting.length, order }) };
  }
  return {
    kind: 'found',
    sighting: found.sighting,
    detail: stationLine('jobListedAs', { job: oneLine(found.wire.jobId, 200) }),
  };
};

/** Looks for the job of a produce command: by the mark that it carries, else by origin, order, template and time. */
export const lookUpProduced = async (way: PrintessWay, message: OutgoingMessage): Promise<LookUpOutcome> => {
  const { origin } = way.settings;
  const { orderExternalId, itemExternalId, payload } = message;
  const template = templateIn(payload);
  const sinceMs = askedSinceMs(way, message);
  const gathered = await gather(way, { origin, externalOrderId: orderExternalId, sinceMs: lookBackSinceMs(way) });
  if (gathered.kind === 'failed') return gathered;
  const asked = requestedAt(message);
  const ofOrder = gathered.orders.filter(
    ({ wire }) => wire.origin === origin && wire.externalOrderId === orderExternalId,
  );
  const marked = ofOrder.filter(({ meta }) => meta.own?.line === itemExternalId && meta.own.requestedAt === asked);
  // A job that was rendered again carries the mark of the first one, which is the oldest.
  const oldest = marked.toSorted((a, b) => (a.createdAtMs ?? 0) - (b.createdAtMs ?? 0)).slice(0, 1);
  if (oldest.length > 0) return verdict(oldest, orderExternalId, produced);
  const unmarked = ofOrder.filter(
    (order) =>
      order.meta.own === null &&
      isSince(order, sinceMs) &&
      (order.template === template || order.wire.templateName === template),
  );
  return verdict(unmarked, orderExternalId, produced);
};

/** Looks for the job that a repeated rendering made: in the same Printess order, or the newer one of the same line. */
export const lookUpRenderedAgain = async (way: PrintessWay, message: OutgoingMessage): Promise<LookUpOutcome> => {
  const { job, orderExternalId } = message;
  if (job === null) return { kind: 'notFound', detail: stationLine('jobUnknownForRender') };
  const sinceMs = askedSinceMs(way, message);
  // An order without a reference of the shop goes by Printess' own id, by which the list cannot be asked.
  const filter =
    orderExternalId === job.handle ? { sinceMs } : { externalOrderId: orderExternalId, sinceMs: lookBackSinceMs(way) };
  const gathered = await gather(way, filter);
  if (gathered.kind === 'failed') return gathered;
  const old = gathered.orders.find(({ wire }) => wire.jobId === job.externalId || wire.id === job.handle);
  const isNew = (order: ListedOrder): boolean => order.wire.jobId !== job.externalId && isSince(order, sinceMs);
  const inSameOrder = gathered.orders.filter((order) => order.wire.id === job.handle && isNew(order));
  if (inSameOrder.length > 0) return verdict(inSameOrder, orderExternalId, madeAgain);
  const ofSameLine = gathered.orders.filter(
    (order) =>
      isNew(order) &&
      order.wire.externalOrderId !== '' &&
      order.wire.externalOrderId === orderExternalId &&
      (old === undefined || (order.template === old.template && order.wire.metaData === old.wire.metaData)),
  );
  return verdict(ofSameLine, orderExternalId, madeAgain);
};
