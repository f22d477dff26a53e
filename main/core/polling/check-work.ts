import type { BudgetBook } from '../connections/budget-book.ts';
import type { ConnectionDirectory, LiveConnection } from '../connections/connection-directory.ts';
import type { PlatformWays } from '../connections/platform-ways.ts';
import type { JobContext } from '../jobs/job-context.ts';
import type { CheckOutcome } from '../platforms/platform.ts';
import type { Clock } from '../ports/clock.ts';
import { readChannel } from '../store/channels.ts';
import type { Store } from '../store/store.ts';
import { admits } from '../work/channel.ts';
import type { DurableWork } from '../work/durable-loop.ts';
import { nextDelayMs, retryPlans } from '../work/retry-table.ts';
import { type CheckRow, claimChecks, nextCheckDueMs } from './check-rows.ts';
import { jobsChannel } from './job-channel.ts';
import { settleCheck } from './settle-check.ts';

export interface CheckWorkDeps {
  readonly store: Store;
  readonly connections: ConnectionDirectory;
  readonly ways: PlatformWays;
  readonly budgets: BudgetBook;
  readonly clock: Clock;
  readonly random: () => number;
  contextOf(connection: LiveConnection): JobContext;
  /** Something new was taken in: files may be due. */
  onNews(): void;
}

/** Checks jobs one by one, oldest due first: those that the list does not settle, and those that somebody looks at. */
export class CheckWork implements DurableWork<CheckRow> {
  readonly name = 'checks';
  readonly #deps: CheckWorkDeps;
  readonly #running = new Map<number, CheckRow>();
  /** Those that run and have not asked for a place in the budget yet. */
  readonly #starting = new Set<number>();

  constructor(deps: CheckWorkDeps) {
    this.#deps = deps;
  }

  async claim(limit: number): Promise<readonly CheckRow[]> {
    const { clock, store, budgets } = this.#deps;
    const claimed: CheckRow[] = [];
    for (const { id } of this.#followed()) {
      const nowMs = clock.nowMs();
      const channel = await readChannel(store.read, id, jobsChannel, nowMs);
      const running = this.#runningOf(id).length;
      const admitted = admits(channel, nowMs, running);
      const free = Math.max(0, budgets.free(id) - this.#startingOf(id));
      const most = Math.min(limit - claimed.length, admitted === 'none' ? 0 : admitted === 'probe' ? 1 : free);
      if (most <= 0) continue;
      const rows = await claimChecks(store.read, id, [...this.#running.keys()], nowMs, most);
      for (const row of rows) {
        this.#running.set(row.id, row);
        this.#starting.add(row.id);
      }
      claimed.push(...rows);
    }
    return claimed;
  }

  async nextDueMs(): Promise<number | null> {
    const { clock, store, budgets } = this.#deps;
    const due: number[] = [];
    for (const { id } of this.#followed()) {
      const nowMs = clock.nowMs();
      const [channel, dueMs] = await Promise.all([
        readChannel(store.read, id, jobsChannel, nowMs),
        nextCheckDueMs(store.read, id, [...this.#running.keys()]),
      ]);
      if (dueMs === null) continue;
      // With a probe under way, its end makes the loop look again.
      if (channel.state !== 'open' && (channel.nextTryAtMs === null || this.#runningOf(id).length > 0)) continue;
      const freeAtMs = budgets.freeAtMs(id);
      // The budget is all in use: an end of one of ours makes the loop look, another's is waited for a moment.
      const roomAtMs = freeAtMs ?? nowMs + 250;
      due.push(Math.max(dueMs, channel.nextTryAtMs ?? 0, roomAtMs));
    }
    return due.length === 0 ? null : Math.min(...due);
  }

  async run(row: CheckRow, abort: AbortSignal): Promise<void> {
    const { store, clock, random, connections } = this.#deps;
    try {
      const connection = connections.find(row.connectionId);
      if (connection === null) return;
      const startedAtMs = clock.nowMs();
      const outcome = await this.#check(connection, row, abort);
      if (outcome === null || (abort.aborted && outcome.kind === 'failed')) return;
      const context = { ...this.#deps.contextOf(connection), heardBy: 'check' as const };
      const news = await store.write((transaction) =>
        settleCheck(transaction, { context, row, outcome, startedAtMs, random }),
      );
      if (news.files || news.missing > 0 || news.ended > 0) this.#deps.onNews();
    } finally {
      this.#running.delete(row.id);
      this.#starting.delete(row.id);
    }
  }

  async release(row: CheckRow): Promise<void> {
    const nextAtMs = this.#deps.clock.nowMs() + nextDelayMs(retryPlans.local, 6, this.#deps.random(), null);
    await this.#deps.store.write(async ({ db }) => {
      await db.updateTable('jobs').set({ nextAtMs }).where('id', '=', row.id).execute();
    });
  }

  async #check(connection: LiveConnection, row: CheckRow, abort: AbortSignal): Promise<CheckOutcome | null> {
    const following = connection.platform.jobs;
    if (following === undefined) return null;
    const way = this.#deps.ways.to(connection, abort);
    return following.check(
      {
        ...way,
        call: (request) => {
          const result = way.call(request);
          this.#starting.delete(row.id);
          return result;
        },
      },
      row,
    );
  }

  #followed(): readonly LiveConnection[] {
    return this.#deps.connections.all().filter(({ platform }) => platform.jobs !== undefined);
  }

  #startingOf(connectionId: string): number {
    return [...this.#starting].filter((id) => this.#running.get(id)?.connectionId === connectionId).length;
  }

  #runningOf(connectionId: string): readonly CheckRow[] {
    return [...this.#running.values()].filter((row) => row.connectionId === connectionId);
  }
}
