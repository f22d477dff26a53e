import { errorText } from '../ports/logger.ts';
import { nextDelayMs, retryPlans } from '../work/retry-table.ts';
import { findHotFolder, type HotFolder } from './hot-folder-records.ts';
import type { LaneContext } from './lane-context.ts';
import { pendingStates } from './lane-rows.ts';
import { setLaneState } from './lane-state.ts';
import { lookAtFolder } from './look-at-folder.ts';

/**
 * Looks at a hot folder every few seconds while files lie in it, to see them leave; also while it is known to be away
 * and nothing else would notice that it is back. One timer; the next look is set when this one has ended.
 */
export class PickUpWatch {
  readonly #context: LaneContext;
  #cancelTimer: (() => void) | null = null;
  #looking: Promise<void> | null = null;
  #failures = 0;
  #stopped = false;

  constructor(context: LaneContext) {
    this.#context = context;
  }

  /** Starts looking when there is something to look for. */
  poke(): void {
    if (this.#stopped || this.#cancelTimer !== null || this.#looking !== null) return;
    this.#run(() => this.#arm());
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    await this.#looking;
  }

  #run(work: () => Promise<void>): void {
    this.#looking = work()
      .catch((error: unknown) => {
        const { deps, hotFolderId } = this.#context;
        deps.logger.error(`hot folder ${hotFolderId}: ${errorText(error)}`);
        this.#wait(retryPlans.hotFolder.capMs);
      })
      .finally(() => {
        this.#looking = null;
      });
  }

  async #arm(): Promise<void> {
    const folder = await findHotFolder(this.#context.deps.store.read, this.#context.hotFolderId);
    if (folder === null || !(await this.#isNeeded(folder))) return;
    const pollMs = folder.settings.pollSeconds * 1000;
    const backOffMs =
      this.#failures === 0 ? 0 : nextDelayMs(retryPlans.hotFolder, this.#failures, this.#context.deps.random(), null);
    this.#wait(Math.max(pollMs, backOffMs));
  }

  async #isNeeded(folder: HotFolder): Promise<boolean> {
    const { store } = this.#context.deps;
    const rows = await store.read
      .selectFrom('handovers')
      .select('state')
      .distinct()
      .where('hotFolderId', '=', this.#context.hotFolderId)
      .where('state', 'in', ['sent', ...pendingStates])
      .execute();
    // While files wait for a folder that is away, their own probe finds out that it is back.
    return rows.some((row) => row.state === 'sent') || (folder.state !== 'ok' && rows.length === 0);
  }

  #wait(delayMs: number): void {
    if (this.#stopped) return;
    const { clock } = this.#context.deps;
    this.#cancelTimer = clock.at(clock.nowMs() + delayMs, () => {
      this.#cancelTimer = null;
      this.#run(async () => {
        await this.#look();
        await this.#arm();
      });
    });
  }

  async #look(): Promise<void> {
    const { deps, hotFolderId, oneAtATime } = this.#context;
    const look = await oneAtATime(() => lookAtFolder(this.#context));
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
