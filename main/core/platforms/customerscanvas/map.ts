import { stationLine } from '../../../contract/station-lines/station-lines.ts';
import type { JobState } from '../../../contract/values.ts';
import type { Belief, JobProblem, JobSighting, JobWork } from '../../domain/job-sighting.ts';
import { wallTimeMs } from '../wall-time.ts';
import type { Outcome } from './outcome.ts';
import { lacksQuantity, toJobItems } from './project-items.ts';
import type { ProcessingStatus, WireProject } from './schema.ts';
import type { CustomersCanvasSettings } from './settings.ts';

const states: Readonly<Record<ProcessingStatus, JobState>> = {
  Pending: 'waiting',
  InProgress: 'working',
  Completed: 'done',
  Failed: 'failed',
};

/** What beside the project's own answer goes into a sighting. */
export interface SightingFacts {
  readonly settings: CustomersCanvasSettings;
  /** The business status in the tenant's words; its code where these are not known. */
  readonly statusName: string;
  /** What the processing results told; null: not asked for, or not there yet. */
  readonly outcome: Outcome | null;
}

const timeMs = (text: string, { timeZone }: CustomersCanvasSettings): number | null => wallTimeMs(text, timeZone);

export const createdAtMsOf = (project: WireProject, settings: CustomersCanvasSettings): number | null =>
  timeMs(project.created, settings);

export const changedAtMsOf = (project: WireProject, settings: CustomersCanvasSettings): number | null =>
  timeMs(project.lastModified || project.created, settings);

/** A shop's order numbers are not unique across storefronts, and ids of orders are text. */
const workOf = (project: WireProject): JobWork => ({
  orderExternalId: project.orderId || `project ${project.id}`,
  customer: project.customerName,
  reference: project.orderName || project.orderNumber,
  shippingMethod: '',
  delivery: null,
  items: toJobItems(project),
  document: project.document,
});

/** Why a project is Pending is told nowhere: it may be queued, or its pipeline may start with a status only. */
const processingBelief = (status: ProcessingStatus | null): string => {
  if (status === null) return 'not told';
  return status === 'Pending' ? 'Pending: may be waiting for a status' : status;
};

const beliefsOf = (project: WireProject, status: ProcessingStatus | null, facts: SightingFacts): readonly Belief[] =>
  [
    { name: 'project', value: `${project.id} ${project.name}`.trim() },
    { name: 'processingStatus', value: processingBelief(status) },
    { name: 'businessStatus', value: facts.statusName },
    { name: 'lastModified', value: project.lastModified },
    { name: 'previewsLeftOut', value: String(facts.outcome?.previewsLeftOut || '') },
  ].filter(({ value }) => value !== '');

/** `Failed` without its description, which only the processing results have. */
const failedProblem: JobProblem = {
  code: 'pipelineFailed',
  text: stationLine('pipelineFailed'),
};

/** A project as Customer's Canvas told it, with what its results told where they were asked for. */
export const sightingOf = (project: WireProject, facts: SightingFacts): JobSighting => {
  const { outcome, settings } = facts;
  const status = outcome?.status ?? project.processingStatus;
  const problem = outcome?.problem ?? (status === 'Failed' ? failedProblem : null);
  return {
    externalId: project.id,
    handle: project.id,
    state: status === null ? 'waiting' : states[status],
    statusText: outcome?.statusText ?? status ?? 'not told',
    beliefs: beliefsOf(project, status, facts),
    problem,
    warnings: [
      ...(status === 'Pending' ? ['mayWaitForStatus'] : []),
      ...(project.tellsItems && lacksQuantity(project) ? ['quantityUnknown'] : []),
      ...(outcome?.warnings ?? []),
    ],
    createdAtMs: createdAtMsOf(project, settings),
    matchKey: null,
    work: workOf(project),
    files: outcome?.files ?? null,
    shipped: null,
  };
};

/** A job of which nothing can be told but its state. */
export const bareSighting = (
  externalId: string,
  state: JobState,
  statusText: string,
  problem: JobProblem | null = null,
): JobSighting => ({
  externalId,
  handle: externalId,
  state,
  statusText,
  beliefs: [],
  problem,
  warnings: [],
  createdAtMs: null,
  matchKey: null,
  work: null,
  files: null,
  shipped: null,
});
