import type { WorkFailure } from '../../work/failure.ts';
import { type ApiResult, isRefusal, isSuccess, type PrintessWay, post } from './api.ts';
import { type ListedOrder, readOrder } from './order-sighting.ts';
import { wireOrderPage, wireStatus } from './schema.ts';

/** Which orders to ask for; the station compares again what comes back. */
export interface OrderFilter {
  readonly origin?: string;
  readonly externalOrderId?: string;
  /** Orders made from then on. Whether Printess compares it to createdOn or finishedOn is not published. */
  readonly sinceMs: number;
}

export type ListEnd =
  | { readonly kind: 'covered' }
  /** 401 or 403. */
  | { readonly kind: 'refused'; readonly failure: WorkFailure }
  | { readonly kind: 'failed'; readonly failure: WorkFailure };

/** No job has this id: asked for, it tells whether a token is taken at all. */
const noJobsId = 'platen-asks-whether-the-token-is-taken';

const pageAfter = async (way: PrintessWay, filter: OrderFilter, take: number, skip: number) =>
  post(
    way,
    '/orders/list',
    {
      ...(filter.origin === undefined ? {} : { origin: filter.origin }),
      ...(filter.externalOrderId === undefined ? {} : { externalOrderId: filter.externalOrderId }),
      startDate: new Date(filter.sinceMs).toISOString(),
      take,
      skip,
    },
    wireOrderPage,
  );

/** Pages in a row that tell of no other order: whoever gives the same page again and again would do so for ever. */
const mostPagesWithoutNews = 5;

const isOlder = ({ createdAtMs }: ListedOrder, sinceMs: number): boolean =>
  createdAtMs !== null && createdAtMs < sinceMs;

/**
 * The orders page by page, each job once: orders that are made meanwhile push others onto the next page. Ends when the
 * pages do, or, should Printess not look at the date, with a page of nothing but older orders (the newest come first).
 */
export async function* listOrders(
  way: PrintessWay,
  filter: OrderFilter,
): AsyncGenerator<readonly ListedOrder[], ListEnd, undefined> {
  const take = way.settings.pageSize;
  const seen = new Set<string>();
  let pagesWithoutNews = 0;
  for (let skip = 0; ; ) {
    const result = await pageAfter(way, filter, take, skip);
    if (result.kind !== 'read') return endOf(result);
    const { orders: entries, count } = result.value;
    const listed = entries.flatMap((entry) => readOrder(entry) ?? []);
    const fresh = listed.filter(({ wire }) => !seen.has(wire.jobId));
    for (const { wire } of fresh) seen.add(wire.jobId);
    yield fresh;
    skip += entries.length;
    // Printess may give fewer than were asked for: a short page is the last only when the count agrees.
    const isLast = entries.length < take && skip >= (count ?? 0);
    const isOver = listed.length > 0 && listed.every((order) => isOlder(order, filter.sinceMs));
    pagesWithoutNews = fresh.length > 0 ? 0 : pagesWithoutNews + 1;
    const isStuck = pagesWithoutNews === mostPagesWithoutNews;
    if (entries.length === 0 || isLast || isOver || isStuck) return { kind: 'covered' };
  }
}

const endOf = (result: Exclude<ApiResult<unknown>, { kind: 'read' }>): ListEnd =>
  result.kind === 'otherwise' && isRefusal(result.status)
    ? { kind: 'refused', failure: result.failure }
    : { kind: 'failed', failure: result.failure };

export type TokenVerdict =
  /** It reads the status of a job, for which the shop token is enough. */
  { readonly kind: 'taken' } | { readonly kind: 'failed'; readonly failure: WorkFailure };

/** Whether the token is good for anything: tells a list that is refused from a token that is wrong. */
export const isTokenTaken = async (way: PrintessWay): Promise<TokenVerdict> => {
  const result = await post(way, '/production/status/get', { jobId: noJobsId }, wireStatus);
  if (result.kind === 'read') return { kind: 'taken' };
  // Not the documented answer to an unknown job, but one to somebody who may ask.
  const isTaken = result.kind === 'otherwise' && (isSuccess(result.status) || [400, 404, 406].includes(result.status));
  return isTaken ? { kind: 'taken' } : { kind: 'failed', failure: result.failure };
};
