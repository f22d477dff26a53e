import type { JobSighting } from '../../domain/job-sighting.ts';
import type { CanvasWay } from './api.ts';
import type { ResultsDeps } from './ask-results.ts';
import { sightingOf } from './map.ts';
import type { Outcome } from './outcome.ts';
import type { WireProject } from './schema.ts';
import type { StatusNames } from './status-names.ts';

/** What following the jobs of all connections needs. */
export interface FollowDeps extends ResultsDeps {
  readonly statusNames: StatusNames;
}

/** A project with what its results told, now or when they were last asked for. */
export const sight = (
  { memory, statusNames }: FollowDeps,
  way: CanvasWay,
  project: WireProject,
  outcome: Outcome | null = memory.outcomeOf(way, project),
): JobSighting =>
  sightingOf(project, { settings: way.settings, statusName: statusNames.nameOf(way, project), outcome });

/** Orders of other storefronts are none of this connection's business, whatever a list says. */
export const isOurs = ({ storefrontId }: WireProject, way: CanvasWay): boolean =>
  storefrontId === '' || storefrontId === String(way.settings.storefrontId);
