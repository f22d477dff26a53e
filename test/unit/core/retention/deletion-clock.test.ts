import { describe, expect, it } from 'vitest';
import type { Clock } from '../../../../main/core/ports/clock.ts';
import { type Logger, silentLogger } from '../../../../main/core/ports/logger.ts';
import { DeletionClock } from '../../../../main/core/retention/deletion-clock.ts';
import type { Store } from '../../../../main/core/store/store.ts';
import { openTestStore } from '../../../support/test-store.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const startMs = Date.UTC(2026, 0, 5, 8);

/** A machine whose clock is set, that sleeps, and that is switched off. */
const createMachine = () => {
  let nowMs = startMs;
  let elapsedMs = hourMs;
  const clock: Clock = { nowMs: () => nowMs, elapsedMs: () => elapsedMs, at: () => () => undefined };
  return {
    clock,
    set: (aheadMs: number): void => {
      nowMs += aheadMs;
    },
    pass: (ms: number): void => {
      nowMs += ms;
      elapsedMs += ms;
    },
    sleep: (ms: number): void => {
      nowMs += ms;
    },
    /** Off for so long, then on for a minute. */
    off: (ms: number): void => {
      nowMs += ms + 60_000;
      elapsedMs = 60_000;
    },
  };
};

const openStation = async () => {
  const machine = createMachine();
  const { store } = await openTestStore();
  const lines: string[] = [];
  const logger: Logger = { ...silentLogger, warn: (line) => lines.push(line), info: (line) => lines.push(line) };
  const start = (): DeletionClock => new DeletionClock({ store, clock: machine.clock, logger });
  /** By how much deletion goes behind the clock. */
  const behindMs = async (by: DeletionClock): Promise<number> => machine.clock.nowMs() - (await by.nowMs());
  const runHours = async (by: DeletionClock, hours: number): Promise<void> => {
    for (let hour = 0; hour < hours; hour += 1) {
      machine.pass(hourMs);
      await by.nowMs();
    }
  };
  return { machine, store, lines, start, behindMs, runHours };
};

const noteEvent = async (store: Store, atMs: number): Promise<void> => {
  await store.write(({ db }) =>
    db.insertInto('events').values({ atMs, code: 'x', evidence: 'stationDid', detailJson: '{}' }).execute(),
  );
};

describe('the time by which is deleted', () => {
  it('is the clock, however long the station runs; what a system corrects by itself is no leap', async () => {
    const { machine, lines, start, behindMs } = await openStation();
    const by = start();
    expect(await behindMs(by)).toBe(0);
    machine.pass(400 * dayMs);
    expect(await behindMs(by)).toBe(0);
    machine.set(60_000);
    expect(await behindMs(by)).toBe(0);
    expect(lines).toEqual([]);
  });

  it('goes on by the time before a leap until the station has run for a day since; the log says so once', async () => {
    const { machine, lines, start, behindMs, runHours } = await openStation();
    const by = start();
    await by.nowMs();
    machine.set(365 * dayMs);
    await runHours(by, 24);
    expect(await behindMs(by)).toBe(365 * dayMs);
    expect(lines).toHaveLength(1);
    machine.pass(hourMs);
    expect(await behindMs(by)).toBe(0);
    expect(lines[1]).toBe('deletion goes by the clock again');
  });

  it('waits anew for each leap: a clock that was set back and ahead again has not run for a day', async () => {
    const { machine, start, behindMs, runHours } = await openStation();
    const by = start();
    await by.nowMs();
    for (let round = 0; round < 3; round += 1) {
      machine.set(365 * dayMs);
      await runHours(by, 20);
      expect(await behindMs(by)).toBe(365 * dayMs);
      machine.set(-365 * dayMs);
      expect(await behindMs(by)).toBe(0);
      await runHours(by, 2);
    }
    machine.set(365 * dayMs);
    machine.pass(hourMs);
    machine.set(-300 * dayMs);
    expect(await behindMs(by)).toBe(65 * dayMs);
  });

  it('is never later than the clock; one that was behind for a while, as a machine without a battery, has not leapt', async () => {
    const { machine, start, behindMs, runHours } = await openStation();
    await start().nowMs();
    machine.off(-9000 * dayMs);
    const by = start();
    expect(await behindMs(by)).toBe(0);
    machine.set(9000 * dayMs + 14 * hourMs);
    expect(await behindMs(by)).toBe(14 * hourMs);
    await runHours(by, 25);
    expect(await behindMs(by)).toBe(0);
  });

  it('counts a night, a weekend and some holidays that the station was off; after more it waits for a day of work', async () => {
    const { machine, start, behindMs, runHours } = await openStation();
    await runHours(start(), 1);
    for (const off of [14 * hourMs, 3 * dayMs, 7 * dayMs]) {
      machine.off(off);
      const by = start();
      expect(await behindMs(by)).toBe(0);
      await runHours(by, 1);
    }
    machine.off(14 * dayMs);
    for (let run = 0; run < 3; run += 1) {
      const by = start();
      expect(await behindMs(by)).toBe(14 * dayMs);
      await runHours(by, 8);
      machine.off(14 * hourMs);
    }
    expect(await behindMs(start())).toBe(0);
  });

  it('counts what the machine was on while the station did not run', async () => {
    const { machine, start, behindMs } = await openStation();
    await start().nowMs();
    machine.pass(31 * dayMs);
    expect(await behindMs(start())).toBe(0);
    machine.pass(dayMs);
    machine.set(31 * dayMs);
    expect(await behindMs(start()), 'the control').toBe(31 * dayMs);
  });

  it('goes on behind a machine that sleeps each night by some nights, and no more', async () => {
    const { machine, start, behindMs, runHours } = await openStation();
    const by = start();
    for (let day = 0; day < 20; day += 1) {
      await runHours(by, 10);
      machine.sleep(14 * hourMs);
      expect(await behindMs(by)).toBeLessThanOrEqual(3 * 14 * hourMs);
    }
  });

  it('knows from the history of an earlier version that the clock leapt', async () => {
    const { store, start, behindMs } = await openStation();
    await noteEvent(store, startMs - 40 * dayMs);
    expect(await behindMs(start())).toBe(40 * dayMs - hourMs);
  });
});
