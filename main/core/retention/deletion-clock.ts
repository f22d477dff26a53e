import { z } from 'zod';
import { type Clock, readClock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import { latestMomentMs } from '../store/clock-set-back.ts';
import type { Store } from '../store/store.ts';
import { readStored } from '../store/stored-json.ts';
import { believedInMs, type ClockRecord, lookedAfterStart, lookedAgain, perhapsAheadMs } from './clock-leaps.ts';

const recordKey = 'clockLeaps';
const hourMs = 3_600_000;

const storedRecord = z
  .object({
    reading: z.object({ nowMs: z.number(), elapsedMs: z.number() }),
    ranMs: z.number(),
    leaps: z.array(z.object({ byMs: z.number(), atRanMs: z.number() })),
  })
  .nullable()
  .catch(null);

export interface DeletionClockDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * The time by which is deleted what nobody can bring back. A clock that leaps ahead is not followed until the station has
 * run for a day since, also over several runs: meanwhile the time goes on as if it had not leapt. See docs/retention.md.
 */
export class DeletionClock {
  readonly #deps: DeletionClockDeps;
  #record: ClockRecord | null = null;
  #looking: Promise<unknown> = Promise.resolve();

  constructor(deps: DeletionClockDeps) {
    this.#deps = deps;
  }

  /** Never later than `Clock.nowMs()`. Looks at the clock and writes down what it saw. */
  nowMs(): Promise<number> {
    const look = this.#looking.then(() => this.#look());
    this.#looking = look.catch(() => undefined);
    return look;
  }

  async #look(): Promise<number> {
    const { store, clock } = this.#deps;
    const known = this.#record;
    const recalled = known ?? (await this.#recall());
    const reading = readClock(clock);
    const record =
      known === null
        ? lookedAfterStart(recalled ?? { reading, ranMs: 0, leaps: [] }, reading)
        : lookedAgain(known, reading);
    this.#record = record;
    this.#tell(known, record);
    const valueJson = JSON.stringify(record);
    await store.write(({ db }) =>
      db
        .insertInto('settings')
        .values({ key: recordKey, valueJson })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ valueJson }))
        .execute(),
    );
    return reading.nowMs - perhapsAheadMs(record);
  }

  /** What earlier runs knew. A database of an earlier version says at least what its clock showed last. */
  async #recall(): Promise<ClockRecord | null> {
    const { read } = this.#deps.store;
    const row = await read.selectFrom('settings').select('valueJson').where('key', '=', recordKey).executeTakeFirst();
    const stored = row === undefined ? null : readStored(storedRecord, row.valueJson);
    if (stored !== null) return stored;
    const nowMs = await latestMomentMs(read);
    return nowMs === 0 ? null : { reading: { nowMs, elapsedMs: Number.POSITIVE_INFINITY }, ranMs: 0, leaps: [] };
  }

  #tell(known: ClockRecord | null, record: ClockRecord): void {
    const { logger } = this.#deps;
    const beforeMs = known === null ? 0 : perhapsAheadMs(known);
    const aheadMs = perhapsAheadMs(record);
    if (aheadMs > beforeMs) {
      const detail = { hoursAhead: Math.round(aheadMs / hourMs), hoursToRun: Math.ceil(believedInMs(record) / hourMs) };
      logger.warn('the clock leapt ahead: deletion goes by the time before until the station has run so long', detail);
    } else if (aheadMs === 0 && beforeMs > 0) logger.info('deletion goes by the clock again');
  }
}
