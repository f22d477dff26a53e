import { join } from 'node:path';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../store/store.ts';
import type { DurableWork } from '../work/durable-loop.ts';
import { expectedFile } from './expected-file.ts';
import {
  highestFileId,
  readUninspected,
  saveInspection,
  type UninspectedFile,
  uninspectedBetween,
  uninspectedOf,
} from './inspection-rows.ts';
import type { FileInspector } from './inspector.ts';
import { inspectionOf } from './report.ts';

export interface InspectDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly filesFolder: string;
  readonly inspector: FileInspector;
  /** The cause that the platform of a connection has for a finding. */
  readonly causeOf: (connectionId: string, finding: string, role: string) => string | null;
}

/** Files are looked up in steps of so many ids, so that a large station at its start keeps nobody waiting. */
const stepIds = 2_000;
const mostNoted = 500;

/**
 * Looks into each ready PDF once. What is still to do stands in the tables alone: a ready file without an inspection of
 * its content. The ids here only say where to look: those that changed, and at the start all, the newest first.
 */
export class InspectWork implements DurableWork<UninspectedFile> {
  readonly name = 'preflight';
  readonly #deps: InspectDeps;
  readonly #noted = new Set<number>();
  /** Found, and next in line; the last is the next. */
  #waiting: number[] = [];
  /** Files from this id on have been looked up since the start; null before that. */
  #lookedUpFrom: number | null = null;

  constructor(deps: InspectDeps) {
    this.#deps = deps;
  }

  /** Something of these files changed: they may be ready now. */
  note(fileIds: Iterable<number>): void {
    for (const id of fileIds) this.#noted.add(id);
  }

  async claim(limit: number): Promise<readonly UninspectedFile[]> {
    await this.#takeNoted();
    if (this.#waiting.length === 0) await this.#lookFurther();
    const ids = this.#waiting.splice(-limit).toReversed();
    const files = await Promise.all(ids.map((id) => readUninspected(this.#deps.store.read, id)));
    return files.flatMap((file) => file ?? []);
  }

  async run(file: UninspectedFile, signal: AbortSignal): Promise<void> {
    const { store, clock, filesFolder, inspector, causeOf } = this.#deps;
    const outcome = await inspector.inspect({ path: join(filesFolder, file.relativePath), bytes: file.bytes });
    // Called off: the next start looks into it again.
    if (signal.aborted) return;
    const inspection = inspectionOf(outcome, expectedFile(file), (finding, role) =>
      causeOf(file.connectionId, finding, role),
    );
    await store.write((transaction) => saveInspection(transaction, file, inspection, clock.nowMs()));
  }

  /** A bug over one file is in the log; the file is looked into again after the next start, and not over and over. */
  async release(): Promise<void> {}

  async nextDueMs(): Promise<number | null> {
    const isMore = this.#waiting.length > 0 || this.#noted.size > 0 || this.#lookedUpFrom !== 1;
    return isMore ? this.#deps.clock.nowMs() : null;
  }

  async #takeNoted(): Promise<void> {
    if (this.#noted.size === 0) return;
    const some = [...this.#noted].slice(0, mostNoted);
    for (const id of some) this.#noted.delete(id);
    const found = await uninspectedOf(this.#deps.store.read, some);
    const known = new Set(this.#waiting);
    this.#waiting.push(...found.filter((id) => !known.has(id)).toReversed());
  }

  async #lookFurther(): Promise<void> {
    const { read } = this.#deps.store;
    const before = this.#lookedUpFrom ?? (await highestFileId(read)) + 1;
    const from = Math.max(1, before - stepIds);
    if (before > 1) this.#waiting = (await uninspectedBetween(read, from, before)).toReversed();
    this.#lookedUpFrom = from;
  }
}
