import { makeProject } from './make-project.ts';
import type { OrderSpec, PlacedOrder, ProcessingStatus, Project, ProjectSpec } from './order.ts';
import { combined, type Pipeline, type PipelineState, pipelineAt } from './pipeline.ts';
import { STATUS } from './workflow.ts';

/** Of one item: which run of its pipeline is the current one, and how that stands. */
interface ItemRun {
  /** Counts from 1; a restart makes new artifacts, and those of the run before are gone. */
  generation: number;
  pipeline: Pipeline;
}

interface LiveProject {
  readonly project: Project;
  readonly spec: ProjectSpec;
  readonly runs: ReadonlyMap<number, ItemRun>;
  statusCode: number;
  statusAtMs: number;
  /** How often a pipeline began from its first task: what a shop pays for. */
  pipelineStarts: number;
}

export interface ProjectView {
  readonly project: Project;
  readonly statusCode: number;
  readonly processingStatus: ProcessingStatus;
  readonly statusDescription: string | null;
  readonly lastModifiedMs: number;
}

export interface ProjectStoreOptions {
  readonly defaultStorefrontId: number;
  /** Of the first project; the others follow. */
  readonly firstProjectId: number;
  readonly pipelineMs: number;
  /** Reaching this status starts the pipeline, again if need be. */
  readonly pipelineOnStatus: number | undefined;
  readonly nowMs: () => number;
}

/** The projects of a tenant. What their pipelines say changes with the clock; everything else by these calls alone. */
export interface ProjectStore {
  place(order: OrderSpec): PlacedOrder;
  all(): readonly ProjectView[];
  find(projectId: number): ProjectView | undefined;
  itemState(projectId: number, itemId: number): PipelineState | undefined;
  /** The current run of the item's pipeline; undefined for an item that is not there. */
  generationOf(projectId: number, itemId: number): number | undefined;
  pipelineStarts(projectId: number): number;
  complete(projectId: number, itemId?: number): void;
  fail(projectId: number, description: string, itemId?: number): void;
  waitForStatus(projectId: number): void;
  vanish(projectId: number): void;
  /** Goes on from the failed task, with the artifacts of before; false when nothing has failed. */
  resume(projectId: number, itemId?: number): boolean;
  /** From the first task, with new artifacts; false when nothing has failed. */
  restart(projectId: number, itemId?: number): boolean;
  changeStatus(projectId: number, code: number): void;
}

export function createProjectStore(options: ProjectStoreOptions): ProjectStore {
  const projects = new Map<number, LiveProject>();
  let nextProjectId = options.firstProjectId;

  const running = (spec: ProjectSpec, failsWith: string | null, startedAtMs = options.nowMs()): Pipeline => ({
    kind: 'running',
    startedAtMs,
    durationMs: spec.pipelineMs ?? options.pipelineMs,
    failsWith,
  });

  function get(projectId: number): LiveProject {
    const live = projects.get(projectId);
    if (live === undefined) throw new Error(`no project ${projectId}`);
    return live;
  }

  /** The runs of the project, or that of the one item. */
  const runsOf = (live: LiveProject, itemId: number | undefined): readonly ItemRun[] =>
    [...live.runs].filter(([id]) => itemId === undefined || id === itemId).map(([, run]) => run);

  function view(live: LiveProject): ProjectView {
    const nowMs = options.nowMs();
    const state = combined([...live.runs.values()].map((run) => pipelineAt(run.pipeline, nowMs)));
    return {
      project: live.project,
      statusCode: live.statusCode,
      processingStatus: state.status,
      statusDescription: state.description,
      lastModifiedMs: Math.max(live.project.createdAtMs, live.statusAtMs, state.sinceMs),
    };
  }

  const failedRuns = (live: LiveProject, itemId: number | undefined) =>
    runsOf(live, itemId).filter((run) => pipelineAt(run.pipeline, options.nowMs()).status === 'Failed');

  function begin(live: LiveProject, runs: readonly ItemRun[], failsWith: string | null): void {
    live.pipelineStarts += 1;
    for (const run of runs) {
      run.generation += 1;
      run.pipeline = running(live.spec, failsWith);
    }
  }

  return {
    place(order) {
      const storefrontId = order.storefrontId ?? options.defaultStorefrontId;
      const placed = (order.projects ?? [{}]).map((spec, lineIndex) => {
        const createdAtMs = spec.createdAtMs ?? options.nowMs();
        const project = makeProject({ order, spec, storefrontId, id: nextProjectId, lineIndex, createdAtMs });
        nextProjectId += 1;
        const waits = spec.waitsForStatus === true;
        const pipeline = (): Pipeline =>
          waits ? { kind: 'waiting', sinceMs: createdAtMs } : running(spec, spec.failsWith ?? null, createdAtMs);
        projects.set(project.id, {
          project,
          spec,
          runs: new Map(project.items.map((item) => [item.id, { generation: 1, pipeline: pipeline() }])),
          statusCode: spec.status ?? (waits ? STATUS.new : STATUS.active),
          statusAtMs: createdAtMs,
          pipelineStarts: waits ? 0 : 1,
        });
        return { id: project.id, itemIds: project.items.map((item) => item.id) };
      });
      return { orderId: order.orderId, storefrontId, projects: placed };
    },
    all: () => [...projects.values()].map(view),
    find(projectId) {
      const live = projects.get(projectId);
      return live === undefined ? undefined : view(live);
    },
    itemState(projectId, itemId) {
      const run = projects.get(projectId)?.runs.get(itemId);
      return run === undefined ? undefined : pipelineAt(run.pipeline, options.nowMs());
    },
    generationOf: (projectId, itemId) => projects.get(projectId)?.runs.get(itemId)?.generation,
    pipelineStarts: (projectId) => get(projectId).pipelineStarts,
    complete(projectId, itemId) {
      for (const run of runsOf(get(projectId), itemId)) run.pipeline = { kind: 'completed', atMs: options.nowMs() };
    },
    fail(projectId, description, itemId) {
      for (const run of runsOf(get(projectId), itemId)) {
        run.pipeline = { kind: 'failed', atMs: options.nowMs(), description };
      }
    },
    waitForStatus(projectId) {
      const live = get(projectId);
      live.statusCode = STATUS.new;
      for (const run of live.runs.values()) run.pipeline = { kind: 'waiting', sinceMs: options.nowMs() };
    },
    vanish(projectId) {
      projects.delete(projectId);
    },
    resume(projectId, itemId) {
      const live = get(projectId);
      const failed = failedRuns(live, itemId);
      for (const run of failed) run.pipeline = running(live.spec, null);
      return failed.length > 0;
    },
    restart(projectId, itemId) {
      const live = get(projectId);
      const failed = failedRuns(live, itemId);
      // A restart of the project runs everything again; one of an item only that item.
      if (failed.length > 0) begin(live, runsOf(live, itemId), null);
      return failed.length > 0;
    },
    changeStatus(projectId, code) {
      const live = get(projectId);
      live.statusCode = code;
      live.statusAtMs = options.nowMs();
      const waiting = [...live.runs.values()].filter((run) => run.pipeline.kind === 'waiting');
      const starts = options.pipelineOnStatus === undefined ? waiting.length > 0 : code === options.pipelineOnStatus;
      if (starts) begin(live, [...live.runs.values()], live.spec.failsWith ?? null);
    },
  };
}
