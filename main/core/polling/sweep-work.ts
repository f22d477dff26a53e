import type { ConnectionDirectory, LiveConnection } from '../connections/connection-directory.ts';
import type { PlatformWays } from '../connections/platform-ways.ts';
import { applySightings } from '../jobs/apply-sightings.ts';
import type { JobContext } from '../jobs/job-context.ts';
import type { SweepEnd, SweepQuestion } from '../platforms/platform.ts';
import type { Clock } from '../ports/clock.ts';
import { readChannel } from '../store/channels.ts';
import type { Store } from '../store/store.ts';
import { admits } from '../work/channel.ts';
import type { DurableWork } from '../work/durable-loop.ts';
import { nextDelayMs, retryPlans } from '../work/retry-table.ts';
import { jobsChannel } from './job-channel.ts';
import { type SweepNews, settleSweep } from './settle-sweep.ts';
import { readSweeps, type SweepRow } from './sweep-rows.ts';

export interface SweepWorkDeps {
  readonly store: Store;
  readonly connections: ConnectionDirectory;
  readonly ways: PlatformWays;
  readonly clock: Clock;
  readonly random: () => number;
  contextOf(connection: LiveConnection): JobContext;
  /** Something new was taken in: files may be due. */
  onNews(): void;
  /** A comparison is on disk. */
  onReconciled(connectionId: string): void;
}

/** Open jobs that are older than this are asked for one by one, so that one that hangs does not stretch every sweep. */
const oldestSweptMs = 24 * 3_600_000;

/** Asks each platform's list in its turn: what is new, and every hour whether both sides have the same. */
export class SweepWork implements DurableWork<SweepRow> {
  readonly name = 'sweeps';
  readonly #deps: SweepWorkDeps;
  readonly #running = new Set<string>();

  constructor(deps: SweepWorkDeps) {
    this.#deps = deps;
  }

  async claim(limit: number): Promise<readonly SweepRow[]> {
    const { clock, store, connections } = this.#deps;
    const nowMs = clock.nowMs();
    const claimed: SweepRow[] = [];
    for (const row of await readSweeps(store.read)) {
      if (claimed.length === limit || this.#running.has(row.connectionId)) continue;
      if (row.nextAtMs === null || row.nextAtMs > nowMs) continue;
      if (connections.find(row.connectionId)?.platform.jobs === undefined) continue;
      const channel = await readChannel(store.read, row.connectionId, jobsChannel, nowMs);
      if (admits(channel, nowMs, 0) === 'none') continue;
      this.#running.add(row.connectionId);
      claimed.push(row);
    }
    return claimed;
  }

  async nextDueMs(): Promise<number | null> {
    const { clock, store, connections } = this.#deps;
    const nowMs = clock.nowMs();
    const due: number[] = [];
    for (const row of await readSweeps(store.read)) {
      if (row.nextAtMs === null || this.#running.has(row.connectionId)) continue;
      if (connections.find(row.connectionId)?.platform.jobs === undefined) continue;
      const channel = await readChannel(store.read, row.connectionId, jobsChannel, nowMs);
      if (channel.state !== 'open' && channel.nextTryAtMs === null) continue;
      due.push(Math.max(row.nextAtMs, channel.nextTryAtMs ?? 0));
    }
    return due.length === 0 ? null : Math.min(...due);
  }

  async run(row: SweepRow, abort: AbortSignal): Promise<void> {
    try {
      const connection = this.#deps.connections.find(row.connectionId);
      if (connection !== null) await this.#sweep(connection, row, abort);
    } finally {
      this.#running.delete(row.connectionId);
    }
  }

  async release(row: SweepRow): Promise<void> {
    const nextAtMs = this.#deps.clock.nowMs() + nextDelayMs(retryPlans.local, 5, this.#deps.random(), null);
    await this.#deps.store.write(async ({ db }) => {
      await db.updateTable('sweeps').set({ nextAtMs }).where('connectionId', '=', row.connectionId).execute();
    });
  }

  async #sweep(connection: LiveConnection, row: SweepRow, abort: AbortSignal): Promise<void> {
    const { clock, store, random } = this.#deps;
    const startedAtMs = clock.nowMs();
    const everything = row.reconcileAtMs === null || row.reconcileAtMs <= startedAtMs;
    const question: SweepQuestion = {
      reach: everything ? 'everything' : 'recent',
      cursor: row.cursor,
      oldestOpenAtMs: await this.#oldestOpenAtMs(connection.id, startedAtMs),
    };
    const { end, news } = await this.#pages(connection, question, abort);
    // Cut off by our own stop: the next start asks again.
    if (abort.aborted && end.kind !== 'covered') return;
    await store.write((transaction) =>
      settleSweep(transaction, { connection, row, question, end, news, startedAtMs, nowMs: clock.nowMs(), random }),
    );
    if (end.kind === 'covered' && everything) this.#deps.onReconciled(connection.id);
  }

  async #pages(
    connection: LiveConnection,
    question: SweepQuestion,
    abort: AbortSignal,
  ): Promise<{ readonly end: SweepEnd; readonly news: SweepNews }> {
    const { store, ways } = this.#deps;
    const following = connection.platform.jobs;
    const seen = new Set<string>();
    const news = { missing: 0, ended: 0, seen: 0 };
    if (following === undefined) return { end: { kind: 'covered', cursor: null, there: null }, news };
    const pages = following.sweep(ways.to(connection, abort), question);
    for (;;) {
      const step = await pages.next();
      if (step.done === true) return { end: step.value, news };
      const fresh = step.value.filter(({ externalId }) => !seen.has(externalId));
      for (const { externalId } of fresh) seen.add(externalId);
      const applied = await store.write((transaction) =>
        applySightings(transaction, { ...this.#deps.contextOf(connection), heardBy: 'list' }, fresh),
      );
      news.missing += applied.missing;
      news.ended += applied.ended;
      news.seen = seen.size;
      if (applied.files || applied.missing > 0 || applied.ended > 0) this.#deps.onNews();
    }
  }

  async #oldestOpenAtMs(connectionId: string, nowMs: number): Promise<number | null> {
    const row = await this.#deps.store.read
      .selectFrom('jobs')
      .select((query) => query.fn.min(query.fn.coalesce('createdAtMs', 'knownSinceMs')).as('oldestMs'))
      .where('connectionId', '=', connectionId)
      .where('state', 'in', ['requested', 'waiting', 'working'])
      .where('knownSinceMs', '>', nowMs - oldestSweptMs)
      .executeTakeFirst();
    return row?.oldestMs == null ? null : Math.max(row.oldestMs, nowMs - oldestSweptMs);
  }
}
