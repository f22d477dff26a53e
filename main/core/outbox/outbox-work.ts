import { z } from 'zod';
import type { ConnectionDirectory } from '../connections/connection-directory.ts';
import type { SendOutcome } from '../platforms/platform.ts';
import type { Clock } from '../ports/clock.ts';
import { readChannel } from '../store/channels.ts';
import type { Store } from '../store/store.ts';
import { readStored } from '../store/stored-json.ts';
import { admits, type Channel } from '../work/channel.ts';
import type { DurableWork } from '../work/durable-loop.ts';
import { failure } from '../work/failure.ts';
import { RateBudget } from '../work/rate-budget.ts';
import { nextDelayMs, retryPlans } from '../work/retry-table.ts';
import { SettleTogether } from '../work/settle-together.ts';
import { type ClaimedSignal, claimSignals, nextSignalDueMs, signalsChannel } from './outbox-claim.ts';
import { settleSignals, type TriedSignal } from './outbox-settle.ts';

/** Longer than a send can take: only what could be neither settled nor put back is taken again after it. */
const leaseMs = 120_000;

const storedPayload = z
  .record(z.string(), z.union([z.string(), z.number()]))
  .nullable()
  .catch(null);

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
  readonly #settling: SettleTogether<TriedSignal>;

  constructor(deps: OutboxWorkDeps) {
    this.#deps = deps;
    this.#settling = new SettleTogether((tried) =>
      deps.store.write((tx) => settleSignals(tx, tried, deps.clock.nowMs(), deps.random)),
    );
  }

  async claim(limit: number): Promise<readonly ClaimedSignal[]> {
    const { clock, connections, owner, store } = this.#deps;
    const claimed: ClaimedSignal[] = [];
    for (const { id } of connections.all()) {
      const { channel, rowDueMs } = await this.#outlook(id);
      const nowMs = clock.nowMs();
      if (rowDueMs === null || rowDueMs > nowMs) continue;
      const allowed = Math.min(limit - claimed.length, this.#allowed(id, channel, nowMs));
      if (allowed <= 0) continue;
      const rows = await store.write((tx) => claimSignals(tx, id, owner, nowMs, leaseMs, allowed));
      this.#budget(id).take(nowMs, rows.length);
      this.#running.set(id, this.#runningOf(id) + rows.length);
      claimed.push(...rows);
    }
    return claimed;
  }

  async nextDueMs(): Promise<number | null> {
    const nowMs = this.#deps.clock.nowMs();
    const due: number[] = [];
    for (const { id } of this.#deps.connections.all()) {
      const { channel, rowDueMs } = await this.#outlook(id);
      // With a probe under way, its end makes the loop look again.
      if (channel.state === 'paused' || (channel.state !== 'open' && this.#runningOf(id) > 0)) continue;
      if (rowDueMs === null) continue;
      due.push(Math.max(rowDueMs, channel.nextTryAtMs ?? 0, this.#budget(id).freeAtMs(nowMs)));
    }
    return due.length === 0 ? null : Math.min(...due);
  }

  async run(signal: ClaimedSignal, abort: AbortSignal): Promise<void> {
    const { clock } = this.#deps;
    try {
      const startedAtMs = clock.nowMs();
      const outcome = await this.#send(signal, abort);
      // Cut off by our own stop: nothing is known of it, and it says nothing of the channel. The next start sends it again.
      if (abort.aborted && outcome.kind === 'failed') return;
      await this.#settling.add({ signal, outcome, startedAtMs, endedAtMs: clock.nowMs() });
    } finally {
      this.#running.set(signal.connectionId, this.#runningOf(signal.connectionId) - 1);
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
          lastErrorCode: 'local',
        })
        .where('id', '=', claimed.id)
        .execute();
      touched.signals.add(claimed.id);
    });
  }

  async #send(signal: ClaimedSignal, abort: AbortSignal): Promise<SendOutcome> {
    const connection = this.#deps.connections.find(signal.connectionId);
    const payload = readStored(storedPayload, signal.payloadJson);
    if (connection === null || payload === null) {
      const reason = connection === null ? 'its connection is gone' : 'its stored content cannot be read';
      return { kind: 'failed', failure: failure('rejected', reason) };
    }
    return connection.platform.send(
      { id: connection.id, settings: connection.settings },
      {
        kind: signal.kind,
        orderExternalId: signal.orderExternalId,
        itemExternalId: signal.itemExternalId,
        payload,
        happenedAtMs: signal.createdAtMs,
      },
      { secret: (name) => connection.secret(name), nowMs: () => this.#deps.clock.nowMs(), abort },
    );
  }

  async #outlook(connectionId: string): Promise<{ readonly channel: Channel; readonly rowDueMs: number | null }> {
    const { clock, store } = this.#deps;
    const [channel, rowDueMs] = await Promise.all([
      readChannel(store.read, connectionId, signalsChannel, clock.nowMs()),
      nextSignalDueMs(store.read, connectionId),
    ]);
    return { channel, rowDueMs };
  }

  #allowed(connectionId: string, channel: Channel, nowMs: number): number {
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
