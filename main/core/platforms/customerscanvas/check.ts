import { stationLine } from '../../../contract/station-lines/station-lines.ts';
import type { JobSighting } from '../../domain/job-sighting.ts';
import type { CheckOutcome, KnownJob } from '../platform.ts';
import type { CanvasWay } from './api.ts';
import { askResults, isFresh } from './ask-results.ts';
import { isLookUp, lookUpOrder } from './look-up-order.ts';
import { bareSighting } from './map.ts';
import type { WireProject } from './schema.ts';
import { type FollowDeps, sight } from './sight.ts';

const seen = (...sightings: readonly JobSighting[]): CheckOutcome => ({ kind: 'seen', sightings });

const goneText = stationLine('projectGone');

/** Open projects have no results yet; where the state is not told, the results tell it. */
const hasResults = ({ processingStatus }: WireProject): boolean =>
  processingStatus !== 'Pending' && processingStatus !== 'InProgress';

/**
 * Asks for one job: the project, and its processing results once it has some. A project that was made just now may not be
 * found yet.
 */
export const checkJob = async (deps: FollowDeps, way: CanvasWay, job: KnownJob): Promise<CheckOutcome> => {
  if (isLookUp(job)) return lookUpOrder(deps, way, job);
  const asked = await deps.api.project(way, job.externalId);
  if (asked.kind === 'failed') return asked;
  if (asked.kind !== 'answer') {
    const fresh = isFresh(job.createdAtMs ?? job.knownSinceMs, way.nowMs());
    if (fresh) return seen(bareSighting(job.externalId, 'waiting', 'not ready yet'));
    if (asked.kind === 'conflict') return { kind: 'failed', failure: asked.failure };
    return seen(bareSighting(job.externalId, 'gone', 'not found', { code: 'projectGone', text: goneText }));
  }
  const project = asked.value;
  if (!hasResults(project) || deps.memory.wasJustAsked(way, project.id)) return seen(sight(deps, way, project));
  const results = await askResults(deps, way, project);
  return results.kind === 'failed' ? results : seen(sight(deps, way, project, results.outcome));
};
