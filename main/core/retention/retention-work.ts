import type { Clock } from '../ports/clock.ts';
import { errorText, type Logger } from '../ports/logger.ts';
import type { Store } from '../store/store.ts';
import type { DeletionTable } from '../store/tables/order-tables.ts';
import type { DurableWork } from '../work/durable-loop.ts';
import { deleteFiles } from './delete-files.ts';
import { deletePersonal } from './delete-personal.ts';
import type { DeletionClock } from './deletion-clock.ts';
import { countKeptBeyond, type Deletable, dueOrders } from './due-orders.ts';

export interface RetentionLimits {
  readonly keepDaysAfterShipped: number;
  /** While the disk is too full to fetch, files go after so many days already. */
  readonly keepDaysWhenFull: number;
  readonly minimumFreeBytes: number;
}

export interface RetentionDeps {
  readonly store: Store;
  readonly clock: Clock;
  /** What is over for long enough is asked of this one alone: what is deleted is gone for good. */
  readonly deletionClock: Pick<DeletionClock, 'nowMs'>;
  readonly logger: Logger;
  /** Absolute. */
  readonly filesFolder: string;
  readonly limits: () => RetentionLimits;
  /** Free bytes on the volume of the files folder; null when it cannot be told. */
  readonly freeBytes: () => Promise<number | null>;
}

/** Orders of which something is to be deleted together. */
export interface DueBatch {
  readonly what: Deletable;
  readonly by: DeletionTable['by'];
  readonly orderIds: readonly number[];
  readonly closedUntilMs: number;
}

/** So many at once keep no other writer waiting for long. */
const batchOrders = 20;
const dayMs = 86_400_000;
const lookEveryMs = 3_600_000;
/** A disk that is full is looked at again this much later. */
const lookWhenFullEveryMs = 30_000;
/** What the system refused to delete is tried again this much later. */
const refusedForMs = 3_600_000;

/**
 * Deletes files and personal data of orders that are over. What is still to do stands in the tables alone; in memory is
 * only when to look again, and what the system refused just now.
 */
export class RetentionWork implements DurableWork<DueBatch> {
  readonly name = 'retention';
  readonly #deps: RetentionDeps;
  readonly #refusedUntilMs = new Map<number, number>();
  #lookAtMs = 0;
  #keptBeyond = 0;
  /** What the downloads need beside what must stay free; 0 when they do not wait for room. */
  #wantedFreeBytes = 0;

  constructor(deps: RetentionDeps) {
    this.#deps = deps;
  }

  /** The downloads have too little room: they want so many bytes free, of which there are fewer. */
  diskFull(wantedFreeBytes: number): void {
    this.#wantedFreeBytes = wantedFreeBytes;
    this.#lookAtMs = 0;
  }

  diskOk(): void {
    this.#wantedFreeBytes = 0;
  }

  /** The limits changed. */
  lookAgain(): void {
    this.#lookAtMs = 0;
  }

  async claim(): Promise<readonly DueBatch[]> {
    const { clock, deletionClock, limits } = this.#deps;
    const nowMs = clock.nowMs();
    if (this.#lookAtMsBy(nowMs) > nowMs) return [];
    const { keepDaysAfterShipped, keepDaysWhenFull } = limits();
    const deleteByMs = await deletionClock.nowMs();
    const closedUntilMs = deleteByMs - keepDaysAfterShipped * dayMs;
    const due =
      (await this.#look('files', 'retention', closedUntilMs, batchOrders)) ??
      (await this.#look('personal', 'retention', closedUntilMs, batchOrders));
    if (due !== null) return [due];
    const isFull = await this.#isFull();
    if (isFull) {
      // One after the other, so that no more goes than has to.
      const earlierMs = deleteByMs - Math.min(keepDaysAfterShipped, keepDaysWhenFull) * dayMs;
      const early = await this.#look('files', 'diskGuard', earlierMs, 1);
      if (early !== null) return [early];
    }
    this.#lookAtMs = nowMs + (isFull ? lookWhenFullEveryMs : lookEveryMs);
    await this.#tellKept(closedUntilMs);
    return [];
  }

  async run(batch: DueBatch): Promise<void> {
    const { store, clock, logger, filesFolder } = this.#deps;
    const nowMs = clock.nowMs();
    if (batch.what === 'personal') {
      const done = await store.write((transaction) => deletePersonal(transaction, { ...batch, nowMs }));
      if (done.length > 0) logger.info('personal data of orders that are over was deleted', { orders: done.length });
      return;
    }
    const results = await deleteFiles(store, filesFolder, { ...batch, nowMs });
    const deleted = results.filter(({ kind }) => kind === 'deleted').length;
    for (const result of results) {
      if (result.kind === 'deleted') continue;
      this.#refusedUntilMs.set(result.orderId, nowMs + refusedForMs);
      logger.warn(`files of order ${result.orderId} cannot be deleted yet: ${errorText(result.cause)}`);
    }
    if (deleted > 0) logger.info('files of orders that are over were deleted', { orders: deleted, by: batch.by });
  }

  /** A bug over one batch is in the log; it is not met over and over. */
  async release(batch: DueBatch): Promise<void> {
    const untilMs = this.#deps.clock.nowMs() + refusedForMs;
    for (const id of batch.orderIds) this.#refusedUntilMs.set(id, untilMs);
  }

  async nextDueMs(): Promise<number> {
    return this.#lookAtMsBy(this.#deps.clock.nowMs());
  }

  /** Later than it can have been planned: by a clock that was ahead. Then it is time to look by the right one. */
  #lookAtMsBy(nowMs: number): number {
    return this.#lookAtMs > nowMs + lookEveryMs ? nowMs : this.#lookAtMs;
  }

  /** Past the limit and not deleted: somebody has to settle what is open. One line in the log whenever it changes. */
  async #tellKept(closedUntilMs: number): Promise<void> {
    const { store, clock, logger } = this.#deps;
    const kept = await countKeptBeyond(store.read, closedUntilMs, clock.nowMs());
    if (kept === this.#keptBeyond) return;
    this.#keptBeyond = kept;
    if (kept > 0) logger.warn('orders past the limit are kept: something about them is open', { orders: kept });
  }

  async #isFull(): Promise<boolean> {
    const freeBytes = await this.#deps.freeBytes();
    return freeBytes !== null && freeBytes < Math.max(this.#deps.limits().minimumFreeBytes, this.#wantedFreeBytes);
  }

  async #look(
    what: Deletable,
    by: DeletionTable['by'],
    closedUntilMs: number,
    limit: number,
  ): Promise<DueBatch | null> {
    const nowMs = this.#deps.clock.nowMs();
    for (const [id, untilMs] of this.#refusedUntilMs) if (untilMs <= nowMs) this.#refusedUntilMs.delete(id);
    const except = [...this.#refusedUntilMs.keys()];
    const orderIds = await dueOrders(this.#deps.store.read, { what, closedUntilMs, nowMs, limit, except });
    return orderIds.length === 0 ? null : { what, by, orderIds, closedUntilMs };
  }
}
