import type { CanvasWay } from './api.ts';
import type { Outcome } from './outcome.ts';
import type { ProcessingStatus, WireProject } from './schema.ts';

interface Remembered {
  /** The project as it was when its results were asked for. */
  readonly processingStatus: ProcessingStatus | null;
  readonly lastModified: string;
  readonly settings: string;
  /** By `elapsedMs()`; infinite while the answer is still to come. */
  readonly askedAtMs: number;
  readonly outcome: Outcome | null;
}

/** Of one connection; the oldest leave first. */
const mostRemembered = 20_000;

/** The guide's least interval between two questions for the results of one project. */
const leastIntervalMs = 60_000;

/**
 * What the results of projects told, for as long as these have not changed: a list that names a known project again then
 * says as much of it as the check did, and nobody has to ask twice. Forgotten with the process.
 */
export class ResultsMemory {
  readonly #connections = new Map<string, Map<string, Remembered>>();

  /** Null when they were not asked for since the project last changed. */
  outcomeOf(way: CanvasWay, project: WireProject): Outcome | null {
    const known = this.#connections.get(way.connectionId)?.get(project.id);
    const unchanged =
      known !== undefined &&
      known.processingStatus === project.processingStatus &&
      known.lastModified === project.lastModified &&
      known.settings === JSON.stringify(way.settings);
    return unchanged ? known.outcome : null;
  }

  /** Whether the project's results were asked for less than a minute ago. */
  wasJustAsked(way: CanvasWay, projectId: string): boolean {
    const known = this.#connections.get(way.connectionId)?.get(projectId);
    return known !== undefined && way.elapsedMs() - known.askedAtMs < leastIntervalMs;
  }

  /** The question is on its way, which may take long where the budget is short. */
  begin(way: CanvasWay, project: WireProject): void {
    this.#store(way, project, Number.POSITIVE_INFINITY, null);
  }

  /** The answer came now. `outcome` is null when it settled nothing. */
  note(way: CanvasWay, project: WireProject, outcome: Outcome | null): void {
    this.#store(way, project, way.elapsedMs(), outcome);
  }

  #store(way: CanvasWay, project: WireProject, askedAtMs: number, outcome: Outcome | null): void {
    const known = this.#connections.get(way.connectionId) ?? new Map<string, Remembered>();
    this.#connections.set(way.connectionId, known);
    known.delete(project.id);
    known.set(project.id, {
      processingStatus: project.processingStatus,
      lastModified: project.lastModified,
      settings: JSON.stringify(way.settings),
      askedAtMs,
      outcome,
    });
    const [oldest] = known.keys();
    if (known.size > mostRemembered && oldest !== undefined) known.delete(oldest);
  }
}
