import { errorText } from '../ports/logger.ts';
import { nextDelayMs, retryPlans } from '../work/retry-table.ts';
import { findHotFolder, type HotFolder } from './hot-folder-records.ts';
import type { LaneContext } from './lane-context.ts';
import { pendingStates } from './lane-rows.ts';
import { setLaneState } from './lane-state.ts';
import { lookAtFolder } from './look-at-folder.ts';
import { awaitedOutcomes, maybeSentRows } from './note-outcomes.ts';
import { readsOutcomes } from './presets.ts';

/** So long after the last pick-up the RIP's own folders are looked into as often as the hot folder. */
const freshMs = 10 * 60_000;
/** From then on, while they have told nothing. */
const slowPollMs = 60_000;
/** A share whose folders are long to list rests so many times as long as that took. */
const restFactor = 3;

/**
 * Looks at a hot folder every few seconds while files lie in it, to see them leave, and while the RIP has not told what
 * became of them; also while the folder is known to be away and nothing else would notice that it is back. One timer;
 * the next look is set when this one has ended.
 */
export class PickUpWatch {
  readonly #context: LaneContext;
  #cancelTimer: (() => void) | null = null;
  #looking: Promise<void> | null = null;
  /** Poked while it looked: what came about meanwhile may be more to look for. */
  #poked = false;
  #failures = 0;
  #lookTookMs = 0;
  #stopped = false;

  constructor(context: LaneContext) {
    this.#context = context;
  }

  /** Starts looking when there is something to look for. */
  poke(): void {
    if (this.#looking !== null) this.#poked = true;
    else if (!this.#stopped && this.#cancelTimer === null) void this.#run(() => this.#arm());
  }

  /** Looks at once, whether there is something to look for or not. */
  async lookNow(): Promise<void> {
    await this.#looking;
    if (this.#stopped) return;
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    // A look that came first is as new as this one would be.
    await (this.#looking ?? this.#run(() => this.#lookAndArm()));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    await this.#looking;
  }

  #run(work: () => Promise<void>): Promise<void> {
    const looking = work()
      .catch((error: unknown) => {
        const { deps, hotFolderId } = this.#context;
        deps.logger.error(`hot folder ${hotFolderId}: ${errorText(error)}`);
        this.#wait(retryPlans.hotFolder.capMs);
      })
      .finally(() => {
        this.#looking = null;
        if (!this.#poked) return;
        this.#poked = false;
        this.poke();
      });
    this.#looking = looking;
    return looking;
  }

  async #arm(): Promise<void> {
    const folder = await findHotFolder(this.#context.deps.store.read, this.#context.hotFolderId);
    const pollMs = folder === null ? null : await this.#pollMs(folder);
    if (pollMs === null) return;
    const backOffMs =
      this.#failures === 0 ? 0 : nextDelayMs(retryPlans.hotFolder, this.#failures, this.#context.deps.random(), null);
    this.#wait(Math.max(pollMs, backOffMs, restFactor * this.#lookTookMs));
  }

  /** How long to wait before the next look; null when there is nothing to look for. */
  async #pollMs({ settings, state }: HotFolder): Promise<number | null> {
    const { store, clock } = this.#context.deps;
    const rows = await store.read
      .selectFrom('handovers')
      .select('state')
      .distinct()
      .where('hotFolderId', '=', settings.id)
      .where('state', 'in', ['sent', ...pendingStates])
      .execute();
    const pollMs = settings.pollSeconds * 1000;
    // While files wait for a folder that is away, their own probe finds out that it is back.
    if (rows.some((row) => row.state === 'sent') || (state !== 'ok' && rows.length === 0)) return pollMs;
    if (!readsOutcomes(settings)) return null;
    const [newest] = await awaitedOutcomes(store.read, settings.id, clock.nowMs());
    if (newest !== undefined && clock.nowMs() < (newest.pickedUpAtMs ?? 0) + freshMs) return pollMs;
    const isAwaited = newest !== undefined || (await maybeSentRows(store.read, settings.id)).length > 0;
    return isAwaited ? Math.max(pollMs, slowPollMs) : null;
  }

  #wait(delayMs: number): void {
    if (this.#stopped) return;
    const { clock } = this.#context.deps;
    this.#cancelTimer = clock.at(clock.nowMs() + delayMs, () => {
      this.#cancelTimer = null;
      void this.#run(() => this.#lookAndArm());
    });
  }

  async #lookAndArm(): Promise<void> {
    await this.#look();
    await this.#arm();
  }

  async #look(): Promise<void> {
    const { deps, hotFolderId, oneAtATime } = this.#context;
    // Real time, not the station's: what it measures is how fast the share answers.
    const startedMs = performance.now();
    const look = await oneAtATime(() => lookAtFolder(this.#context, { learns: false }));
    this.#lookTookMs = performance.now() - startedMs;
    if (look.kind === 'seen') {
      this.#failures = 0;
      return;
    }
    this.#failures += 1;
    const { message } = look.failure;
    const change = await deps.store.write((transaction) =>
      setLaneState(transaction, hotFolderId, 'offline', message, deps.clock.nowMs()),
    );
    if (change !== null) deps.onLaneChanged(change);
  }
}
