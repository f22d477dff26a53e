import { z } from 'zod';
import type { PrintessBehaviour } from './behaviour.ts';
import { isFinal, type PrintessJob, phaseOf } from './job.ts';

const text = z.string().nullish();
const flag = z.boolean().nullish();

/** The published most that one page holds is unknown; these are the sandbox's. */
const DEFAULT_TAKE = 50;
const MOST_TAKEN = 500;

/** The request of /orders/list. */
export const orderListRequest = z.object({
  templateName: text,
  templateNameOperator: z.enum(['Contains', 'StartsWith', 'Equals']).nullish(),
  origin: text,
  productType: text,
  saveToken: text,
  externalOrderId: text,
  startDate: z.iso.datetime({ offset: true }).nullish(),
  endDate: z.iso.datetime({ offset: true }).nullish(),
  isFinished: flag,
  isFailed: flag,
  isImposed: flag,
  hasExternalOrderId: flag,
  take: z.int().nonnegative().nullish(),
  skip: z.int().nonnegative().nullish(),
});
export type OrderListRequest = z.infer<typeof orderListRequest>;

/** The page of jobs that the request asks for, and how many match in all. */
export function filterJobs(
  jobs: Iterable<PrintessJob>,
  request: OrderListRequest,
  nowMs: number,
  behaviour: Readonly<PrintessBehaviour>,
): { readonly page: readonly PrintessJob[]; readonly count: number } {
  const matching = [...jobs].filter((job) => job.hiddenFrom === 'nobody' && matches(job, request, nowMs, behaviour));
  const sign = behaviour.listOrder === 'newest' ? -1 : 1;
  // Stable: of two jobs made in the same moment, the later one is the newer.
  const sorted = (sign < 0 ? matching.reverse() : matching).sort((a, b) => sign * (a.createdAtMs - b.createdAtMs));
  const skip = request.skip ?? 0;
  const page = sorted.slice(skip, skip + Math.min(request.take ?? DEFAULT_TAKE, MOST_TAKEN));
  return { page, count: behaviour.listCount === 'all' ? sorted.length : page.length };
}

function matches(
  job: PrintessJob,
  request: OrderListRequest,
  nowMs: number,
  behaviour: Readonly<PrintessBehaviour>,
): boolean {
  const phase = phaseOf(job, nowMs);
  const finished = phase.kind === 'done' || (phase.kind === 'failed' && behaviour.failedIsFinished);
  const dateMs = behaviour.listDates === 'createdOn' ? job.createdAtMs : isFinal(phase) ? phase.atMs : null;
  return (
    equals(request.origin, job.origin) &&
    equals(request.externalOrderId, job.externalOrderId) &&
    equals(request.productType, job.productType) &&
    equals(withoutPrefix(request.saveToken), withoutPrefix(job.templateName)) &&
    isNamed(request, job.templateName) &&
    equals(request.isFinished, finished) &&
    equals(request.isFailed, phase.kind === 'failed') &&
    equals(request.isImposed, false) &&
    equals(request.hasExternalOrderId, job.externalOrderId !== null) &&
    isBetween(dateMs, request)
  );
}

/** An empty filter lets everything through. */
function equals<Value>(wanted: Value | null | undefined, value: Value): boolean {
  return wanted === undefined || wanted === null || wanted === '' || wanted === value;
}

function isNamed({ templateName, templateNameOperator }: OrderListRequest, name: string): boolean {
  if (templateName === undefined || templateName === null || templateName === '') return true;
  switch (templateNameOperator ?? 'Contains') {
    case 'Contains':
      return name.includes(templateName);
    case 'StartsWith':
      return name.startsWith(templateName);
    case 'Equals':
      return name === templateName;
  }
}

function isBetween(dateMs: number | null, { startDate, endDate }: OrderListRequest): boolean {
  const startMs = startDate === undefined || startDate === null ? Number.NEGATIVE_INFINITY : Date.parse(startDate);
  const endMs = endDate === undefined || endDate === null ? Number.POSITIVE_INFINITY : Date.parse(endDate);
  if (dateMs === null) return startMs === Number.NEGATIVE_INFINITY && endMs === Number.POSITIVE_INFINITY;
  return dateMs >= startMs && dateMs <= endMs;
}

function withoutPrefix<Text extends string | null | undefined>(token: Text): string | Text {
  return typeof token === 'string' && token.startsWith('st:') ? token.slice('st:'.length) : token;
}
