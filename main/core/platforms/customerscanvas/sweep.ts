import { stationLine } from '../../../contract/station-lines/station-lines.ts';
import type { JobSighting } from '../../domain/job-sighting.ts';
import { failure, type WorkFailure } from '../../work/failure.ts';
import type { SweepEnd, SweepQuestion } from '../platform.ts';
import type { CanvasWay } from './api.ts';
import { askResults } from './ask-results.ts';
import { changedAtMsOf } from './map.ts';
import type { WireProject } from './schema.ts';
import { isNewestFirst } from './settings.ts';
import { type FollowDeps, isOurs, sight } from './sight.ts';

/** A change may be listed a little later than it happened. */
const overlapMs = 10 * 60_000;

/**
 * A list does not say why a pipeline failed, and that of an older version says nothing of pipelines: for so many projects
 * the results are asked for in one sweep.
 */
const mostResultsAsked = 20;

/** Pages in a row that tell of no other project: whoever gives the same page again and again would do so for ever. */
export const mostPagesWithoutNews = 5;

export const noStorefront: WorkFailure = failure('refused', stationLine('noStorefront'));

/** How far back the pages have to be read; null: all of them. */
const limitMsOf = ({ reach, cursor, oldestOpenAtMs }: SweepQuestion, way: CanvasWay): number | null => {
  if (reach === 'everything' || cursor === null || !isNewestFirst(way.settings)) return null;
  const changedSinceMs = Math.min(Number(cursor), way.nowMs()) - overlapMs;
  return oldestOpenAtMs === null ? changedSinceMs : Math.min(changedSinceMs, oldestOpenAtMs - overlapMs);
};

/** Only a page that is sorted as it was asked for tells that all further ones are older. */
const isBeyond = (changes: readonly (number | null)[], limitMs: number): boolean => {
  const last = changes.at(-1);
  if (last === undefined || last === null || last >= limitMs) return false;
  return changes.every((change, at) => change !== null && change <= (changes[at - 1] ?? Number.POSITIVE_INFINITY));
};

const isUntold = ({ processingStatus }: WireProject): boolean =>
  processingStatus === 'Failed' || processingStatus === null;

/** The projects of a page as sightings, with the results of those of which the list tells too little. */
const sightPage = async (
  deps: FollowDeps,
  way: CanvasWay,
  projects: readonly WireProject[],
  allowance: { resultsLeft: number },
): Promise<readonly JobSighting[]> => {
  const sightings: JobSighting[] = [];
  for (const project of projects) {
    const known = deps.memory.outcomeOf(way, project);
    if (
      known !== null ||
      !isUntold(project) ||
      allowance.resultsLeft === 0 ||
      deps.memory.wasJustAsked(way, project.id)
    ) {
      sightings.push(sight(deps, way, project, known));
      continue;
    }
    allowance.resultsLeft -= 1;
    const results = await askResults(deps, way, project);
    sightings.push(sight(deps, way, project, results.kind === 'outcome' ? results.outcome : null));
  }
  return sightings;
};

/**
 * `GET /projects` of the storefront, newest change first: one list tells of open, finished and failed ones. Paging is by
 * offset and shifts while projects change, so each id counts once and a long list has its first page read again.
 */
export async function* sweepProjects(
  deps: FollowDeps,
  way: CanvasWay,
  question: SweepQuestion,
): AsyncGenerator<readonly JobSighting[], SweepEnd, undefined> {
  const { settings } = way;
  if (settings.storefrontId === null) return { kind: 'failed', failure: noStorefront };
  const everything = question.reach === 'everything';
  if (everything || !deps.statusNames.areKnown(way)) await deps.statusNames.refresh(deps.api, way);
  const limitMs = limitMsOf(question, way);
  const datePeriod = everything ? 'Last30Days' : settings.lookBack;
  const allowance = { resultsLeft: mostResultsAsked };
  const seen = new Set<string>();
  let newestMs = question.cursor === null ? null : Number(question.cursor);
  let total: number | null = null;
  let pagesWithoutNews = 0;

  const readPage = (skip: number) => deps.api.projects(way, { datePeriod, skip, take: settings.pageSize });
  const unseen = (projects: readonly WireProject[]): readonly WireProject[] =>
    projects.filter((project) => !seen.has(project.id) && seen.add(project.id) && isOurs(project, way));

  for (let skip = 0; ; ) {
    const page = await readPage(skip);
    if (page.kind !== 'answer') return { kind: 'failed', failure: page.failure };
    const { items, listed } = page.value;
    const seenBefore = seen.size;
    total = page.value.total ?? total;
    const changes = items.map((project) => changedAtMsOf(project, settings));
    for (const change of changes) {
      // A moment that lies ahead would hide what changes until then.
      if (change !== null) newestMs = Math.max(newestMs ?? 0, Math.min(change, way.nowMs()));
    }
    yield await sightPage(deps, way, unseen(items), allowance);
    skip += listed;
    pagesWithoutNews = seen.size > seenBefore ? 0 : pagesWithoutNews + 1;
    // Without a total, a page of nothing new is the end: a platform that ignores `skip` would give it for ever.
    const isEnd = total === null ? pagesWithoutNews > 0 : skip >= total;
    const isLast = listed === 0 || isEnd || pagesWithoutNews === mostPagesWithoutNews;
    if (isLast || (limitMs !== null && isBeyond(changes, limitMs))) break;
  }
  if (everything && seen.size > settings.pageSize) {
    const again = await readPage(0);
    if (again.kind !== 'answer') return { kind: 'failed', failure: again.failure };
    total = again.value.total ?? total;
    yield await sightPage(deps, way, unseen(again.value.items), allowance);
  }
  const cursor = newestMs === null ? null : String(newestMs);
  return { kind: 'covered', cursor, there: everything ? (total ?? seen.size) : null };
}
