import { stationLine } from '../../contract/station-lines/station-lines.ts';
import { errorText } from '../ports/logger.ts';
import { DurableLoop } from '../work/durable-loop.ts';
import type { FolderDisk } from './folder-thread.ts';
import { handOverWork } from './hand-over-work.ts';
import { createOneAtATime, type LaneContext, type LaneDeps } from './lane-context.ts';
import type { LaneRow } from './lane-rows.ts';
import { setLaneState } from './lane-state.ts';
import { PickUpWatch } from './pick-up-watch.ts';

/** Opens the disk of a hot folder; `onStuck` is told when it stops answering. */
export type OpenDisk = (onStuck: () => void) => FolderDisk;

/** A share that hangs must not keep the station from stopping: what it left open is looked at after the next start. */
const stopWithinMs = 5_000;
const lookWithinMs = 10_000;

const within = async (limitMs: number, work: Promise<unknown>): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, limitMs);
  });
  await Promise.race([work, limit]);
  clearTimeout(timer);
};

/** One hot folder at work: a thread, a loop that hands one file over at a time, and a watch that sees files leave. */
export class Lane {
  readonly context: LaneContext;
  readonly #loop: DurableLoop<LaneRow>;
  readonly #watch: PickUpWatch;

  constructor(deps: LaneDeps, hotFolderId: string, openDisk: OpenDisk) {
    this.context = {
      deps,
      hotFolderId,
      disk: openDisk(() => this.#noteStuck()),
      oneAtATime: createOneAtATime(),
      probe: { failures: 0, nextTryAtMs: 0 },
      sweep: { done: false },
      seen: { listing: null, toldAtMs: null },
    };
    this.#loop = new DurableLoop({
      work: handOverWork(this.context),
      clock: deps.clock,
      logger: deps.logger,
      concurrency: 1,
    });
    this.#watch = new PickUpWatch(this.context);
  }

  start(): void {
    this.#loop.start();
    void this.#watch.lookNow();
  }

  poke(): void {
    this.#loop.poke();
    this.#watch.poke();
  }

  /** The settings changed: the folder is tried at once. */
  refresh(): void {
    this.context.probe.failures = 0;
    this.context.probe.nextTryAtMs = 0;
    this.context.sweep.done = false;
    this.#loop.poke();
    void this.#watch.lookNow();
  }

  /** Looks at the folder because a person asks; a share that does not answer is not waited for. */
  look(): Promise<void> {
    return within(lookWithinMs, this.#watch.lookNow());
  }

  async stop(): Promise<void> {
    this.context.disk.abort();
    await within(stopWithinMs, Promise.all([this.#loop.stop(), this.#watch.stop()]));
    await this.context.disk.close();
  }

  #noteStuck(): void {
    const { deps, hotFolderId } = this.context;
    deps.store
      .write((transaction) =>
        setLaneState(transaction, hotFolderId, 'offline', stationLine('folderSilent'), deps.clock.nowMs()),
      )
      .then(
        (change) => {
          if (change !== null) deps.onLaneChanged(change);
        },
        (error: unknown) => deps.logger.error(`hot folder ${hotFolderId}: ${errorText(error)}`),
      );
  }
}
