import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import type { JobView } from '../../main/contract/job-view.ts';
import type { OrderView } from '../../main/contract/orders.ts';
import type { OutboxView } from '../../main/contract/outbox.ts';
import { type Logger, silentLogger } from '../../main/core/ports/logger.ts';
import { createStation } from '../../main/core/station.ts';
import type { Station } from '../../main/core/station-face.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import { fakeKeyWrap } from './fake-key-wrap.ts';
import { temporaryFolder } from './temporary-folder.ts';

const caller = { by: 'AB' };

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
  /** Default 500 ms for each step, so that a silent platform costs a test little. */
  readonly timeoutsMs?: number;
}

/** A whole station on real SQLite and real HTTP, whose clock a test turns. */
export class PlatformFloor {
  readonly clock: FakeClock;
  readonly folder: string;
  readonly intakeUrl: string;
  readonly #options: FloorOptions;
  readonly #port: number;
  #station: Station | null = null;

  private constructor(options: FloorOptions, folder: string, port: number) {
    this.#options = options;
    this.#port = port;
    this.folder = folder;
    this.clock = options.clock ?? createFakeClock();
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
    const milliseconds = this.#options.timeoutsMs ?? 500;
    const config = {
      intake: { host: '127.0.0.1', port: this.#port, publicUrl: this.intakeUrl },
      files: { minimumFreeBytes: 0 },
      signals: { undoSeconds: 0 },
      connections: this.#options.connections,
    };
    this.#station = await createStation({
      dataFolder: join(this.folder, 'data'),
      config: { text: JSON.stringify(config), path: join(this.folder, 'platen.json') },
      environment: {},
      host: 'browser',
      version: '0.0.0-test',
      clock: this.clock,
      logger: this.#options.logger ?? silentLogger,
      keyWrap: fakeKeyWrap,
      timeouts: { connect: milliseconds, response: milliseconds, whole: 4 * milliseconds },
    });
    await this.#station.start();
  }

  async stop(): Promise<void> {
    const station = this.#station;
    this.#station = null;
    await station?.stop();
  }

  /** Turns the clock a second at a time until something is so; real work gets a few real milliseconds in between. */
  async until<Result>(what: string, look: () => Promise<Result | null | undefined | false>): Promise<Result> {
    for (let turn = 0; turn < 1_500; turn += 1) {
      const found = await look();
      if (found !== null && found !== undefined && found !== false) return found;
      await this.clock.advance(1_000);
      await delay(10);
    }
    throw new Error(`${what}: it never came to be. Jobs: ${JSON.stringify(await this.jobs(), null, 1)}`);
  }

  /** Lets everything that is due now be done, without the clock moving on by more than this. */
  async pass(seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second += 1) {
      await this.clock.advance(1_000);
      await delay(10);
    }
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
}
