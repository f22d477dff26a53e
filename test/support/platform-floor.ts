import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import type { HistoryEntry } from '../../main/contract/history.ts';
import type { JobView } from '../../main/contract/job-view.ts';
import type { OrderView } from '../../main/contract/orders.ts';
import type { OutboxView } from '../../main/contract/outbox.ts';
import type { CommandKind } from '../../main/contract/values.ts';
import { type Logger, silentLogger } from '../../main/core/ports/logger.ts';
import type { FileInspector } from '../../main/core/preflight/inspector.ts';
import { createStation } from '../../main/core/station.ts';
import type { Station } from '../../main/core/station-face.ts';
import { shareCompiledCode } from './compile-cache.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import { fakeKeyWrap } from './fake-key-wrap.ts';
import { httpTraffic } from './http-traffic.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { type WatchedClock, watchClock } from './watched-clock.ts';

const caller = { by: 'AB' };

await shareCompiledCode();

/** What the files look like inside is no matter of these tests. */
const noInspector: FileInspector = {
  inspect: async () => ({ kind: 'skipped', reason: 'tooLarge' }),
  close: async () => undefined,
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

export interface FloorOptions {
  /** As in the config file. */
  readonly connections: readonly Readonly<Record<string, unknown>>[];
  readonly clock?: FakeClock;
  readonly logger?: Logger;
  /** For each step, in real time; default 5 s. With a silent platform each of its calls costs a test so much. */
  readonly timeoutsMs?: number;
  /** As in the config file, beside connections and intake. */
  readonly config?: Readonly<Record<string, unknown>>;
}

/** The longest step of the clock, when nothing waits for it sooner. */
const longestStepMs = 60_000;
/** How often all must be found at rest, one look after another. */
const looksAtRest = 3;
/** A transfer of which nothing is heard for so many looks waits for its place in the budget, and so for the clock. */
const looksAtTransfers = 40;
/** In real time: what is still not at rest then waits for the clock, or for an answer that never comes. */
const longestUnrestMs = 10_000;
/** In the station's time. */
const mostWaitedMs = 1_500_000;

/** A whole station on real SQLite and real HTTP, whose clock a test turns. */
export class PlatformFloor {
  readonly clock: FakeClock;
  readonly folder: string;
  readonly intakeUrl: string;
  readonly #options: FloorOptions;
  readonly #port: number;
  readonly #clock: WatchedClock;
  #station: Station | null = null;

  private constructor(options: FloorOptions, folder: string, port: number) {
    this.#options = options;
    this.#port = port;
    this.folder = folder;
    this.clock = options.clock ?? createFakeClock();
    this.#clock = watchClock(this.clock);
    this.intakeUrl = `http://127.0.0.1:${port}`;
  }

  /** Made, not started. Stopped after the test. */
  static async prepare(options: FloorOptions): Promise<PlatformFloor> {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'hot'), { recursive: true });
    const floor = new PlatformFloor(options, folder, await freePort());
    onTestFinished(() => floor.stop());
    return floor;
  }

  static async open(options: FloorOptions): Promise<PlatformFloor> {
    const floor = await PlatformFloor.prepare(options);
    await floor.start();
    return floor;
  }

  get station(): Station {
    if (this.#station === null) throw new Error('the station is off');
    return this.#station;
  }

  async start(): Promise<void> {
    const milliseconds = this.#options.timeoutsMs ?? 5_000;
    const config = {
      intake: { host: '127.0.0.1', port: this.#port, publicUrl: this.intakeUrl },
      // One thread for transfers: starting threads is most of what a test costs.
      files: { minimumFreeBytes: 0, concurrency: 1 },
      signals: { undoSeconds: 0 },
      connections: this.#options.connections,
      ...this.#options.config,
    };
    this.#station = await createStation({
      dataFolder: join(this.folder, 'data'),
      config: { text: JSON.stringify(config), path: join(this.folder, 'platen.json') },
      environment: {},
      host: 'browser',
      version: '0.0.0-test',
      clock: this.#clock,
      logger: this.#options.logger ?? silentLogger,
      keyWrap: fakeKeyWrap,
      inspector: noInspector,
      timeouts: { connect: milliseconds, response: milliseconds, whole: 4 * milliseconds },
    });
    await this.#station.start();
  }

  async stop(): Promise<void> {
    const station = this.#station;
    this.#station = null;
    await station?.stop();
  }

  /** Turns the clock from one due time to the next until something is so; real work is waited for in between. */
  async until<Result>(what: string, look: () => Promise<Result | null | undefined | false>): Promise<Result> {
    const limitMs = this.clock.nowMs() + mostWaitedMs;
    await this.settle();
    while (this.clock.nowMs() < limitMs) {
      const found = await look();
      if (found !== null && found !== undefined && found !== false) return found;
      await this.#step(limitMs);
    }
    throw new Error(`${what}: it never came to be. Jobs: ${JSON.stringify(await this.jobs(), null, 1)}`);
  }

  /** Turns the clock so far, from one due time to the next; real work is waited for in between. */
  async pass(seconds: number): Promise<void> {
    const untilMs = this.clock.nowMs() + seconds * 1000;
    await this.settle();
    while (this.clock.nowMs() < untilMs) await this.#step(untilMs);
  }

  /** The machine sleeps so long: nothing runs, then all that was missed does. */
  async sleep(seconds: number): Promise<void> {
    await this.settle();
    this.#clock.fallAsleep();
    await this.clock.advance(seconds * 1000);
    this.#clock.wake();
    await this.settle();
  }

  /** Waits, in real time, until nothing is under way any more that goes on without the clock. */
  async settle(): Promise<void> {
    const giveUpAtMs = Date.now() + longestUnrestMs;
    let quietLooks = 0;
    for (let transfers = 0; Date.now() < giveUpAtMs; ) {
      const before = httpTraffic();
      const transfersBefore = transfers;
      await delay(1);
      transfers = await this.#transfersBehindWrites();
      const after = httpTraffic();
      const isQuiet = after.underWay === 0 && after.begun === before.begun && transfers === transfersBefore;
      quietLooks = isQuiet ? quietLooks + 1 : 0;
      if (quietLooks >= (transfers === 0 ? looksAtRest : looksAtTransfers)) return;
    }
  }

  async #step(latestMs: number): Promise<void> {
    const nowMs = this.clock.nowMs();
    const nextMs = Math.max(nowMs, this.#clock.earliestMs() ?? latestMs);
    await this.clock.advance(Math.min(nextMs, latestMs, nowMs + longestStepMs) - nowMs);
    await this.settle();
  }

  /** How many files are being fetched or verified, once the writes that wait now are on disk. */
  async #transfersBehindWrites(): Promise<number> {
    const { outbox, files } = this.station.handlers;
    // A write that changes nothing, behind all others: there is no such row.
    await outbox.lookUp({ id: Number.MAX_SAFE_INTEGER }, caller).catch(() => undefined);
    const { total } = await files.list({ states: ['fetching', 'verifying'], offset: 0, limit: 1 }, caller);
    return total;
  }

  async jobs(): Promise<readonly JobView[]> {
    return (await this.station.handlers.jobs.list({ openOnly: false, offset: 0, limit: 1000 }, caller))
      .jobs as readonly JobView[];
  }

  async orders(): Promise<readonly OrderView[]> {
    const page = { problemsOnly: false, openOnly: false, offset: 0, limit: 1000 };
    return (await this.station.handlers.orders.listDetailed(page, caller)).orders as readonly OrderView[];
  }

  async order(reference: string): Promise<OrderView> {
    return (await this.station.handlers.orders.get({ order: reference }, caller)).order as OrderView;
  }

  async outbox(): Promise<readonly OutboxView[]> {
    return (await this.station.handlers.outbox.list({ offset: 0, limit: 1000 }, caller))
      .signals as readonly OutboxView[];
  }

  async connection(id: string) {
    const { connections } = await this.station.handlers.connections.list({}, caller);
    const found = connections.find((connection) => connection.id === id);
    if (found === undefined) throw new Error(`no connection ${id}`);
    return found;
  }

  produce(connection: string, lines: readonly { template: string; order: string; copies?: number }[], again = false) {
    const full = lines.map((line) => ({ copies: 1, title: '', ...line }));
    return this.station.handlers.jobs.produce({ connection, lines: full, again }, caller);
  }

  /** The job with this id at its platform. */
  async job(externalId: string): Promise<JobView> {
    const found = (await this.jobs()).find((job) => job.externalId === externalId);
    if (found === undefined) throw new Error(`no job ${externalId}`);
    return found;
  }

  async history(reference: string): Promise<readonly HistoryEntry[]> {
    return (await this.station.handlers.orders.get({ order: reference }, caller)).history as readonly HistoryEntry[];
  }

  command(job: number, command: Exclude<CommandKind, 'produce'>) {
    return this.station.handlers.jobs.command({ job, command }, caller);
  }

  /** Posts to the intake, as somebody outside does. */
  async post(path: string, body: string, headers: Readonly<Record<string, string>> = {}) {
    const response = await fetch(`${this.intakeUrl}${path}`, { method: 'POST', headers, body });
    return { status: response.status, text: await response.text() };
  }
}

/** What must stay the same of orders in which nothing happens. How their files look inside comes later, by itself. */
export const orderFacts = (orders: readonly OrderView[]) =>
  orders.map(({ externalId, stage, problem, items, jobs }) => ({
    externalId,
    stage,
    problem,
    items: items.map(({ id, copies, jobId, files, signals }) => ({
      id,
      copies,
      jobId,
      files: files.map(({ id: fileId, state, path, sha256 }) => ({ fileId, state, path, sha256 })),
      signals: signals.map(({ id: signalId, state }) => ({ signalId, state })),
    })),
    jobs: jobs.map(({ id, externalId: there, state, statusText }) => ({ id, there, state, statusText })),
  }));
