import { z } from 'zod';
import type { Clock } from '../ports/clock.ts';
import { errorText, type Logger } from '../ports/logger.ts';
import { latestMomentMs } from '../store/clock-set-back.ts';
import type { Reader, Store } from '../store/store.ts';
import { readStored } from '../store/stored-json.ts';

const aliveKey = 'lastAlive';
const beatMs = 60_000;
/** A beat that comes so much late was slept through, not only delayed. */
const sleptMs = 90_000;
/** A clock that goes back less than this is kept right by its system, a little at a time. */
const setBackMs = 5_000;

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
  /** The clock was ahead and was set back: what was planned by it has to be planned anew. */
  onSetBack(byMs: number): void;
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
    this.#beating = this.#lookAtClock().then(() => this.#write());
    this.#cancelTimer = clock.at(expectedAtMs, () => {
      const lateMs = clock.nowMs() - expectedAtMs;
      if (lateMs > sleptMs) this.#deps.onWoke(lateMs);
      this.#beat();
    });
  }

  /** Whatever was written down by a clock that shows less by now was written down by one that was ahead. */
  async #lookAtClock(): Promise<void> {
    const { store, clock, logger } = this.#deps;
    try {
      const aheadMs = (await latestMomentMs(store.read)) - clock.nowMs();
      if (aheadMs > setBackMs) this.#deps.onSetBack(aheadMs);
    } catch (error) {
      logger.error(`presence: ${errorText(error)}`);
    }
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
