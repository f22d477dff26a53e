import { sql } from 'kysely';
import { type OutboxState, signalKinds } from '../../contract/values.ts';
import type { Clock } from '../ports/clock.ts';
import { errorText, type Logger } from '../ports/logger.ts';
import type { Store } from '../store/store.ts';
import type { NoticeBoard } from './notices.ts';
import { signalsOverdueCode, signalsOverdueNotice } from './station-notices.ts';

export interface OverdueSignalsDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly notices: Pick<NoticeBoard, 'raise' | 'clear'>;
  readonly logger: Logger;
}

/** What still is to go out by itself; one that is a problem is counted as such. */
const waitingStates: readonly OutboxState[] = ['queued', 'sending', 'waiting'];
/** A burst of changes is looked at once. */
const lookPauseMs = 1_000;

/**
 * Keeps one notice for each connection with a signal that waits past its deadline, and takes it back once none does.
 * One that a person has dismissed stays dismissed until then.
 */
export class OverdueSignals {
  readonly #deps: OverdueSignalsDeps;
  /** The connections that have a notice, or had one that was dismissed. */
  #overdue: ReadonlySet<string> = new Set();
  #nextLookMs = Number.POSITIVE_INFINITY;
  #cancelTimer: () => void = () => undefined;
  #looking: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(deps: OverdueSignalsDeps) {
    this.#deps = deps;
  }

  /** Something about the signals has changed. */
  poke(): void {
    this.#lookAt(this.#deps.clock.nowMs() + lookPauseMs);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelTimer();
    await this.#looking;
  }

  #lookAt(atMs: number): void {
    if (this.#stopped || atMs >= this.#nextLookMs) return;
    this.#cancelTimer();
    this.#nextLookMs = atMs;
    this.#cancelTimer = this.#deps.clock.at(atMs, () => {
      this.#nextLookMs = Number.POSITIVE_INFINITY;
      this.#looking = this.#look().catch((error: unknown) =>
        this.#deps.logger.error(`looking for overdue signals: ${errorText(error)}`),
      );
    });
  }

  async #look(): Promise<void> {
    const { store, clock, notices } = this.#deps;
    const nowMs = clock.nowMs();
    const waiting = await store.read
      .selectFrom('outbox')
      .select([
        'connectionId',
        sql<number | null>`sum(deadline_at_ms <= ${nowMs})`.as('overdue'),
        sql<number | null>`min(CASE WHEN deadline_at_ms > ${nowMs} THEN deadline_at_ms END)`.as('aheadMs'),
      ])
      .where('state', 'in', waitingStates)
      .where('kind', 'in', signalKinds)
      .groupBy('connectionId')
      .execute();
    const overdue = new Set(waiting.flatMap((row) => ((row.overdue ?? 0) > 0 ? [row.connectionId] : [])));
    for (const connection of overdue) {
      if (!this.#overdue.has(connection)) notices.raise(signalsOverdueNotice(connection));
    }
    for (const connection of this.#overdue) {
      if (!overdue.has(connection)) notices.clear(signalsOverdueCode, connection);
    }
    this.#overdue = overdue;
    const ahead = waiting.flatMap(({ aheadMs }) => aheadMs ?? []);
    if (ahead.length > 0) this.#lookAt(Math.min(...ahead) + lookPauseMs);
  }
}
