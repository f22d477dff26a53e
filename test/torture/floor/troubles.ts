import { setTimeout as delay } from 'node:timers/promises';
import type { SeededRandom } from '../../../main/training/random/seeded-random.ts';
import type { Trouble, TroubleStep } from '../plan/plan.ts';
import type { Ways } from '../platforms/ways.ts';
import type { ComingOrders } from './coming-orders.ts';
import { troubleHotFolder } from './hot-folder-trouble.ts';
import type { SmallDisk } from './small-disk.ts';

export interface TroublesDeps {
  readonly ways: Ways;
  readonly coming: ComingOrders;
  readonly hotFolders: readonly string[];
  readonly disk: SmallDisk;
  readonly random: SeededRandom;
  readonly note: (line: string) => void;
  /** Sets the station's clock wrong by so much. */
  readonly setClockOffset: (offsetMs: number) => void;
}

type Undo = () => Promise<void>;

const againAfterMs = 200;
const longestRefusalMs = 5_000;

/** What a trouble is about: two at once about the same are one. */
const subjectOf = (trouble: Trouble): string => {
  switch (trouble.kind) {
    case 'network':
      return `network ${trouble.way} ${trouble.fault}`;
    case 'hotFolder':
      return `hot folder ${trouble.folder}`;
    case 'diskFull':
    case 'clock':
      return trouble.kind;
    case 'repeat':
      return `repeat ${Math.random()}`;
  }
};

/** Lets troubles happen and ends them. */
export class Troubles {
  readonly #deps: TroublesDeps;
  readonly #active = new Map<string, Promise<void>>();
  readonly #over = new AbortController();
  #roomSinceMs = 0;
  /** How often each kind, other than those of the network, happened. */
  readonly happened = new Map<string, number>();

  constructor(deps: TroublesDeps) {
    this.#deps = deps;
  }

  /** Whether the disk is full now, or was when a start that fails now may have begun. */
  get diskIsFull(): boolean {
    return this.#active.has('diskFull') || Date.now() - this.#roomSinceMs < longestRefusalMs;
  }

  begin({ trouble, forMs }: TroubleStep): void {
    const subject = subjectOf(trouble);
    if (this.#active.has(subject)) return;
    const active = this.#last(trouble, forMs)
      .catch(() => undefined)
      .finally(() => this.#active.delete(subject));
    this.#active.set(subject, active);
  }

  /** Ends all of them, and resolves when everything is as it should be. */
  async end(): Promise<void> {
    this.#over.abort();
    await Promise.all(this.#active.values());
  }

  async #last(trouble: Trouble, forMs: number): Promise<void> {
    const undo = await this.#start(trouble);
    this.#deps.note(`trouble ${JSON.stringify(trouble)}`);
    if (undo === null) return;
    await delay(forMs, undefined, { signal: this.#over.signal }).catch(() => undefined);
    await undo();
    this.#deps.note(`over ${JSON.stringify(trouble)}`);
  }

  async #start(trouble: Trouble): Promise<Undo | null> {
    const { ways, hotFolders, disk, setClockOffset } = this.#deps;
    switch (trouble.kind) {
      case 'network': {
        const undo = ways.set(trouble.way, trouble.fault, trouble.chance);
        return async () => undo();
      }
      case 'hotFolder': {
        const undo = await troubleHotFolder(hotFolders[trouble.folder] ?? '', trouble.how);
        if (undo !== null) this.#note(`hot folder ${trouble.how === 'away' ? 'gone' : 'read-only'}`);
        return undo;
      }
      case 'diskFull':
        if (!(await disk.fill())) return null;
        this.#note('disk full');
        return async () => {
          while (!(await disk.clear())) await delay(againAfterMs);
          this.#roomSinceMs = Date.now();
        };
      case 'clock':
        setClockOffset(trouble.byMs);
        this.#note(trouble.byMs > 0 ? 'clock ahead and back' : 'clock behind and back');
        return async () => setClockOffset(0);
      case 'repeat':
        await this.#repeat(trouble.what);
        this.#note(`repeated ${trouble.what}`);
        return null;
    }
  }

  async #repeat(what: Extract<Trouble, { kind: 'repeat' }>['what']): Promise<void> {
    const { coming, ways, random } = this.#deps;
    const { px, pa } = ways.platforms;
    switch (what) {
      case 'document':
        return coming.repeat(random, 'cp');
      case 'shopOrder':
        return coming.repeat(random, random.pick(['px', 'cc']));
      case 'callback': {
        const jobs = px
          .jobs()
          .filter((job) => job.callbackUrl !== null && job.end !== null && px.job(job.jobId) !== undefined);
        const job = jobs[random.below(jobs.length)];
        if (job !== undefined) await px.sendCallback(job.jobId);
        return;
      }
      case 'webhook': {
        const orders = coming.all.filter(({ connection }) => connection === 'pa');
        const order = orders[random.below(orders.length)];
        if (order !== undefined) await pa.sendWebhook(order.externalId);
      }
    }
  }

  #note(kind: string): void {
    this.happened.set(kind, (this.happened.get(kind) ?? 0) + 1);
  }
}
