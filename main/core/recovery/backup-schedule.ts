import type { Clock } from '../ports/clock.ts';
import { errorText, type Logger } from '../ports/logger.ts';
import type { DeletionClock } from '../retention/deletion-clock.ts';
import type { Store } from '../store/store.ts';
import { rollBackups } from './write-backup.ts';

/** How often it looks whether the newest backup is a day old. */
const lookEveryMs = 3_600_000;

export interface BackupScheduleDeps {
  readonly store: Store;
  readonly clock: Clock;
  /** By this they get their names and are too old: a clock that leapt makes no old ones of them. */
  readonly deletionClock: Pick<DeletionClock, 'nowMs'>;
  readonly logger: Logger;
  readonly folder: string;
  /** No backup holds for longer what may be kept no longer. */
  readonly keepDays: () => number;
}

/** Keeps the rolling backups: one a day, the first soon after the start. */
export class BackupSchedule {
  readonly #deps: BackupScheduleDeps;
  #cancelTimer: (() => void) | null = null;
  #running: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(deps: BackupScheduleDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#arm(0);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelTimer?.();
    await this.#running;
  }

  #arm(delayMs: number): void {
    if (this.#stopped) return;
    this.#cancelTimer = this.#deps.clock.at(this.#deps.clock.nowMs() + delayMs, () => {
      this.#running = this.#run().finally(() => this.#arm(lookEveryMs));
    });
  }

  async #run(): Promise<void> {
    const { store, deletionClock, logger, folder } = this.#deps;
    try {
      const keepDays = this.#deps.keepDays();
      const nowMs = await deletionClock.nowMs();
      if (await rollBackups({ store, folder, nowMs, keepDays })) logger.info('a backup was made');
    } catch (error) {
      logger.error(`no backup: ${errorText(error)}`);
    }
  }
}
