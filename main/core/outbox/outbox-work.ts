import { z } from 'zod';
import type { ConnectionDirectory } from '../connections/connection-directory.ts';
import type { SendOutcome } from '../platforms/platform.ts';
import type { Clock } from '../ports/clock.ts';
import { readChannel } from '../store/channels.ts';
import type { Store } from '../store/store.ts';
import { admits } from '../work/channel.ts';
import type { DurableWork } from '../work/durable-loop.ts';
import { failure } from '../work/failure.ts';
import { RateBudget } from '../work/rate-budget.ts';
import { nextDelayMs, retryPlans } from '../work/retry-table.ts';
import { type ClaimedSignal, claimSignals, nextSignalDueMs, signalsChannel } from './outbox-claim.ts';
import { settleSignal, type TriedSignal } from './outbox-settle.ts';

/** Longer than a send can take; only a second process would ever see it run out. */
const leaseMs = 120_000;

const storedPayload = z.record(z.string(), z.union([z.string(), z.number()]));

export interface OutboxWorkDeps {
  readonly store: Store;
  readonly connections: ConnectionDirectory;
  readonly clock: Clock;
  readonly random: () => number;
  readonly owner: string;
}

/** Sends signals: each item's in their order, each connection within its budget, and by one probe where a channel waits. */
export class OutboxWork implements DurableWork<ClaimedSignal> {
  readonly name = 'signals';
  readonly #deps: OutboxWorkDeps;
  readonly #running = new Map<string, number>();
  readonly #budgets = new Map<string, RateBudget>();

  constructor(deps: OutboxWorkDeps) {
    this.#deps = deps;
  }

  async claim(limit: number): Promise<readonly ClaimedSignal[]> {
    const claimed: ClaimedSignal[] = [];
    for (const connection of this.#deps.connections.all()) {
      const allowed = Math.min(limit - claimed.length, await this.#allowed(connection.id));
      if (allowed <= 0) continue;
      const nowMs = this.#deps.clock.nowMs();
      const due = await nextSignalDueMs(this.#deps.store.read, connection.id);
      if (due === null || due > nowMs) continue;
      const rows = await this.#deps.store.write((tx) =>
        claimSignals(tx, connection.id, this.#deps.owner, nowMs, leaseMs, allowed),
      );
      this.#budget(connection.id).take(nowMs, rows.length);
      this.#running.set(connection.id, this.#runningOf(connection.id) + rows.length);
      claimed.push(...rows);
    }
    return claimed;
  }

  async nextDueMs(): Promise<number | null> {
    const nowMs = this.#deps.clock.nowMs();
    const due: number[] = [];
    for (const { id } of this.#deps.connections.all()) {
      const channel = await readChannel(this.#deps.store.read, id, signalsChannel, nowMs);
      // With a probe under way, its end makes the loop look again.
      if (channel.state === 'paused' || (channel.state !== 'open' && this.#runningOf(id) > 0)) continue;
      const rowDueMs = await nextSignalDueMs(this.#deps.store.read, id);
      if (rowDueMs === null) continue;
      due.push(Math.max(rowDueMs, channel.nextTryAtMs ?? 0, this.#budget(id).freeAtMs(nowMs)));
    }
    return due.length === 0 ? null : Math.min(...due);
  }

  async run(claimed: ClaimedSignal, abort: AbortSignal): Promise<void> {
    try {
      const startedAtMs = this.#deps.clock.nowMs();
      const { signal, outcome } = await this.#send(claimed, abort);
      // Cut off by our own stop: nothing is known of it, and it says nothing of the channel. The next start sends it again.
      if (abort.aborted && outcome.kind === 'failed') return;
      await this.#deps.store.write((tx) =>
        settleSignal(tx, signal, outcome, {
          startedAtMs,
          nowMs: this.#deps.clock.nowMs(),
          random: this.#deps.random(),
        }),
      );
    } finally {
      this.#running.set(claimed.connectionId, this.#runningOf(claimed.connectionId) - 1);
    }
  }

  async release(claimed: ClaimedSignal): Promise<void> {
    const nextAtMs = this.#deps.clock.nowMs() + nextDelayMs(retryPlans.local, 4, this.#deps.random(), null);
    await this.#deps.store.write(async ({ db, touched }) => {
      await db
        .updateTable('outbox')
        .set({
          state: 'waiting',
          leaseOwner: null,
          leaseUntilMs: null,
          nextAtMs,
          lastError: 'an error of the station itself',
        })
        .where('id', '=', claimed.id)
        .execute();
      touched.signals.add(claimed.id);
    });
  }

  async #send(
    claimed: ClaimedSignal,
    abort: AbortSignal,
  ): Promise<{ readonly signal: TriedSignal; readonly outcome: SendOutcome }> {
    const row = await this.#deps.store.read
      .selectFrom('outbox')
      .innerJoin('items', 'items.id', 'outbox.itemId')
      .innerJoin('orders', 'orders.id', 'outbox.orderId')
      .selectAll('outbox')
      .select(['items.externalId as itemExternalId', 'orders.externalId as orderExternalId'])
      .where('outbox.id', '=', claimed.id)
      .executeTakeFirstOrThrow();
    const signal: TriedSignal = { ...row, mandatory: row.mandatory === 1 };
    const connection = this.#deps.connections.find(row.connectionId);
    const payload = storedPayload.safeParse(JSON.parse(row.payloadJson));
    if (connection === null || !payload.success) {
      const reason = connection === null ? 'its connection is gone' : 'its stored content cannot be read';
      return { signal, outcome: { kind: 'failed', failure: failure('rejected', reason) } };
    }
    const outcome = await connection.platform.send(
      { id: connection.id, settings: connection.settings },
      {
        kind: row.kind,
        orderExternalId: row.orderExternalId,
        itemExternalId: row.itemExternalId,
        payload: payload.data,
        happenedAtMs: row.createdAtMs,
      },
      { secret: (name) => connection.secret(name), nowMs: () => this.#deps.clock.nowMs(), abort },
    );
    return { signal, outcome };
  }

  async #allowed(connectionId: string): Promise<number> {
    const nowMs = this.#deps.clock.nowMs();
    const channel = await readChannel(this.#deps.store.read, connectionId, signalsChannel, nowMs);
    const admitted = admits(channel, nowMs, this.#runningOf(connectionId));
    if (admitted === 'none') return 0;
    const free = this.#budget(connectionId).free(nowMs);
    return admitted === 'probe' ? Math.min(1, free) : free;
  }

  #budget(connectionId: string): RateBudget {
    const limit = this.#deps.connections.find(connectionId)?.rate ?? { requests: 1, perSeconds: 1 };
    const budget = this.#budgets.get(connectionId) ?? new RateBudget(limit);
    budget.setLimit(limit);
    this.#budgets.set(connectionId, budget);
    return budget;
  }

  #runningOf(connectionId: string): number {
    return this.#running.get(connectionId) ?? 0;
  }
}
