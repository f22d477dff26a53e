import { describe, expect, it } from 'vitest';
import type { Logger } from '../../../../main/core/ports/logger.ts';
import { DurableLoop, type DurableWork } from '../../../../main/core/work/durable-loop.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';

interface Row {
  readonly id: number;
  dueMs: number;
  leased: boolean;
}

/** A table in memory, and everything that the loop did to it. */
const createTable = (clock: ReturnType<typeof createFakeClock>, dueMs: readonly number[]) => {
  const rows: Row[] = dueMs.map((due, index) => ({ id: index + 1, dueMs: clock.nowMs() + due, leased: false }));
  const gates = new Map<number, () => void>();
  const seen = { started: [] as number[], finished: [] as number[], claims: 0, released: [] as string[], atOnce: 0 };
  const held = new Set<number>();
  const failing = new Set<number>();
  let running = 0;
  const work: DurableWork<Row> = {
    name: 'rows',
    claim: async (limit) => {
      seen.claims += 1;
      const due = rows.filter((row) => !row.leased && row.dueMs <= clock.nowMs()).slice(0, limit);
      for (const row of due) row.leased = true;
      return due;
    },
    run: async (row) => {
      seen.started.push(row.id);
      running += 1;
      seen.atOnce = Math.max(seen.atOnce, running);
      if (held.has(row.id)) await new Promise<void>((resolve) => gates.set(row.id, resolve));
      running -= 1;
      if (failing.has(row.id)) throw new Error(`row ${row.id} is broken\nwith a second line`);
      rows.splice(rows.indexOf(row), 1);
      seen.finished.push(row.id);
    },
    release: async (row, error) => {
      seen.released.push(`${row.id}: ${error instanceof Error ? error.message.split('\n')[0] : ''}`);
      row.leased = false;
      row.dueMs = clock.nowMs() + 10_000;
    },
    nextDueMs: async () => {
      const free = rows.filter((row) => !row.leased).map((row) => row.dueMs);
      return free.length === 0 ? null : Math.min(...free);
    },
  };
  return { rows, work, seen, held, failing, letGo: (id: number) => gates.get(id)?.() };
};

const setUp = (dueMs: readonly number[], concurrency = 4) => {
  const clock = createFakeClock();
  const errors: string[] = [];
  const logger: Logger = { info: () => undefined, warn: () => undefined, error: (line) => errors.push(line) };
  const table = createTable(clock, dueMs);
  const loop = new DurableLoop({ work: table.work, clock, logger, concurrency });
  return { clock, errors, loop, ...table };
};

describe('the durable loop', () => {
  it('runs what is due, and the rest when its time has come', async () => {
    const { clock, loop, seen } = setUp([0, 0, 5_000, 9_000]);
    loop.start();
    await clock.advance(0);
    expect(seen.finished).toEqual([1, 2]);
    await clock.advance(4_999);
    expect(seen.finished).toEqual([1, 2]);
    await clock.advance(1);
    expect(seen.finished).toEqual([1, 2, 3]);
    await clock.advance(60_000);
    expect(seen.finished).toEqual([1, 2, 3, 4]);
  });

  it('runs no more at once than it may, and no row twice', async () => {
    const { clock, held, letGo, loop, seen } = setUp([0, 0, 0, 0, 0], 2);
    for (const id of [1, 2, 3, 4, 5]) held.add(id);
    loop.start();
    await clock.advance(0);
    expect(seen.started).toEqual([1, 2]);
    loop.poke();
    await clock.advance(100);
    expect(seen.started).toEqual([1, 2]);
    for (const id of [1, 2, 3, 4, 5]) {
      letGo(id);
      await clock.advance(0);
    }
    expect(seen.started).toEqual([1, 2, 3, 4, 5]);
    expect(seen.atOnce).toBe(2);
  });

  it('does not lose a poke that comes while it looks', async () => {
    const { clock, loop, rows, seen, work } = setUp([]);
    const look = work.nextDueMs.bind(work);
    let added = false;
    work.nextDueMs = async () => {
      const due = await look();
      if (!added) {
        added = true;
        rows.push({ id: 9, dueMs: clock.nowMs(), leased: false });
        loop.poke();
      }
      return due;
    };
    loop.start();
    await clock.advance(0);
    expect(seen.finished).toEqual([9]);
  });

  it('has one timer, however often it is poked', async () => {
    const clock = createFakeClock();
    let armed = 0;
    const counting = {
      nowMs: () => clock.nowMs(),
      elapsedMs: () => clock.elapsedMs(),
      at: (atMs: number, task: () => void) => {
        armed += 1;
        const callOff = clock.at(atMs, () => {
          armed -= 1;
          task();
        });
        return () => {
          armed -= 1;
          callOff();
        };
      },
    };
    const table = createTable(clock, [60_000]);
    const loop = new DurableLoop({
      work: table.work,
      clock: counting,
      logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
      concurrency: 1,
    });
    loop.start();
    for (let poke = 0; poke < 20; poke += 1) {
      loop.poke();
      await clock.advance(1);
    }
    expect(armed).toBe(1);
    await loop.stop();
  });

  it('looks at nothing while nothing is due', async () => {
    const { clock, loop, seen } = setUp([3_600_000]);
    loop.start();
    await clock.advance(1_000);
    const before = seen.claims;
    await clock.advance(3_000_000);
    expect(seen.claims).toBe(before);
    await clock.advance(600_000);
    expect(seen.claims).toBeGreaterThan(before);
  });

  it('puts a row back whose run fails, says so in one line, and does not spin on it', async () => {
    const { clock, errors, failing, loop, seen } = setUp([0, 0]);
    failing.add(1);
    loop.start();
    await clock.advance(9_999);
    expect(seen.released).toEqual(['1: row 1 is broken']);
    expect(errors).toEqual(['rows: row 1 is broken']);
    expect(seen.finished).toEqual([2]);
    expect(seen.claims).toBeLessThan(8);
    failing.clear();
    await clock.advance(1);
    expect(seen.finished).toEqual([2, 1]);
  });

  it('looks again a second later when the table cannot be read', async () => {
    const { clock, errors, loop, seen, work } = setUp([0]);
    const claim = work.claim.bind(work);
    let broken = true;
    work.claim = (limit) => (broken ? Promise.reject(new Error('the disk is gone')) : claim(limit));
    loop.start();
    await clock.advance(0);
    expect(errors).toEqual(['rows: the disk is gone']);
    broken = false;
    await clock.advance(999);
    expect(seen.finished).toEqual([]);
    await clock.advance(1);
    expect(seen.finished).toEqual([1]);
  });

  it('stops by waiting for what runs and taking no more', async () => {
    const { clock, held, letGo, loop, rows, seen } = setUp([0, 0, 500], 1);
    held.add(1);
    loop.start();
    await clock.advance(0);
    let stopped = false;
    const stopping = loop.stop().then(() => {
      stopped = true;
    });
    await clock.advance(10_000);
    expect(stopped).toBe(false);
    letGo(1);
    await stopping;
    rows.push({ id: 8, dueMs: 0, leased: false });
    loop.poke();
    await clock.advance(60_000);
    expect(seen.started).toEqual([1]);
  });

  it('tells what runs that it stops', async () => {
    const clock = createFakeClock();
    const table = createTable(clock, [0]);
    let told = false;
    const loop = new DurableLoop({
      work: {
        ...table.work,
        run: (_row, signal) =>
          new Promise<void>((resolve) => {
            signal.addEventListener('abort', () => {
              told = true;
              resolve();
            });
          }),
      },
      clock,
      logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
      concurrency: 1,
    });
    loop.start();
    await clock.advance(0);
    await loop.stop();
    expect(told).toBe(true);
  });

  it('takes more at once as soon as it may', async () => {
    const { clock, held, loop, seen } = setUp([0, 0, 0], 1);
    for (const id of [1, 2, 3]) held.add(id);
    loop.start();
    await clock.advance(0);
    expect(seen.started).toEqual([1]);
    loop.setConcurrency(3);
    await clock.advance(0);
    expect(seen.started).toEqual([1, 2, 3]);
  });

  it('is started once, and not again after it was stopped', async () => {
    const { clock, loop, seen } = setUp([0]);
    await loop.stop();
    loop.start();
    await clock.advance(1_000);
    expect(seen.started).toEqual([]);
  });
});
