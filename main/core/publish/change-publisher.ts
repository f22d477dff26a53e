import type { Clock } from '../ports/clock.ts';
import { errorText, type Logger } from '../ports/logger.ts';
import { type Touched, TouchList } from '../store/changes.ts';
import type { Store } from '../store/store.ts';

/** Changes are told at most this often, all that came in between together. */
const collectMs = 100;

export interface ChangePublisherDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Reads the touched rows and emits their events. */
  readonly publish: (touched: Touched, revision: number) => Promise<void>;
  /** With nobody listening nothing is read. */
  readonly hasListeners: () => boolean;
}

/**
 * Turns committed changes into the contract's events. Each batch has the next revision; a snapshot takes the revision
 * before it reads, so that a change is in the snapshot, in a later event, or in both, and never in neither.
 */
export class ChangePublisher {
  readonly #deps: ChangePublisherDeps;
  #pending: TouchList | null = null;
  /** Null while nothing is published. */
  #publishing: Promise<void> | null = null;
  #cancelTimer: (() => void) | null = null;
  #revision = 0;
  readonly #unsubscribe: () => void;

  constructor(deps: ChangePublisherDeps) {
    this.#deps = deps;
    this.#unsubscribe = deps.store.changes.subscribe((touched) => this.note(touched));
  }

  get revision(): number {
    return this.#revision;
  }

  /** Adds to the next batch. */
  note(touched: Partial<Touched>): void {
    const pending = this.#pending ?? new TouchList();
    for (const id of touched.orders ?? []) pending.orders.add(id);
    for (const id of touched.files ?? []) pending.files.add(id);
    for (const id of touched.signals ?? []) pending.signals.add(id);
    for (const id of touched.actions ?? []) pending.actions.add(id);
    for (const id of touched.jobs ?? []) pending.jobs.add(id);
    for (const id of touched.handovers ?? []) pending.handovers.add(id);
    for (const id of touched.hotFolders ?? []) pending.hotFolders.add(id);
    for (const id of touched.connections ?? []) pending.connections.add(id);
    for (const id of touched.people ?? []) pending.people.add(id);
    this.#pending = pending;
    this.#cancelTimer ??= this.#deps.clock.at(this.#deps.clock.nowMs() + collectMs, () => this.#flush());
  }

  async stop(): Promise<void> {
    this.#unsubscribe();
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    this.#pending = null;
    await this.#publishing;
  }

  #flush(): void {
    this.#cancelTimer = null;
    // On a busy machine batches would queue up and be told late, one by one: what comes meanwhile goes in one.
    if (this.#publishing !== null) return;
    const touched = this.#pending;
    this.#pending = null;
    if (touched === null) return;
    this.#revision += 1;
    const revision = this.#revision;
    if (!this.#deps.hasListeners()) return;
    this.#publishing = this.#deps
      .publish(touched, revision)
      .catch((error: unknown) => this.#deps.logger.error(`publishing changes: ${errorText(error)}`))
      .finally(() => {
        this.#publishing = null;
        if (this.#cancelTimer === null) this.#flush();
      });
  }
}
