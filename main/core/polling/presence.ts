import { z } from 'zod';
import type { Clock } from '../ports/clock.ts';
import { errorText, type Logger } from '../ports/logger.ts';
import type { Reader, Store } from '../store/store.ts';
import { readStored } from '../store/stored-json.ts';

const aliveKey = 'lastAlive';
const beatMs = 60_000;
/** A beat that comes so much late was slept through, not only delayed. */
const sleptMs = 90_000;

const storedMoment = z.number().nullable().catch(null);

/** When the station was last known to run; null before its first start. */
export const lastAliveAtMs = async (db: Reader): Promise<number | null> => {
  const row = await db.selectFrom('settings').select('valueJson').where('key', '=', aliveKey).executeTakeFirst();
  return row === undefined ? null : readStored(storedMoment, row.valueJson);
};

export interface PresenceDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The machine slept: everything may have changed meanwhile. */
  onWoke(sleptForMs: number): void;
}

/** Writes down each minute that the station runs, and notices when it did not although nobody stopped it. */
export class Presence {
  readonly #deps: PresenceDeps;
  #cancelTimer: (() => void) | null = null;
  #beating: Promise<void> = Promise.resolve();

  constructor(deps: PresenceDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#beat();
  }

  async stop(): Promise<void> {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    await this.#beating;
    await this.#write();
  }

  #beat(): void {
    const { clock } = this.#deps;
    const expectedAtMs = clock.nowMs() + beatMs;
    this.#beating = this.#write();
    this.#cancelTimer = clock.at(expectedAtMs, () => {
      const lateMs = clock.nowMs() - expectedAtMs;
      if (lateMs > sleptMs) this.#deps.onWoke(lateMs);
      this.#beat();
    });
  }

  async #write(): Promise<void> {
    const { store, clock, logger } = this.#deps;
    const valueJson = JSON.stringify(clock.nowMs());
    try {
      await store.write(async ({ db }) => {
        await db
          .insertInto('settings')
          .values({ key: aliveKey, valueJson })
          .onConflict((conflict) => conflict.column('key').doUpdateSet({ valueJson }))
          .execute();
      });
    } catch (error) {
      logger.error(`presence: ${errorText(error)}`);
    }
  }
}
