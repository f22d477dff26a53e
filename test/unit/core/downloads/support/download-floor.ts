import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDownloads, type Downloads, type DownloadsDeps } from '../../../../../main/core/downloads/manager.ts';
import { silentLogger } from '../../../../../main/core/ports/logger.ts';
import { Store, type WriteTransaction } from '../../../../../main/core/store/store.ts';
import { FakeClock } from './fake-clock.ts';

export interface FileSeed {
  readonly url: string;
  readonly expectedBytes?: number | null;
  readonly expectedMd5?: string | null;
  readonly name?: string;
  readonly role?: string;
  readonly item?: number | null;
  readonly priority?: number;
  readonly connection?: string;
  readonly format?: string;
  /** Whether it is a job's result. */
  readonly ofJob?: boolean;
  readonly needsToken?: boolean;
}

/** A store and a files folder with one order of two items, and the downloads on top of them. */
export class DownloadFloor {
  readonly clock = new FakeClock();
  readonly folder: string;
  readonly store: Store;
  #downloads: Downloads | null = null;
  #lastNumber = 0;

  private constructor(folder: string, store: Store) {
    this.folder = folder;
    this.store = store;
  }

  static async open(folder?: string): Promise<DownloadFloor> {
    const place = folder ?? (await mkdtemp(join(tmpdir(), 'platen-downloads-')));
    const floor = new DownloadFloor(place, await Store.open(join(place, 'platen.db')));
    if (folder === undefined) await floor.#seedOrder();
    return floor;
  }

  get filesFolder(): string {
    return join(this.folder, 'files');
  }

  get downloads(): Downloads {
    if (this.#downloads === null) throw new Error('the downloads have not been started');
    return this.#downloads;
  }

  async start(more: Partial<DownloadsDeps> = {}): Promise<Downloads> {
    this.#downloads = createDownloads({
      store: this.store,
      clock: this.clock,
      logger: silentLogger,
      random: () => 0.5,
      filesFolder: this.filesFolder,
      limits: { concurrency: 4, perHostConcurrency: 4, bandwidthBytesPerSecond: 0, minimumFreeBytes: 0 },
      connection: () => ({ allowPrivateAddresses: true, platformName: 'Cloudprinter' }),
      ...more,
    });
    await this.#downloads.start();
    return this.#downloads;
  }

  async stopDownloads(): Promise<void> {
    await this.#downloads?.stop();
    this.#downloads = null;
  }

  async close(): Promise<void> {
    await this.stopDownloads();
    await this.store.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Adds a file of the order that is due now; answers its id. */
  async add(seed: FileSeed): Promise<number> {
    this.#lastNumber += 1;
    const name = seed.name ?? `file-${this.#lastNumber}.pdf`;
    const connectionId = seed.connection ?? 'cp';
    return this.store.write(async ({ db }) => {
      const { id } = await db
        .insertInto('files')
        .values({
          orderId: 1,
          itemId: seed.item === undefined ? 1 : seed.item,
          connectionId,
          role: seed.role ?? 'cover',
          format: seed.format ?? 'pdf',
          jobId: seed.ofJob === true ? await this.#jobId(db) : null,
          needsToken: seed.needsToken === true ? 1 : 0,
          sourceUrl: seed.url,
          sourceHost: URL.parse(seed.url)?.host ?? '',
          expectedBytes: seed.expectedBytes ?? null,
          expectedMd5: seed.expectedMd5 ?? null,
          state: 'queued',
          name,
          relativePath: `${connectionId}/900000010000/${name}`,
          receivedBytes: 0,
          attempts: 0,
          mismatches: 0,
          priority: seed.priority ?? 0,
          nextAtMs: this.clock.nowMs(),
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      return id;
    });
  }

  async file(id: number) {
    return this.store.read.selectFrom('files').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  }

  async item(id: number) {
    return this.store.read.selectFrom('items').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  }

  async channel(connectionId = 'cp') {
    return this.store.read
      .selectFrom('channels')
      .selectAll()
      .where('connectionId', '=', connectionId)
      .where('name', 'like', 'downloads %')
      .executeTakeFirst();
  }

  async history(fileId?: number) {
    const events = await this.store.read.selectFrom('events').selectAll().orderBy('id').execute();
    return events
      .filter((event) => fileId === undefined || event.fileId === fileId)
      .map((event) => ({ ...event, detail: JSON.parse(event.detailJson) as unknown }));
  }

  async codes(fileId?: number): Promise<readonly string[]> {
    return (await this.history(fileId)).map((event) => event.code);
  }

  pathOf(name: string): string {
    return join(this.filesFolder, 'cp', '900000010000', name);
  }

  /** Waits until the file's row is as asked. Every step of the downloads ends in a commit, which is looked at here. */
  async until(id: number, is: (file: Awaited<ReturnType<DownloadFloor['file']>>) => boolean) {
    return this.#when(async () => {
      const file = await this.file(id);
      return is(file) ? file : null;
    });
  }

  async untilState(id: number, state: string) {
    return this.until(id, (file) => file.state === state);
  }

  /** Lets the looks that are under way in the database come to their end: for what must not happen. */
  async settled(): Promise<void> {
    for (let round = 0; round < 5; round += 1) {
      await this.store.write(async ({ db }) => {
        await db.selectFrom('settings').selectAll().execute();
      });
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async #when<Value>(look: () => Promise<Value | null>): Promise<Value> {
    let changed = Promise.withResolvers<void>();
    const unsubscribe = this.store.changes.subscribe(() => {
      changed.resolve();
    });
    try {
      for (;;) {
        changed = Promise.withResolvers<void>();
        const value = await look();
        if (value !== null) return value;
        await changed.promise;
      }
    } finally {
      unsubscribe();
    }
  }

  /** The job of the order, made when the first file needs it. */
  async #jobId(db: WriteTransaction['db']): Promise<number> {
    const known = await db.selectFrom('jobs').select('id').executeTakeFirst();
    if (known !== undefined) return known.id;
    const { id } = await db
      .insertInto('jobs')
      .values({
        connectionId: 'cp',
        externalId: 'job-1',
        handle: 'job-1',
        orderId: 1,
        state: 'done',
        statusText: '',
        beliefsJson: '[]',
        warningsJson: '[]',
        sightingHash: '',
        outlineHash: '',
        knownSinceMs: this.clock.nowMs(),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return id;
  }

  async #seedOrder(): Promise<void> {
    const nowMs = this.clock.nowMs();
    await this.store.write(async ({ db }) => {
      for (const id of ['cp', 'px']) {
        await db
          .insertInto('connections')
          .values({
            id,
            platform: 'cloudprinter',
            settingsJson: '{}',
            fromConfig: 0,
            pausedByPerson: 0,
            createdAtMs: nowMs,
          })
          .execute();
      }
      await db
        .insertInto('orders')
        .values({
          connectionId: 'cp',
          externalId: '900000010000',
          customer: 'Fjord Books',
          reference: '',
          titles: '',
          platformPriority: '',
          shippingMethod: '',
          consignor: '',
          document: '{}',
          documentFormat: 'json',
          contentHash: '',
          unknownFieldsJson: '[]',
          receivedAtMs: nowMs,
          reorder: 0,
          stage: 'received',
          problemCount: 0,
          held: 0,
          open: 1,
        })
        .execute();
      for (const number of [1, 2]) {
        await db
          .insertInto('items')
          .values({
            orderId: 1,
            connectionId: 'cp',
            externalId: `90000001000${number}`,
            number,
            title: '',
            product: '',
            description: '',
            copies: 1,
            optionsJson: '[]',
            receivedAtMs: nowMs,
            stage: 'received',
          })
          .execute();
      }
    });
  }
}
