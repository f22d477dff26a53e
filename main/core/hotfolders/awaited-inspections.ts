import type { Clock } from '../ports/clock.ts';
import { errorText, type Logger } from '../ports/logger.ts';
import type { Store } from '../store/store.ts';

export interface AwaitedInspectionsDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * The files whose hand-over waits for what an inspection finds. It goes as soon as that is there, and else at the time
 * that its row says; so nothing is lost with this memory.
 */
export class AwaitedInspections {
  readonly #deps: AwaitedInspectionsDeps;
  readonly #fileIds = new Set<number>();
  #working: Promise<void> = Promise.resolve();

  constructor(deps: AwaitedInspectionsDeps) {
    this.#deps = deps;
  }

  add(fileId: number): void {
    this.#fileIds.add(fileId);
  }

  /** Something of these files was written, maybe their inspection. */
  noteChanged(fileIds: ReadonlySet<number>): void {
    const awaited = [...fileIds].filter((id) => this.#fileIds.has(id));
    if (awaited.length === 0) return;
    this.#working = this.#working
      .then(() => this.#makeDue(awaited))
      .catch((error: unknown) => this.#deps.logger.error(`hand-overs after inspection: ${errorText(error)}`));
  }

  async idle(): Promise<void> {
    await this.#working;
  }

  async #makeDue(fileIds: readonly number[]): Promise<void> {
    const { store, clock } = this.#deps;
    const inspected = await store.read
      .selectFrom('inspections')
      .select('fileId')
      .where('fileId', 'in', fileIds)
      .execute();
    const ids = inspected.map(({ fileId }) => fileId);
    if (ids.length === 0) return;
    for (const id of ids) this.#fileIds.delete(id);
    await store.write(async ({ db, touched }) => {
      const rows = await db
        .updateTable('handovers')
        .set({ nextAtMs: clock.nowMs() })
        .where('fileId', 'in', ids)
        .where('state', '=', 'intended')
        .returning('id')
        .execute();
      for (const { id } of rows) touched.handovers.add(id);
    });
  }
}
