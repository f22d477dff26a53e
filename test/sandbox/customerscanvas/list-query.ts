import { z } from 'zod';
import type { ProcessingStatus } from './order.ts';
import type { ProjectView } from './project-store.ts';

const DAY_MS = 86_400_000;
const DEFAULT_TAKE = 50;
const MOST_TAKEN = 200;
const PERIOD_DAYS = { All: Number.POSITIVE_INFINITY, Today: 1, Last7Days: 7, Last30Days: 30 } as const;

const paging = z.object({
  skip: z.coerce.number().int().nonnegative().default(0),
  take: z.coerce.number().int().positive().default(DEFAULT_TAKE),
});

const projectsQuery = paging.extend({
  storefrontId: z.coerce.number().int().optional(),
  orderId: z.string().optional(),
  processingStatus: z.enum(['Pending', 'InProgress', 'Completed', 'Failed'] satisfies ProcessingStatus[]).optional(),
  status: z.coerce.number().int().optional(),
  datePeriod: z.enum(['All', 'Today', 'Last7Days', 'Last30Days']).default('All'),
  sorting: z.string().default('Id DESC'),
  includeObsolete: z.stringbool().default(false),
});

/** The envelope of every list. */
export interface Page<Entry> {
  readonly total: number;
  /** Null for an empty page, as the documents allow. */
  readonly items: readonly Entry[] | null;
}

export type ListAnswer<Entry> =
  | { readonly kind: 'page'; readonly page: Page<Entry> }
  | { readonly kind: 'invalid'; readonly message: string };

/** The page that `skip` and `take` ask for, or why they are refused. */
export function pageOf<Entry>(entries: readonly Entry[], query: URLSearchParams): ListAnswer<Entry> {
  const asked = paging.safeParse(Object.fromEntries(query));
  if (!asked.success) return { kind: 'invalid', message: z.prettifyError(asked.error) };
  return { kind: 'page', page: cut(entries, asked.data) };
}

function cut<Entry>(entries: readonly Entry[], { skip, take }: z.output<typeof paging>): Page<Entry> {
  const items = entries.slice(skip, skip + Math.min(take, MOST_TAKEN));
  return { total: entries.length, items: items.length === 0 ? null : items };
}

type SortKey = (view: ProjectView) => number | string;
const sortKeys: Readonly<Record<string, SortKey>> = {
  id: (view) => view.project.id,
  created: (view) => view.project.createdAtMs,
  lastmodified: (view) => view.lastModifiedMs,
  orderid: (view) => view.project.orderId,
};

/** `GET /projects`: filtered, sorted and cut. A period counts back from now, by when a project was made. */
export function queryProjects(
  projects: readonly ProjectView[],
  query: URLSearchParams,
  nowMs: number,
): ListAnswer<ProjectView> {
  const asked = projectsQuery.safeParse(Object.fromEntries(query));
  if (!asked.success) return { kind: 'invalid', message: z.prettifyError(asked.error) };
  const wanted = asked.data;
  const sorted = sortedBy(projects, wanted.sorting);
  if (sorted === undefined) return { kind: 'invalid', message: `cannot sort by "${wanted.sorting}"` };
  const sinceMs = nowMs - PERIOD_DAYS[wanted.datePeriod] * DAY_MS;
  const found = sorted.filter(
    ({ project, processingStatus, statusCode }) =>
      (wanted.storefrontId === undefined || project.storefrontId === wanted.storefrontId) &&
      (wanted.orderId === undefined || project.orderId === wanted.orderId) &&
      (wanted.processingStatus === undefined || processingStatus === wanted.processingStatus) &&
      (wanted.status === undefined || statusCode === wanted.status) &&
      (wanted.includeObsolete || !project.obsolete) &&
      project.createdAtMs >= sinceMs,
  );
  return { kind: 'page', page: cut(found, wanted) };
}

function sortedBy(projects: readonly ProjectView[], sorting: string): readonly ProjectView[] | undefined {
  const [, field = '', direction = 'ASC'] = /^(\w+)(?: (ASC|DESC))?$/i.exec(sorting.trim()) ?? [];
  const key = sortKeys[field.toLowerCase()];
  if (key === undefined) return undefined;
  const sign = direction.toUpperCase() === 'DESC' ? -1 : 1;
  return projects
    .map((view) => ({ view, value: key(view) }))
    .sort((a, b) => (a.value === b.value ? a.view.project.id - b.view.project.id : a.value < b.value ? -1 : 1) * sign)
    .map(({ view }) => view);
}
