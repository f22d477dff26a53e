import { join } from 'node:path';
import { stationLine } from '../../contract/station-lines/station-lines.ts';
import type { Clock } from '../ports/clock.ts';
import { readChannel } from '../store/channels.ts';
import type { Store, WriteTransaction } from '../store/store.ts';
import { admits } from '../work/channel.ts';
import type { DurableWork } from '../work/durable-loop.ts';
import { nextDelayMs, retryPlans } from '../work/retry-table.ts';
import {
  type AttemptOutcome,
  type AuthorizeFile,
  type CredentialHeaders,
  noCredentials,
  runAuthorizedTransfer,
} from './authorized-transfer.ts';
import { claimFiles, planClaim } from './claim-files.ts';
import { type DiskSpace, diskFullText } from './disk-space.ts';
import { channelNameOf, type DownloadLane, type DownloadRow, readDueRows, readLanes } from './download-rows.ts';
import type { ProgressBoard } from './progress.ts';
import { settleFile } from './settle-file.ts';
import type { TransferRunner } from './transfer-pool.ts';
import type { TransferOutcome, TransferReport, TransferTimeouts } from './transfer-protocol.ts';

/** Only a second process would ever see a lease run out; in this one, what runs is known. */
const leaseMs = 600_000;

/** What a transfer needs to know of its connection. */
export interface DownloadConnection {
  readonly allowPrivateAddresses: boolean;
  readonly platformName: string;
  /** Where the platform has files that need its credentials. Such a file is asked for with these and no others. */
  readonly authorize?: AuthorizeFile | undefined;
}

export interface DownloadWorkDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: () => number;
  readonly owner: string;
  /** Absolute. */
  readonly filesFolder: string;
  readonly runner: TransferRunner;
  readonly timeouts: TransferTimeouts;
  readonly disk: DiskSpace;
  readonly progress: ProgressBoard;
  readonly connection: (id: string) => DownloadConnection | null;
  readonly onReady: (transaction: WriteTransaction, fileId: number) => Promise<void>;
}

/** Fetches files: reorders first, each host within its share, and by one probe where a channel waits. */
export class DownloadWork implements DurableWork<DownloadRow> {
  readonly name = 'downloads';
  readonly #deps: DownloadWorkDeps;
  readonly #running = new Map<number, DownloadRow>();
  #perHostConcurrency: number;

  constructor(deps: DownloadWorkDeps, perHostConcurrency: number) {
    this.#deps = deps;
    this.#perHostConcurrency = perHostConcurrency;
  }

  setPerHostConcurrency(count: number): void {
    this.#perHostConcurrency = count;
  }

  async claim(limit: number): Promise<readonly DownloadRow[]> {
    const { store, clock, disk, owner } = this.#deps;
    const nowMs = clock.nowMs();
    const candidates = await this.#candidates(limit, nowMs);
    if (candidates.length === 0) return [];
    const plan = await planClaim(candidates, disk);
    const rows = await store.write((transaction) => claimFiles(transaction, plan, { owner, nowMs, leaseMs }));
    for (const row of rows) this.#running.set(row.id, row);
    for (const row of plan.take) if (!this.#running.has(row.id)) disk.release(row.id);
    return rows;
  }

  async nextDueMs(): Promise<number | null> {
    const nowMs = this.#deps.clock.nowMs();
    const due: number[] = [];
    for (const lane of await this.#lanes(nowMs)) {
      // A lane that is full looks again when one of its transfers ends.
      if (this.#freeOf(lane) <= 0) continue;
      const channel = await this.#channelOf(lane, nowMs);
      if (channel.state === 'paused' || (channel.state !== 'open' && this.#runningOn(lane) > 0)) continue;
      due.push(Math.max(lane.dueMs, channel.nextTryAtMs ?? 0));
    }
    return due.length === 0 ? null : Math.min(...due);
  }

  async run(row: DownloadRow, abort: AbortSignal): Promise<void> {
    const { store, clock, progress, disk } = this.#deps;
    const startedAtMs = clock.nowMs();
    let fetchedBytes: number | null = null;
    try {
      const outcome = await this.#diskFullInNumbers(row, await this.#attempt(row, abort));
      if (outcome.kind === 'done') fetchedBytes = outcome.bytes;
      const times = { startedAtMs, nowMs: clock.nowMs(), random: this.#deps.random() };
      const platformName = this.#deps.connection(row.connectionId)?.platformName ?? row.connectionId;
      await store.write((transaction) =>
        settleFile(transaction, row, outcome, { times, platformName, onReady: this.#deps.onReady }),
      );
    } finally {
      progress.end(row.id, fetchedBytes);
      disk.release(row.id);
      this.#running.delete(row.id);
    }
  }

  async release(row: DownloadRow): Promise<void> {
    const nextAtMs = this.#deps.clock.nowMs() + nextDelayMs(retryPlans.local, 5, this.#deps.random(), null);
    await this.#deps.store.write(async ({ db, touched }) => {
      await db
        .updateTable('files')
        .set({
          state: 'waiting',
          problem: stationLine('stationError'),
          problemCode: 'local',
          nextAtMs,
          leaseOwner: null,
          leaseUntilMs: null,
        })
        .where('id', '=', row.id)
        .execute();
      touched.files.add(row.id);
    });
  }

  async #candidates(limit: number, nowMs: number): ReturnType<typeof readDueRows> {
    const found: Awaited<ReturnType<typeof readDueRows>>[number][] = [];
    for (const lane of await this.#lanes(nowMs)) {
      if (lane.dueMs > nowMs) continue;
      const admitted = admits(await this.#channelOf(lane, nowMs), nowMs, this.#runningOn(lane));
      const most = Math.min(limit, this.#freeOf(lane), admitted === 'probe' ? 1 : limit);
      if (admitted === 'none' || most <= 0) continue;
      const { read } = this.#deps.store;
      found.push(...(await readDueRows(read, lane, this.#heldIds(), nowMs, most, admitted === 'probe')));
    }
    const best = found.toSorted((left, right) => right.priority - left.priority || left.id - right.id).slice(0, limit);
    return this.#withinHosts(best);
  }

  /** Two connections may fetch from one host; together they keep to its share. */
  #withinHosts<Row extends DownloadRow>(rows: readonly Row[]): readonly Row[] {
    const free = new Map<string, number>();
    return rows.filter((row) => {
      const left = free.get(row.sourceHost) ?? this.#freeOf(row);
      free.set(row.sourceHost, left - 1);
      return left > 0;
    });
  }

  #attempt(row: DownloadRow, abort: AbortSignal): Promise<AttemptOutcome> {
    if (row.needsToken === 0) return this.#transfer(row, {}, abort, () => undefined);
    const { sourceUrl: url, receivedBytes, validator, connectionId } = row;
    return runAuthorizedTransfer({
      url,
      left: { receivedBytes, validator },
      authorize: this.#deps.connection(connectionId)?.authorize ?? (async () => noCredentials(connectionId)),
      abort,
      transfer: (headers, onAnswer) => this.#transfer(row, headers, abort, onAnswer),
    });
  }

  async #transfer(
    row: DownloadRow,
    headers: CredentialHeaders,
    abort: AbortSignal,
    onAnswer: () => void,
  ): Promise<TransferOutcome> {
    const { runner, filesFolder, timeouts, progress } = this.#deps;
    const { sourceUrl: url, expectedBytes, expectedMd5, format, validator } = row;
    progress.begin({ fileId: row.id, host: row.sourceHost, attempt: row.attempts, expectedBytes });
    const allowPrivateAddresses = this.#deps.connection(row.connectionId)?.allowPrivateAddresses ?? false;
    const finalPath = join(filesFolder, row.relativePath);
    let stored = validator;
    return runner.run(
      { url, allowPrivateAddresses, finalPath, expectedBytes, expectedMd5, format, validator, headers, timeouts },
      abort,
      (report) => {
        // Before, it hashes what an earlier attempt left.
        if (report.phase === 'fetching') onAnswer();
        this.#note(row, report);
        if (report.validator === null || report.validator === stored) return;
        stored = report.validator;
        void this.#storeValidator(row.id, report).catch(() => undefined);
      },
    );
  }

  #note(row: DownloadRow, report: TransferReport): void {
    this.#deps.progress.note(row.id, report);
    this.#deps.disk.note(row.id, Math.max(0, (report.totalBytes ?? 0) - report.receivedBytes));
  }

  /** So that a killed station can go on from the part file. Losing this only costs bytes, so a failure is of no interest. */
  async #storeValidator(fileId: number, { validator, receivedBytes }: TransferReport): Promise<void> {
    await this.#deps.store.write(async ({ db }) => {
      await db
        .updateTable('files')
        .set({ validator, receivedBytes })
        .where('id', '=', fileId)
        .where('state', '=', 'fetching')
        .execute();
    });
  }

  async #diskFullInNumbers(row: DownloadRow, outcome: AttemptOutcome): Promise<AttemptOutcome> {
    if (outcome.kind !== 'failed' || outcome.failure.class !== 'diskFull') return outcome;
    const stillToCome = Math.max(0, (row.expectedBytes ?? 0) - outcome.left.receivedBytes);
    const message = diskFullText(await this.#deps.disk.overran(stillToCome));
    return { ...outcome, failure: { ...outcome.failure, message } };
  }

  #lanes(nowMs: number): Promise<readonly DownloadLane[]> {
    return readLanes(this.#deps.store.read, this.#heldIds(), nowMs);
  }

  #channelOf(lane: DownloadLane, nowMs: number) {
    return readChannel(this.#deps.store.read, lane.connectionId, channelNameOf(lane.sourceHost), nowMs);
  }

  #heldIds(): readonly number[] {
    return [...this.#running.keys()];
  }

  #runningOn(lane: DownloadLane): number {
    return [...this.#running.values()].filter(
      (row) => row.connectionId === lane.connectionId && row.sourceHost === lane.sourceHost,
    ).length;
  }

  #freeOf({ sourceHost }: Pick<DownloadLane, 'sourceHost'>): number {
    const running = [...this.#running.values()].filter((row) => row.sourceHost === sourceHost).length;
    return this.#perHostConcurrency - running;
  }
}
