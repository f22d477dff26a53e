import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type HotFolderSettings, hotFolderSettings } from '../../../../main/contract/hot-folders.ts';
import type { LaneChange, OverdueFile } from '../../../../main/core/hotfolders/lane-context.ts';
import { createHotFolders, type HotFolders, type HotFoldersDeps } from '../../../../main/core/hotfolders/manager.ts';
import { silentLogger } from '../../../../main/core/ports/logger.ts';
import { Store } from '../../../../main/core/store/store.ts';
import { createFakeClock, type FakeClock } from '../../../support/fake-clock.ts';

export interface NewFile {
  readonly role?: string;
  readonly name?: string;
  readonly content?: string | Buffer;
}

export interface Item {
  readonly orderId: number;
  readonly itemId: number;
  readonly fileIds: readonly number[];
}

/** A folder as the tests declare it: automatic, unless they say otherwise. */
export type FolderDeclaration = Partial<HotFolderSettings> & { readonly id: string };

/** Adds an order with one item and its files, which lie on disk but are not ready yet. */
const addItem = async (
  store: Store,
  filesFolder: string,
  number: number,
  files: readonly NewFile[],
  product = 'textbook_pb_a4',
): Promise<Item> => {
  const prepared = files.map((file, index) => {
    const content = Buffer.from(file.content ?? `order ${number} file ${index}`);
    return {
      role: file.role ?? 'product',
      name: file.name ?? `${number}-${index}.pdf`,
      content,
      path: `${number}/${index}`,
    };
  });
  await mkdir(join(filesFolder, String(number)), { recursive: true });
  for (const file of prepared) await writeFile(join(filesFolder, file.path), file.content);
  return store.write(async ({ db }) => {
    await db
      .insertInto('connections')
      .values({
        id: 'cp',
        platform: 'cloudprinter',
        settingsJson: '{}',
        fromConfig: 0,
        pausedByPerson: 0,
        createdAtMs: 1,
        lastOrderAtMs: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const order = await db
      .insertInto('orders')
      .values({
        connectionId: 'cp',
        externalId: String(number),
        customer: '',
        reference: '',
        titles: '',
        platformPriority: '',
        shippingMethod: '',
        consignor: '',
        deliveryJson: null,
        document: '{}',
        documentFormat: 'json',
        contentHash: '',
        unknownFieldsJson: '[]',
        receivedAtMs: 1,
        shipByMs: null,
        reorder: 0,
        stage: 'received',
        problem: null,
        problemCount: 0,
        held: 0,
        open: 1,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const item = await db
      .insertInto('items')
      .values({
        orderId: order.id,
        connectionId: 'cp',
        externalId: `${number}-1`,
        number: 1,
        title: '',
        product,
        description: '',
        copies: 1,
        pages: null,
        optionsJson: '[]',
        reorderCause: null,
        reorderDescription: null,
        reorderOrderExternalId: null,
        reorderItemExternalId: null,
        receivedAtMs: 1,
        registeredAtMs: null,
        fetchingAtMs: null,
        printReadyAtMs: null,
        handedOverAtMs: null,
        pickedUpAtMs: null,
        producedAtMs: null,
        packedAtMs: null,
        shippedAtMs: null,
        cancelledAtMs: null,
        heldAtMs: null,
        heldNote: null,
        stage: 'received',
        problem: null,
        problemCode: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    if (prepared.length === 0) return { orderId: order.id, itemId: item.id, fileIds: [] };
    const rows = await db
      .insertInto('files')
      .values(
        prepared.map((file) => ({
          orderId: order.id,
          itemId: item.id,
          connectionId: 'cp',
          role: file.role,
          format: 'pdf',
          sourceUrl: '',
          sourceHost: '',
          expectedBytes: file.content.length,
          expectedMd5: null,
          state: 'fetching' as const,
          name: file.name,
          relativePath: file.path,
          receivedBytes: file.content.length,
          validator: null,
          md5: null,
          sha256: createHash('sha256').update(file.content).digest('hex'),
          verification: 'size+md5' as const,
          attempts: 0,
          mismatches: 0,
          problem: null,
          problemCode: null,
          readyAtMs: null,
          priority: 0,
          nextAtMs: null,
          leaseOwner: null,
          leaseUntilMs: null,
        })),
      )
      .returning('id')
      .execute();
    return { orderId: order.id, itemId: item.id, fileIds: rows.map((row) => row.id) };
  });
};

/** The names that a RIP sees: neither hidden nor with the extension of something unfinished. */
export const visibleNames = async (folder: string): Promise<string[]> =>
  (await readdir(folder)).filter((name) => !name.startsWith('.') && !name.endsWith('.part')).toSorted();

/** Takes everything that a RIP sees; answers name and content. */
export const ripTakes = async (folder: string): Promise<{ name: string; content: string }[]> => {
  const taken: { name: string; content: string }[] = [];
  for (const name of await visibleNames(folder)) {
    taken.push({ name, content: await readFile(join(folder, name), 'utf8') });
    await unlink(join(folder, name));
  }
  return taken;
};

export class ShopFloor {
  readonly root: string;
  readonly filesFolder: string;
  readonly clock: FakeClock = createFakeClock();
  readonly laneChanges: LaneChange[] = [];
  readonly overdue: OverdueFile[] = [];
  store: Store;
  readonly #more: Partial<HotFoldersDeps>;
  hotFolders: HotFolders;
  #items = 0;

  private constructor(root: string, store: Store, more: Partial<HotFoldersDeps>) {
    this.root = root;
    this.filesFolder = join(root, 'data', 'files');
    this.store = store;
    this.#more = more;
    this.hotFolders = this.#create();
  }

  /** A station's data folder and hot folders in a temporary folder; nothing runs yet. */
  static async open(more: Partial<HotFoldersDeps> = {}): Promise<ShopFloor> {
    const root = await mkdtemp(join(tmpdir(), 'platen-hot-'));
    await mkdir(join(root, 'data', 'files'), { recursive: true });
    return new ShopFloor(root, await Store.open(join(root, 'data', 'platen.db')), more);
  }

  /** Makes the folders on disk and in the station, and starts it. */
  async start(...folders: readonly FolderDeclaration[]): Promise<void> {
    for (const folder of folders) {
      await mkdir(this.folder(folder.id), { recursive: true });
      await this.hotFolders.save(this.settings(folder));
    }
    await this.hotFolders.start();
  }

  /** Stops the hot folders and starts them anew over the same database, as after a restart of the station. */
  async restart(): Promise<void> {
    await this.hotFolders.stop();
    this.hotFolders = this.#create();
    await this.hotFolders.start();
  }

  /** The same with another config file. */
  async restartDeclaring(declared: readonly HotFolderSettings[]): Promise<void> {
    await this.hotFolders.stop();
    this.hotFolders = this.#create({ declared });
    await this.hotFolders.start();
  }

  /** Leaves the data folder to another process until the work is done, then takes it over again, with nothing started. */
  async whileAway<Result>(work: () => Promise<Result>): Promise<Result> {
    await this.hotFolders.stop();
    await this.store.close();
    const result = await work();
    this.store = await Store.open(join(this.root, 'data', 'platen.db'));
    this.hotFolders = this.#create();
    return result;
  }

  async close(): Promise<void> {
    await this.hotFolders.stop();
    await this.store.close();
    await rm(this.root, { recursive: true, force: true });
  }

  folder(id: string): string {
    return join(this.root, 'hot', id);
  }

  settings(folder: FolderDeclaration): HotFolderSettings {
    return hotFolderSettings.parse({ name: folder.id, path: this.folder(folder.id), mode: 'auto', ...folder });
  }

  addItem(...files: readonly NewFile[]): Promise<Item> {
    this.#items += 1;
    return addItem(this.store, this.filesFolder, this.#items, files);
  }

  /** What a download does when a file is verified. */
  async makeReady(fileIds: readonly number[]): Promise<void> {
    await this.store.write(async (transaction) => {
      for (const id of fileIds) {
        await transaction.db.updateTable('files').set({ state: 'ready' }).where('id', '=', id).execute();
        await this.hotFolders.routeReadyFile(transaction, id);
      }
    });
  }

  async addReady(...files: readonly NewFile[]): Promise<Item> {
    const item = await this.addItem(...files);
    await this.makeReady(item.fileIds);
    return item;
  }

  /** What the preflight writes once it has looked into a ready file. */
  async inspect(
    fileId: number,
    found: {
      readonly pages?: number | null;
      readonly trim?: { readonly widthMm: number; readonly heightMm: number } | null;
    },
  ): Promise<void> {
    await this.store.write(async ({ db, touched }) => {
      const { sha256 } = await db
        .selectFrom('files')
        .select('sha256')
        .where('id', '=', fileId)
        .executeTakeFirstOrThrow();
      await db
        .insertInto('inspections')
        .values({ fileId, sha256: sha256 ?? '', atMs: 1, state: 'readable', reportJson: JSON.stringify(found) })
        .execute();
      touched.files.add(fileId);
    });
  }

  setItem(itemId: number, set: { heldAtMs?: number | null; cancelledAtMs?: number | null }): Promise<void> {
    return this.store.write(async ({ db }) => {
      await db.updateTable('items').set(set).where('id', '=', itemId).execute();
    });
  }

  item(itemId: number) {
    return this.store.read.selectFrom('items').selectAll().where('id', '=', itemId).executeTakeFirstOrThrow();
  }

  handovers() {
    return this.store.read.selectFrom('handovers').selectAll().orderBy('id').execute();
  }

  async states(): Promise<string[]> {
    return (await this.handovers()).map((row) => row.state);
  }

  async lane(id: string) {
    const [view] = await this.hotFolders.list(new Set([id]));
    if (view === undefined) throw new Error(`no hot folder ${id}`);
    return view;
  }

  async history(): Promise<{ code: string; evidence: string; by: string | null; detail: Record<string, unknown> }[]> {
    const rows = await this.store.read.selectFrom('events').selectAll().orderBy('id').execute();
    return rows.map((row) => ({
      code: row.code,
      evidence: row.evidence,
      by: row.by,
      detail: JSON.parse(row.detailJson) as Record<string, unknown>,
    }));
  }

  async codes(): Promise<string[]> {
    return (await this.history()).map((entry) => entry.code);
  }

  /** Turns the clock half a second at a time until something is so. */
  async until(isSo: () => boolean | Promise<boolean>): Promise<void> {
    for (let turn = 0; turn < 1500; turn += 1) {
      if (await isSo()) return;
      await this.clock.advance(500);
      await delay(5);
    }
    throw new Error(`it never came to be; hand-overs: ${JSON.stringify(await this.handovers(), null, 1)}`);
  }

  /** Until all hand-overs are in these states, in their order. */
  untilStates(...states: readonly string[]): Promise<void> {
    return this.until(async () => (await this.states()).join() === states.join());
  }

  #create(more: Partial<HotFoldersDeps> = {}): HotFolders {
    return createHotFolders({
      store: this.store,
      clock: this.clock,
      logger: silentLogger,
      random: Math.random,
      filesFolder: this.filesFolder,
      dataFolder: join(this.root, 'data'),
      onOverdue: (file) => this.overdue.push(file),
      onLaneChanged: (change) => this.laneChanges.push(change),
      ...this.#more,
      ...more,
    });
  }
}
