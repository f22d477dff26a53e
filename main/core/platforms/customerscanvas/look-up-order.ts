import { stationLine } from '../../../contract/station-lines/station-lines.ts';
import type { JobSighting } from '../../domain/job-sighting.ts';
import type { CheckOutcome, KnownJob } from '../platform.ts';
import type { CanvasWay } from './api.ts';
import { bareSighting } from './map.ts';
import { type FollowDeps, isOurs, sight } from './sight.ts';
import { mostPagesWithoutNews, noStorefront } from './sweep.ts';

/** Names a job that stands for an order of which no project is known yet. */
const prefix = 'order ';

/** The shop tells of an order before its projects are there, but not for long. */
const patienceMs = 24 * 60 * 60_000;

export const isLookUp = ({ externalId }: Pick<KnownJob, 'externalId'>): boolean => externalId.startsWith(prefix);

const stillMissing = (job: KnownJob, orderId: string, nowMs: number): JobSighting => {
  if (nowMs - job.knownSinceMs < patienceMs) return bareSighting(job.externalId, 'waiting', 'no project yet');
  const text = stationLine('projectNotFound', { order: orderId });
  return bareSighting(job.externalId, 'waiting', 'no project yet', { code: 'orderNotFound', text });
};

/** Asks for the projects of an order that the shop told of; they take the look-up's place once there are any. */
export const lookUpOrder = async (deps: FollowDeps, way: CanvasWay, job: KnownJob): Promise<CheckOutcome> => {
  if (way.settings.storefrontId === null) return { kind: 'failed', failure: noStorefront };
  const orderId = job.externalId.slice(prefix.length);
  const found = new Map<string, JobSighting>();
  const seen = new Set<string>();
  let pagesWithoutNews = 0;
  for (let skip = 0; ; ) {
    const page = await deps.api.projects(way, { orderId, skip, take: way.settings.pageSize });
    if (page.kind !== 'answer') return { kind: 'failed', failure: page.failure };
    const { items, listed, total } = page.value;
    for (const project of items) {
      if (isOurs(project, way) && project.orderId === orderId) found.set(project.id, sight(deps, way, project));
    }
    skip += listed;
    pagesWithoutNews = items.some(({ id }) => !seen.has(id)) ? 0 : pagesWithoutNews + 1;
    for (const { id } of items) seen.add(id);
    if (listed === 0 || skip >= (total ?? 0) || pagesWithoutNews === mostPagesWithoutNews) break;
  }
  const sightings = found.size > 0 ? [...found.values()] : [stillMissing(job, orderId, way.nowMs())];
  return { kind: 'seen', sightings };
};
