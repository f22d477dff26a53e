import type { WorkFailure } from '../../work/failure.ts';
import type { CanvasApi, CanvasWay } from './api.ts';
import { missingSizes } from './artifact-sizes.ts';
import { createdAtMsOf } from './map.ts';
import {
  completedOutcome,
  failedOutcome,
  type ItemResults,
  isSettled,
  noResults,
  notReadyYet,
  type Outcome,
  openOutcome,
  resultsInConflict,
} from './outcome.ts';
import type { ResultsMemory } from './results-memory.ts';
import type { WireProject, WireResults } from './schema.ts';

/** A project's pipeline appears shortly after the project itself. */
const freshForMs = 10 * 60_000;

export const isFresh = (sinceMs: number | null, nowMs: number): boolean =>
  sinceMs !== null && nowMs - sinceMs < freshForMs;

export type ResultsAnswer =
  | { readonly kind: 'outcome'; readonly outcome: Outcome }
  | { readonly kind: 'failed'; readonly failure: WorkFailure };

export interface ResultsDeps {
  readonly api: CanvasApi;
  readonly memory: ResultsMemory;
}

const failedResults = async (
  { api }: ResultsDeps,
  way: CanvasWay,
  project: WireProject,
  results: WireResults,
): Promise<ResultsAnswer> => {
  const items: ItemResults[] = [];
  for (const item of project.items.length > 1 ? project.items : []) {
    const asked = await api.results(way, project.id, item.id);
    if (asked.kind === 'failed') return asked;
    if (asked.kind === 'answer') items.push({ itemName: item.name || item.id, results: asked.value });
  }
  const sizes = await missingSizes(
    api,
    way,
    items.flatMap((item) => item.results.outputFileDetails),
  );
  if (sizes.kind === 'failed') return sizes;
  return { kind: 'outcome', outcome: failedOutcome(project, results, items, sizes.sizes, way.settings) };
};

const ask = async (deps: ResultsDeps, way: CanvasWay, project: WireProject): Promise<ResultsAnswer> => {
  const asked = await deps.api.results(way, project.id, null);
  if (asked.kind === 'failed') return asked;
  if (asked.kind !== 'answer') {
    if (isFresh(createdAtMsOf(project, way.settings), way.nowMs())) return { kind: 'outcome', outcome: notReadyYet };
    const missing = asked.kind === 'notFound';
    const outcome = missing ? noResults(project.processingStatus) : resultsInConflict(asked.answer.message);
    return { kind: 'outcome', outcome };
  }
  const results = asked.value;
  const status = results.status ?? project.processingStatus;
  if (status === 'Failed') return failedResults(deps, way, project, results);
  if (status !== 'Completed') return { kind: 'outcome', outcome: openOutcome(status) };
  const sizes = await missingSizes(deps.api, way, results.outputFileDetails);
  if (sizes.kind === 'failed') return sizes;
  return { kind: 'outcome', outcome: completedOutcome(project, results.outputFileDetails, sizes.sizes, way.settings) };
};

/** Asks for the processing results of a project, and remembers what they told. */
export const askResults = async (deps: ResultsDeps, way: CanvasWay, project: WireProject): Promise<ResultsAnswer> => {
  deps.memory.begin(way, project);
  const answer = await ask(deps, way, project);
  const settled = answer.kind === 'outcome' && isSettled(answer.outcome) ? answer.outcome : null;
  deps.memory.note(way, project, settled);
  return answer;
};
