import type { CanvasApi, CanvasWay } from './api.ts';
import type { WireProject } from './schema.ts';

/** The names of business statuses, which every tenant has its own of. A nicety: without them the code is shown. */
export class StatusNames {
  readonly #byConnection = new Map<string, ReadonlyMap<number, string>>();

  /** Reads them anew; what cannot be had now stays as it was, and is not asked for again by itself. */
  async refresh(api: CanvasApi, way: CanvasWay): Promise<void> {
    const asked = await api.statuses(way);
    if (asked.kind !== 'answer') {
      if (!this.areKnown(way)) this.#byConnection.set(way.connectionId, new Map());
      return;
    }
    const names = asked.value.items.map(({ code, displayName }) => [code, displayName] as const);
    this.#byConnection.set(way.connectionId, new Map(names));
  }

  /** Whether they were asked for. */
  areKnown(way: CanvasWay): boolean {
    return this.#byConnection.has(way.connectionId);
  }

  nameOf(way: CanvasWay, { status }: WireProject): string {
    if (status === null) return '';
    return this.#byConnection.get(way.connectionId)?.get(status) || String(status);
  }
}
