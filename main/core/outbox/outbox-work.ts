import { z } from 'zod';
import { stationLine } from '../../contract/station-lines/station-lines.ts';
import type { BudgetBook } from '../connections/budget-book.ts';
import type { ConnectionDirectory, LiveConnection } from '../connections/connection-directory.ts';
import type { PlatformWays } from '../connections/platform-ways.ts';
import type { LookUpOutcome, OutgoingMessage, PlatformWay, SendOutcome } from '../platforms/platform.ts';
import type { Clock } from '../ports/clock.ts';
import { readChannel } from '../store/channels.ts';
import type { Store, WriteTransaction } from '../store/store.ts';
import { readStored } from '../store/stored-json.ts';
import { admits, type Channel } from '../work/channel.ts';
import type { DurableWork } from '../work/durable-loop.ts';
import { failure } from '../work/failure.ts';
import { nextDelayMs, retryPlans } from '../work/retry-table.ts';
import { SettleTogether } from '../work/settle-together.ts';
import { channelOf, channelsOfKinds, type OutboxChannel } from './outbox-channels.ts';
import { type ClaimedSignal, claimSignals, nextSignalDueMs } from './outbox-claim.ts';
import { type AnsweredJob, settleSignals, type TriedSignal } from './outbox-settle.ts';

/** Longer than a send can take: only what could be neither settled nor put back is taken again after it. */
const leaseMs = 120_000;

const storedPayload = z
  .record(z.string(), z.union([z.string(), z.number()]))
  .nullable()
  .catch(null);

export interface OutboxWorkDeps {
  readonly store: Store;
  readonly connections: ConnectionDirectory;
  readonly ways: PlatformWays;
  readonly budgets: BudgetBook;
  readonly clock: Clock;
  readonly random: () => number;
  readonly owner: string;
  /** What answers say of jobs. */
  applyAnswers(transaction: WriteTransaction, answers: readonly AnsweredJob[]): Promise<void>;
  /** Where the platform reaches a job of this connection by its nonce; null when it cannot reach this station. */
  callbackUrl(connectionId: string, nonce: string): string | null;
}

interface Way {
  readonly connectionId: string;
  readonly channelName: OutboxChannel;
}

/** Sends what is in the outbox: each item's in their order, each connection within its budget, and by one probe where a channel waits. */
export class OutboxWork implements DurableWork<ClaimedSignal> {
  readonly name = 'signals';
  readonly #deps: OutboxWorkDeps;
  readonly #running = new Map<number, ClaimedSignal>();
  /** Those that run and have not asked for a place in the budget yet. */
  readonly #starting = new Set<number>();
  readonly #settling: SettleTogether<TriedSignal>;

  constructor(deps: OutboxWorkDeps) {
    this.#deps = deps;
    const applyAnswers: OutboxWorkDeps['applyAnswers'] = (transaction, answers) =>
      deps.applyAnswers(transaction, answers);
    this.#settling = new SettleTogether((tried) =>
      deps.store.write((transaction) =>
        settleSignals(transaction, tried, { nowMs: deps.clock.nowMs(), random: deps.random, applyAnswers }),
      ),
    );
  }

  async claim(limit: number): Promise<readonly ClaimedSignal[]> {
    const { clock, owner, store, budgets } = this.#deps;
    const claimed: ClaimedSignal[] = [];
    for (const way of this.#ways()) {
      const { channel, rowDueMs } = await this.#outlook(way);
      const nowMs = clock.nowMs();
      if (rowDueMs === null || rowDueMs > nowMs) continue;
      const admitted = admits(channel, nowMs, this.#runningOf(way));
      const { connectionId } = way;
      const free = Math.max(
        this.#isUnderWay(connectionId) ? 0 : 1,
        budgets.free(connectionId) - this.#startingOf(connectionId),
      );
      const allowed = Math.min(limit - claimed.length, admitted === 'none' ? 0 : admitted === 'probe' ? 1 : free);
      if (allowed <= 0) continue;
      const rows = await store.write((transaction) =>
        claimSignals(transaction, {
          connectionId: way.connectionId,
          channel: way.channelName,
          // A row that waits long for its turn is still in hand, whatever its lease says.
          inHand: [...this.#running.keys()],
          owner,
          nowMs,
          leaseMs,
          limit: allowed,
        }),
      );
      for (const row of rows) {
        this.#running.set(row.id, row);
        this.#starting.add(row.id);
      }
      claimed.push(...rows);
    }
    return claimed;
  }

  async nextDueMs(): Promise<number | null> {
    const due: number[] = [];
    for (const way of this.#ways()) {
      const { channel, rowDueMs } = await this.#outlook(way);
      const waits = channel.state !== 'open';
      // With a probe under way, its end makes the loop look again; without a next try, a person does.
      if (waits && (channel.nextTryAtMs === null || this.#runningOf(way) > 0)) continue;
      if (rowDueMs === null) continue;
      const { budgets, clock } = this.#deps;
      const nowMs = clock.nowMs();
      const roomAtMs = this.#isUnderWay(way.connectionId) ? budgets.freeAtMs(way.connectionId) : nowMs;
      // With all places in use, the end of one of ours makes the loop look again.
      if (roomAtMs !== null) due.push(Math.max(rowDueMs, channel.nextTryAtMs ?? 0, roomAtMs));
    }
    return due.length === 0 ? null : Math.min(...due);
  }

  async run(signal: ClaimedSignal, abort: AbortSignal): Promise<void> {
    const { clock } = this.#deps;
    try {
      const startedAtMs = clock.nowMs();
      const outcome = await this.#carryOut(signal, abort);
      if (abort.aborted && 'failure' in outcome) {
        // Cut off by our own stop, which says nothing of the channel. What waited in line has surely not been sent; of
        // anything else nothing is known, and the next start goes on with it.
        if (outcome.kind === 'failed' && signal.was !== 'maybe') await this.#putBack(signal);
        return;
      }
      await this.#settling.add({ signal, outcome, startedAtMs, endedAtMs: clock.nowMs() });
    } finally {
      this.#running.delete(signal.id);
      this.#starting.delete(signal.id);
    }
  }

  async release(claimed: ClaimedSignal): Promise<void> {
    const nextAtMs = this.#deps.clock.nowMs() + nextDelayMs(retryPlans.local, 4, this.#deps.random(), null);
    await this.#deps.store.write(async ({ db, touched }) => {
      await db
        .updateTable('outbox')
        .set({
          // Where the bug struck nobody knows: what may not be sent twice is looked up.
          state: claimed.repeatable ? 'waiting' : 'maybe',
          leaseOwner: null,
          leaseUntilMs: null,
          nextAtMs,
          lastError: stationLine('stationError'),
          lastErrorCode: 'local',
        })
        .where('id', '=', claimed.id)
        .execute();
      touched.signals.add(claimed.id);
    });
  }

  async #putBack({ id }: ClaimedSignal): Promise<void> {
    await this.#deps.store.write(async ({ db, touched }) => {
      await db
        .updateTable('outbox')
        .set({ state: 'queued', leaseOwner: null, leaseUntilMs: null })
        .where('id', '=', id)
        .where('state', '=', 'sending')
        .execute();
      touched.signals.add(id);
    });
  }

  async #carryOut(signal: ClaimedSignal, abort: AbortSignal): Promise<SendOutcome | LookUpOutcome> {
    const connection = this.#deps.connections.find(signal.connectionId);
    const outgoing = connection?.platform.outgoing;
    const message = await this.#messageOf(signal);
    if (connection == null || outgoing === undefined || message === null) {
      const reason = stationLine(message === null ? 'contentUnreadable' : 'connectionGone');
      return { kind: 'failed', failure: failure('rejected', reason) };
    }
    const way = this.#wayOf(signal, connection, abort);
    if (signal.was !== 'maybe') return outgoing.send(way, message);
    return (
      outgoing.lookUp?.(way, message) ?? {
        kind: 'notFound',
        detail: stationLine('cannotBeAsked', { platform: connection.platform.name }),
      }
    );
  }

  async #messageOf(signal: ClaimedSignal): Promise<OutgoingMessage | null> {
    const payload = readStored(storedPayload, signal.payloadJson);
    if (payload === null) return null;
    const job =
      signal.jobId === null
        ? undefined
        : await this.#deps.store.read
            .selectFrom('jobs')
            .select(['externalId', 'handle', 'nonce'])
            .where('id', '=', signal.jobId)
            .executeTakeFirst();
    return {
      kind: signal.kind,
      orderExternalId: signal.orderExternalId,
      itemExternalId: signal.itemExternalId,
      job: job?.externalId == null ? null : { externalId: job.externalId, handle: job.handle },
      payload,
      happenedAtMs: signal.createdAtMs,
      callbackUrl: job?.nonce == null ? null : this.#deps.callbackUrl(signal.connectionId, job.nonce),
    };
  }

  #ways(): readonly Way[] {
    // By all that the platform can take: a setting may have turned a kind off that is still queued.
    return this.#deps.connections
      .all()
      .flatMap(({ id, platform }) =>
        channelsOfKinds(platform.outgoing?.allKinds ?? []).map((channelName) => ({ connectionId: id, channelName })),
      );
  }

  async #outlook(way: Way): Promise<{ readonly channel: Channel; readonly rowDueMs: number | null }> {
    const { clock, store } = this.#deps;
    const [channel, rowDueMs] = await Promise.all([
      readChannel(store.read, way.connectionId, way.channelName, clock.nowMs()),
      nextSignalDueMs(store.read, way.connectionId, way.channelName),
    ]);
    return { channel, rowDueMs };
  }

  #wayOf(signal: ClaimedSignal, connection: LiveConnection, abort: AbortSignal): PlatformWay {
    const way = this.#deps.ways.to(connection, abort);
    return {
      ...way,
      call: (request) => {
        const result = way.call(request);
        this.#starting.delete(signal.id);
        return result;
      },
    };
  }

  #runningOf({ connectionId, channelName }: Way): number {
    const running = [...this.#running.values()];
    return running.filter((row) => row.connectionId === connectionId && channelOf(row.kind) === channelName).length;
  }

  /**
   * Whether one of a connection is on its way. Without any, one is taken although there is no room: it waits in line for
   * its place, which thousands of single checks, who come after whoever waits, would never leave it otherwise.
   */
  #isUnderWay(connectionId: string): boolean {
    return [...this.#running.values()].some((row) => row.connectionId === connectionId);
  }

  #startingOf(connectionId: string): number {
    return [...this.#starting].filter((id) => this.#running.get(id)?.connectionId === connectionId).length;
  }
}
