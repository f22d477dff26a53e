import { ContractError } from '../../contract/failure.ts';
import type { HandoverView, HotFolderSettings, HotFolderView, ItemFits } from '../../contract/hot-folders.ts';
import { stationLine } from '../../contract/station-lines/station-lines.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { Store, WriteTransaction } from '../store/store.ts';
import { AwaitedInspections } from './awaited-inspections.ts';
import { callOffItem } from './call-off-item.ts';
import type { FolderCheck } from './check-folder.ts';
import { makeLeftoversDue } from './crash-recovery.ts';
import { fitsOfItem } from './fits.ts';
import { FolderThread } from './folder-thread.ts';
import { readHotFolders } from './hot-folder-records.ts';
import { declareHotFolders, removeHotFolder, requireUsablePath, saveHotFolder } from './hot-folder-settings.ts';
import { handoversById, handoversOfOrders, hotFolderViews, openHandoverViews } from './hot-folder-views.ts';
import { Lane, type OpenDisk } from './lane.ts';
import type { LaneChange, LaneDeps, OverdueFile } from './lane-context.ts';
import { outcomeFoldersOf } from './presets.ts';
import { release } from './release.ts';
import { routeItem, routeReadyFile } from './route-ready-file.ts';
import { type SettleOutcome, settle } from './settle.ts';
import { undo } from './undo.ts';

export interface HotFoldersDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
  /** In [0, 1). */
  readonly random: () => number;
  /** Absolute; where the verified files lie. */
  readonly filesFolder: string;
  /** Absolute; no hot folder may lie in it. */
  readonly dataFolder: string;
  /** The hot folders of the config file, in its order. */
  readonly declared?: readonly HotFolderSettings[];
  readonly onOverdue?: (file: OverdueFile) => void;
  readonly onLaneChanged?: (change: LaneChange) => void;
  readonly openDisk?: OpenDisk;
}

export interface ReleaseInput {
  readonly itemId: number;
  readonly hotFolder: string;
  readonly again: boolean;
  /** Default false. */
  readonly anyway?: boolean;
  /** Default: all that the folder takes. */
  readonly files?: readonly number[];
}

/** A folder to be visited: as it is saved, or as it is being typed in. */
export type CheckInput = Pick<HotFolderSettings, 'path' | 'preset' | 'outcome'>;

export interface HotFolders {
  /** Takes up what the config file declares and what a crash left, and starts the lanes. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Looks for due hand-overs now. Commits that touch hand-overs do this by themselves. */
  poke(): void;
  /** In the transaction that made a file ready. */
  routeReadyFile(transaction: WriteTransaction, fileId: number): Promise<number | null>;
  /** In the transaction that resumed an item. */
  routeItem(transaction: WriteTransaction, itemId: number): Promise<readonly number[]>;
  /** In the transaction that held or cancelled an item. */
  callOffItem(transaction: WriteTransaction, itemId: number): Promise<void>;
  release(input: ReleaseInput, by: string): Promise<readonly HandoverView[]>;
  undo(handoverId: number, by: string): Promise<HandoverView>;
  settle(handoverId: number, outcome: SettleOutcome, by: string): Promise<HandoverView>;
  save(settings: HotFolderSettings): Promise<HotFolderView>;
  remove(id: string): Promise<void>;
  list(ids?: ReadonlySet<string>): Promise<HotFolderView[]>;
  /** Lists a folder now. */
  look(id: string): Promise<HotFolderView>;
  /** How the files of an item fit one hot folder, or all of them when that is null. */
  fits(itemId: number, hotFolder: string | null): Promise<ItemFits>;
  openHandovers(): Promise<HandoverView[]>;
  handoversOfOrders(orderIds: readonly number[]): Promise<HandoverView[]>;
  handoversById(ids: readonly number[]): Promise<HandoverView[]>;
  check(input: CheckInput): Promise<FolderCheck>;
}

/** A doctor's visit to a share that hangs ends with this line. */
const hangs: FolderCheck = {
  ok: false,
  steps: [{ step: stationLine('stepFolder'), ok: false, detail: stationLine('checkSilent') }],
  freeBytes: null,
  latencyMs: null,
};

const openThread: OpenDisk = (onStuck) => new FolderThread(onStuck);

/** All hot folders of a station: one lane each, and what operators do with them. */
class HotFolderManager implements HotFolders {
  readonly #deps: HotFoldersDeps;
  readonly #laneDeps: LaneDeps;
  readonly #openDisk: OpenDisk;
  readonly #lanes = new Map<string, Lane>();
  readonly #awaited: AwaitedInspections;
  #unsubscribe: (() => void) | null = null;
  #state: 'idle' | 'started' | 'stopped' = 'idle';

  constructor(deps: HotFoldersDeps) {
    this.#deps = deps;
    this.#openDisk = deps.openDisk ?? openThread;
    const { store, clock, logger, random, filesFolder } = deps;
    this.#awaited = new AwaitedInspections(deps);
    this.#laneDeps = {
      store,
      clock,
      logger,
      random,
      filesFolder,
      onOverdue: (file) => deps.onOverdue?.(file),
      onLaneChanged: (change) => deps.onLaneChanged?.(change),
    };
  }

  async start(): Promise<void> {
    if (this.#state !== 'idle') return;
    this.#state = 'started';
    const { store, declared } = this.#deps;
    if (declared !== undefined) await store.write((tx) => declareHotFolders(tx, declared, this.#ownFolders()));
    await makeLeftoversDue(this.#deps);
    this.#unsubscribe = store.changes.subscribe((touched) => {
      if (touched.handovers.size > 0) this.poke();
      if (touched.files.size > 0) this.#awaited.noteChanged(touched.files);
    });
    for (const { settings } of await readHotFolders(store.read)) this.#startLane(settings.id);
  }

  async stop(): Promise<void> {
    this.#state = 'stopped';
    this.#unsubscribe?.();
    const lanes = [...this.#lanes.values()];
    this.#lanes.clear();
    await Promise.all([this.#awaited.idle(), ...lanes.map((lane) => lane.stop())]);
  }

  poke(): void {
    for (const lane of this.#lanes.values()) lane.poke();
  }

  routeReadyFile(transaction: WriteTransaction, fileId: number): Promise<number | null> {
    return routeReadyFile(transaction, fileId, this.#routeDeps());
  }

  routeItem(transaction: WriteTransaction, itemId: number): Promise<readonly number[]> {
    return routeItem(transaction, itemId, this.#routeDeps());
  }

  callOffItem(transaction: WriteTransaction, itemId: number): Promise<void> {
    return callOffItem(transaction, itemId, this.#deps.clock.nowMs());
  }

  async release(
    { itemId, hotFolder, again, anyway = false, files }: ReleaseInput,
    by: string,
  ): Promise<readonly HandoverView[]> {
    const request = { itemId, hotFolderId: hotFolder, again, anyway, fileIds: files ?? null, by };
    const ids = await this.#deps.store.write((transaction) =>
      release(transaction, { ...request, ...this.#routeDeps() }),
    );
    return this.handoversById(ids);
  }

  async undo(handoverId: number, by: string): Promise<HandoverView> {
    const lane = await this.#laneOf(handoverId);
    await undo(lane.context, handoverId, by);
    return this.#handover(handoverId);
  }

  async settle(handoverId: number, outcome: SettleOutcome, by: string): Promise<HandoverView> {
    const lane = await this.#laneOf(handoverId);
    await settle(lane.context, handoverId, outcome, by);
    return this.#handover(handoverId);
  }

  async save(settings: HotFolderSettings): Promise<HotFolderView> {
    await this.#requireOutside(settings.path);
    await this.#deps.store.write((transaction) => saveHotFolder(transaction, settings, this.#ownFolders()));
    this.#startLane(settings.id);
    return this.#hotFolder(settings.id);
  }

  async remove(id: string): Promise<void> {
    await this.#deps.store.write((transaction) => removeHotFolder(transaction, id));
    const lane = this.#lanes.get(id);
    this.#lanes.delete(id);
    await lane?.stop();
  }

  list(ids?: ReadonlySet<string>): Promise<HotFolderView[]> {
    const { store, clock } = this.#deps;
    const listingOf = (id: string) => this.#lanes.get(id)?.context.seen.listing ?? null;
    return hotFolderViews({ db: store.read, nowMs: clock.nowMs(), listingOf }, ids);
  }

  async look(id: string): Promise<HotFolderView> {
    await this.#lanes.get(id)?.look();
    return this.#hotFolder(id);
  }

  fits(itemId: number, hotFolder: string | null): Promise<ItemFits> {
    return fitsOfItem(this.#deps.store.read, itemId, hotFolder);
  }

  openHandovers(): Promise<HandoverView[]> {
    return openHandoverViews(this.#deps.store.read, this.#deps.clock.nowMs());
  }

  handoversOfOrders(orderIds: readonly number[]): Promise<HandoverView[]> {
    return handoversOfOrders(this.#deps.store.read, orderIds, this.#deps.clock.nowMs());
  }

  handoversById(ids: readonly number[]): Promise<HandoverView[]> {
    return handoversById(this.#deps.store.read, ids, this.#deps.clock.nowMs());
  }

  check({ path, ...settings }: CheckInput): Promise<FolderCheck> {
    const token = Math.floor(this.#deps.random() * 2 ** 48).toString(16);
    const outcomeFolders = outcomeFoldersOf(settings);
    return this.#visit(async (disk) => {
      const result = await disk.run('check', { folder: path, token, outcomeFolders });
      return result.kind === 'done' ? result.value : hangs;
    }, hangs);
  }

  /** Follows links: what looks like a folder elsewhere may lead into the station's own. A folder that is away may be saved. */
  async #requireOutside(path: string): Promise<void> {
    requireUsablePath(path, this.#ownFolders());
    const real = await this.#visit(async (disk) => {
      const result = await disk.run('realPath', { folder: path });
      return result.kind === 'done' ? result.value : path;
    }, path);
    requireUsablePath(real, this.#ownFolders());
  }

  /** Does something at any path in a thread of its own, and answers `otherwise` when that hangs. */
  async #visit<Result>(work: (disk: ReturnType<OpenDisk>) => Promise<Result>, otherwise: Result): Promise<Result> {
    const { promise: hung, resolve } = Promise.withResolvers<Result>();
    const disk = openThread(() => resolve(otherwise));
    try {
      return await Promise.race([work(disk), hung]);
    } finally {
      await disk.close();
    }
  }

  /** One lane a folder; one that runs already tries its folder at once. */
  #startLane(id: string): void {
    if (this.#state !== 'started') return;
    const running = this.#lanes.get(id);
    if (running !== undefined) {
      running.refresh();
      return;
    }
    const lane = new Lane(this.#laneDeps, id, this.#openDisk);
    this.#lanes.set(id, lane);
    lane.start();
  }

  async #laneOf(handoverId: number): Promise<Lane> {
    const row = await this.#deps.store.read
      .selectFrom('handovers')
      .select('hotFolderId')
      .where('id', '=', handoverId)
      .executeTakeFirst();
    const lane = row === undefined ? undefined : this.#lanes.get(row.hotFolderId);
    if (lane === undefined) throw new ContractError('notFound', `there is no open hand-over ${handoverId}`);
    return lane;
  }

  async #handover(id: number): Promise<HandoverView> {
    const [view] = await this.handoversById([id]);
    if (view === undefined) throw new ContractError('notFound', `there is no hand-over ${id}`);
    return view;
  }

  async #hotFolder(id: string): Promise<HotFolderView> {
    const [view] = await this.list(new Set([id]));
    if (view === undefined) throw new ContractError('notFound', `there is no hot folder "${id}"`);
    return view;
  }

  #ownFolders(): readonly string[] {
    return [this.#deps.dataFolder, this.#deps.filesFolder];
  }

  #routeDeps() {
    const onAwaited = (fileId: number): void => this.#awaited.add(fileId);
    return { nowMs: this.#deps.clock.nowMs(), random: this.#deps.random, onAwaited };
  }
}

export const createHotFolders = (deps: HotFoldersDeps): HotFolders => new HotFolderManager(deps);
