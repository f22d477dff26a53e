import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { BudgetBook } from '../../../../main/core/connections/budget-book.ts';
import type { BudgetPlace } from '../../../../main/core/platforms/http/platform-call.ts';
import type { Clock } from '../../../../main/core/ports/clock.ts';
import { Store } from '../../../../main/core/store/store.ts';
import type { RateLimit } from '../../../../main/core/work/rate-budget.ts';
import { mostInWindow } from '../../../sandbox/ledger/busiest-window.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';
import { createFakePlatform } from '../../../support/fake-platform.ts';
import { createSettableClock, type SettableClock } from '../../../support/settable-clock.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { connectTo, openTestStore } from '../../../support/test-store.ts';

const running = new AbortController().signal;

interface Ledger {
  readonly clock: SettableClock;
  readonly store: Store;
  readonly book: BudgetBook;
  /** Another book on the same store, as after a crash or, when this one was closed before, after a stop. */
  readonly reopen: (by?: Clock) => Promise<BudgetBook>;
}

const openLedger = async (limit: RateLimit, ids: readonly string[] = ['shop', 'other']): Promise<Ledger> => {
  const { store } = await openTestStore();
  await connectTo(store, createFakePlatform(), ids);
  const clock = createSettableClock();
  const limitOf = (id: string): RateLimit | null => (ids.includes(id) ? limit : null);
  const reopen = (by: Clock = clock) => BudgetBook.open({ store, clock: by, limitOf });
  return { clock, store, book: await reopen(), reopen };
};

const acquire = async (book: BudgetBook, id = 'shop'): Promise<BudgetPlace> => {
  const place = await book.acquire(id, running);
  if (place === null) throw new Error('no place');
  return place;
};

/** Takes places and gives them back at once. */
const spend = async (book: BudgetBook, count: number, id = 'shop'): Promise<void> => {
  for (let number = 0; number < count; number += 1) (await acquire(book, id)).release({ throttled: false });
};

describe('the budget of a connection', () => {
  it('lets so many go at once, and the others when there is room', async () => {
    const { book, clock } = await openLedger({ requests: 3, perSeconds: 10, concurrency: 10 });
    await spend(book, 3);
    expect([book.free('shop'), book.freeAtMs('shop')]).toEqual([0, clock.nowMs() + 10_000]);
    const fourth = acquire(book);
    await clock.advance(9_999);
    expect(book.use('shop').inSpan).toBe(3);
    await clock.advance(1);
    expect(book.use('shop').inSpan).toBe(1);
    (await fourth).release({ throttled: false });
    expect(book.use('shop')).toEqual({ currentRequests: 3, inSpan: 1 });
  });

  it('has room for as many at once as it names, and for the next when one of them ends', async () => {
    const { book, clock } = await openLedger({ requests: 100, perSeconds: 1, concurrency: 2 });
    const [first] = [await acquire(book), await acquire(book)];
    expect([book.free('shop'), book.freeAtMs('shop')]).toEqual([0, null]);
    const third = acquire(book);
    await clock.advance(60_000);
    expect(book.use('shop').inSpan).toBe(2);
    first.release({ throttled: false });
    await third;
    expect([book.use('shop').inSpan, book.free('shop')]).toEqual([3, 0]);
  });

  it('is given to those that wait in the order of asking, and to nobody who comes in between', async () => {
    const { book, clock } = await openLedger({ requests: 2, perSeconds: 10, concurrency: 2 });
    const places = [await acquire(book), await acquire(book)];
    const gone: number[] = [];
    const waiting: Promise<BudgetPlace>[] = [];
    const ask = (number: number): void => {
      waiting.push(
        acquire(book).then((place) => {
          gone.push(number);
          return place;
        }),
      );
    };
    // Asks in the very moment in which there is room again, before those that wait have been told of it.
    clock.at(clock.nowMs() + 10_000, () => ask(4));
    for (const number of [1, 2, 3]) ask(number);
    for (const place of places) place.release({ throttled: false });
    await clock.advance(10_000);
    await expect.poll(() => gone).toEqual([1, 2]);
    expect([book.free('shop'), book.use('shop').inSpan]).toEqual([0, 2]);
    for (const place of await Promise.all(waiting.slice(0, 2))) place.release({ throttled: false });
    await clock.advance(10_000);
    await expect.poll(() => gone).toEqual([1, 2, 3, 4]);
  });

  it('is not taken by one who no longer wants it, who is told at once', async () => {
    const { book, clock } = await openLedger({ requests: 1, perSeconds: 10, concurrency: 1 });
    await spend(book, 1);
    const stop = new AbortController();
    const first = book.acquire('shop', stop.signal);
    const second = acquire(book);
    stop.abort();
    expect(await first).toBeNull();
    expect(await book.acquire('shop', stop.signal), 'one who never wanted it').toBeNull();
    await clock.advance(9_999);
    expect(book.use('shop').inSpan).toBe(1);
    await clock.advance(1);
    await second;
    expect([book.use('shop').inSpan, book.free('shop')]).toEqual([1, 0]);
  });

  it('leaves no timer behind when nobody waits any more', async () => {
    const { store } = await openLedger({ requests: 1, perSeconds: 10, concurrency: 1 });
    const fake = createFakeClock();
    const timers = new Set<number>();
    const clock = {
      nowMs: () => fake.nowMs(),
      elapsedMs: () => fake.elapsedMs(),
      at: (atMs: number, task: () => void) => {
        timers.add(atMs);
        const callOff = fake.at(atMs, task);
        return () => {
          timers.delete(atMs);
          callOff();
        };
      },
    };
    const limit = { requests: 1, perSeconds: 3_600, concurrency: 1 };
    const book = await BudgetBook.open({ store, clock, limitOf: () => limit });
    await spend(book, 1);
    const stop = new AbortController();
    const waiting = book.acquire('shop', stop.signal);
    expect(timers.size, 'the control').toBe(1);
    stop.abort();
    expect(await waiting).toBeNull();
    expect(timers.size).toBe(0);
  });

  it('gives a place back once, however often that is said', async () => {
    const { book } = await openLedger({ requests: 100, perSeconds: 1, concurrency: 2 });
    const place = await acquire(book);
    await acquire(book);
    for (let time = 0; time < 3; time += 1) place.release({ throttled: false });
    expect(book.free('shop')).toBe(1);
  });

  it('is no other connection’s', async () => {
    const { book } = await openLedger({ requests: 2, perSeconds: 10, concurrency: 1 }, ['shop', 'other', 'third']);
    await spend(book, 2);
    await acquire(book, 'other');
    expect(book.free('shop')).toBe(0);
    expect(book.use('other').inSpan).toBe(1);
    expect([book.free('other'), book.freeAtMs('other')]).toEqual([0, null]);
    const waiting = new AbortController();
    const held = book.acquire('shop', waiting.signal);
    (await acquire(book, 'third')).release({ throttled: false });
    waiting.abort();
    expect(await held).toBeNull();
  });

  it('is halved by the platform’s throttling', async () => {
    const { book } = await openLedger({ requests: 10, perSeconds: 10, concurrency: 10 });
    (await acquire(book)).release({ throttled: true });
    expect(book.use('shop')).toEqual({ currentRequests: 5, inSpan: 1 });
    expect(book.use('other').currentRequests).toBe(10);
  });

  it('is not used up by places that could not be written down', async () => {
    const folder = await temporaryFolder();
    const store = await Store.open(join(folder, 'platen.db'));
    onTestFinished(() => store.close());
    const clock = createFakeClock();
    const limit = { requests: 3, perSeconds: 1, concurrency: 1 };
    const book = await BudgetBook.open({ store, clock, limitOf: () => limit });
    // There is no such connection in the table yet: nothing can be written of it.
    for (let time = 0; time < 5; time += 1) {
      await expect(book.acquire('shop', running)).rejects.toThrow();
      await clock.advance(1_000);
    }
    await connectTo(store);
    await spend(book, 3);
    expect(book.use('shop').inSpan).toBe(3);
  });
});

describe('after a restart', () => {
  const limit = { requests: 100, perSeconds: 60, concurrency: 50 };
  /** Places are written down in blocks of a tenth of the limit. */
  const block = 10;

  it('that was a clean stop, exactly what was taken counts, for as long as it would have', async () => {
    const { book, clock, reopen } = await openLedger(limit);
    await spend(book, 7);
    await clock.advance(20_000);
    await spend(book, 5);
    await book.close();
    const next = await reopen();
    expect(next.use('shop').inSpan).toBe(12);
    // Moments are kept to a hundredth of the span, rounded up.
    await clock.advance(40_000 + 600);
    expect(next.use('shop').inSpan).toBe(5);
    await clock.advance(20_000);
    expect(next.use('shop').inSpan).toBe(0);
    expect(next.use('other').inSpan).toBe(0);
  });

  it('that was a crash, the whole block counts as taken, from the restart on', async () => {
    const { book, clock, reopen } = await openLedger(limit);
    await spend(book, 3);
    await clock.advance(30_000);
    const next = await reopen();
    expect(next.use('shop').inSpan).toBe(block);
    await clock.advance(59_000);
    expect(next.use('shop').inSpan).toBe(block);
    await clock.advance(1_000);
    expect(next.use('shop').inSpan).toBe(0);
  });

  it('that was a crash, what was taken before the block counts beside it', async () => {
    const { book, reopen } = await openLedger(limit);
    await spend(book, 2 * block + 1);
    expect((await reopen()).use('shop').inSpan).toBe(3 * block);
  });

  it('that was a crash, requests that were under way count from the restart on: nobody knows when they arrived', async () => {
    const { book, clock, reopen } = await openLedger(limit);
    for (let number = 0; number < block + 1; number += 1) await acquire(book);
    await clock.advance(59_000);
    const next = await reopen();
    expect(next.use('shop').inSpan).toBe(2 * block);
    await clock.advance(59_000);
    expect(next.use('shop').inSpan).toBe(2 * block);
    await clock.advance(1_000);
    expect(next.use('shop').inSpan).toBe(0);
  });

  it('never more than the limit goes in any span, however often the station crashes', async () => {
    const small = { requests: 5, perSeconds: 10, concurrency: 5 };
    const { clock, reopen } = await openLedger(small);
    const goneAtMs: number[] = [];
    for (let crash = 0; crash < 30; crash += 1) {
      const book = await reopen();
      while (book.free('shop') > 0) {
        const place = await acquire(book);
        goneAtMs.push(clock.nowMs());
        // Every other one is still under way when the station is killed.
        if (goneAtMs.length % 2 === 0) place.release({ throttled: false });
      }
      await clock.advance(1_300);
    }
    expect(mostInWindow(goneAtMs, 10_000)).toBeLessThanOrEqual(5);
    expect(goneAtMs.length, 'it goes on nevertheless').toBeGreaterThan(5);
  });

  it('what throttling left of the limit is remembered', async () => {
    const { book, clock, reopen } = await openLedger(limit);
    (await acquire(book)).release({ throttled: true });
    await book.close();
    const next = await reopen();
    expect(next.use('shop').currentRequests).toBe(50);
    await clock.advance(60_000);
    expect(next.use('shop').currentRequests).toBe(60);
  });

  it('a stored budget that cannot be read is a fresh one', async () => {
    const { book, reopen, store } = await openLedger(limit);
    await spend(book, 4);
    await book.close();
    await store.write(({ db }) => db.updateTable('budgets').set({ stateJson: '{"ended":"?"}' }).execute());
    expect((await reopen()).use('shop')).toEqual({ currentRequests: 100, inSpan: 0 });
  });
});

describe('when somebody sets the clock', () => {
  const limit = { requests: 3, perSeconds: 10, concurrency: 10 };
  const dayMs = 86_400_000;

  it.each([
    ['a clock that is set ahead does not make room in a budget', 0, dayMs],
    ['a clock that is set back does not make anyone wait longer', dayMs, 0],
  ])('%s', async (_title, beforeMs, afterMs) => {
    const { book, clock } = await openLedger(limit);
    clock.setAhead(beforeMs);
    await spend(book, 3);
    const waiting = acquire(book);
    await clock.advance(2_000);
    clock.setAhead(afterMs);
    expect([book.free('shop'), book.freeAtMs('shop')]).toEqual([0, clock.nowMs() + 8_000]);
    const stop = new AbortController();
    const another = book.acquire('shop', stop.signal);
    await clock.advance(7_999);
    expect(book.use('shop')).toEqual({ currentRequests: 3, inSpan: 3 });
    await clock.advance(1);
    expect([await waiting, await another]).not.toContain(null);
    expect(book.use('shop').inSpan).toBe(2);
  });

  it('what throttling took is given back by the time that passes', async () => {
    const { book, clock } = await openLedger({ requests: 10, perSeconds: 10, concurrency: 10 });
    (await acquire(book)).release({ throttled: true });
    clock.setAhead(dayMs);
    expect(book.use('shop').currentRequests).toBe(5);
    clock.setAhead(-dayMs);
    await clock.advance(10_000);
    expect(book.use('shop').currentRequests).toBe(6);
  });
});

describe('after a restart in another time', () => {
  const limit = { requests: 100, perSeconds: 60, concurrency: 50 };
  const dayMs = 86_400_000;

  /** The same time on the wall, by a machine that has been on for so long. */
  const onFor = (clock: Clock, onForMs: number): Clock => {
    const moreMs = clock.elapsedMs() - onForMs;
    return { ...clock, elapsedMs: () => clock.elapsedMs() - moreMs };
  };

  it('with a clock that was set meanwhile, no window sees more than the limit', async () => {
    const small = { requests: 5, perSeconds: 10, concurrency: 5 };
    const { clock, reopen } = await openLedger(small);
    const goneAtMs: number[] = [];
    const aheadMs = [dayMs, 9_000, 0, -3_600_000, 60_000];
    for (let restart = 0; restart < 40; restart += 1) {
      const book = await reopen();
      while (book.free('shop') > 0) {
        const place = await acquire(book);
        goneAtMs.push(clock.real.nowMs());
        if (goneAtMs.length % 3 > 0) place.release({ throttled: false });
        clock.setAhead(aheadMs[goneAtMs.length % 5] ?? 0);
      }
      // Every other time it is stopped, and not killed.
      if (restart % 2 === 0) await book.close();
      clock.setAhead(aheadMs[restart % 5] ?? 0);
      await clock.advance(1_700);
    }
    expect(mostInWindow(goneAtMs, 10_000)).toBeLessThanOrEqual(5);
    expect(goneAtMs.length, 'it goes on nevertheless').toBeGreaterThan(10);
  });

  it('with a clock that was set ahead meanwhile, only the time that has passed is forgotten', async () => {
    const { book, clock, reopen } = await openLedger(limit);
    await spend(book, 4);
    await book.close();
    clock.setAhead(dayMs);
    await clock.advance(20_000);
    const next = await reopen();
    await clock.advance(39_999);
    expect(next.use('shop').inSpan).toBe(4);
    await clock.advance(1);
    expect(next.use('shop').inSpan).toBe(0);
  });

  it('with a clock that was set back meanwhile, nothing waits for the old time', async () => {
    const { book, clock, reopen } = await openLedger(limit);
    await spend(book, 4);
    await book.close();
    clock.setAhead(-dayMs);
    const next = await reopen();
    expect(next.use('shop').inSpan).toBe(4);
    await clock.advance(60_000);
    expect(next.use('shop').inSpan).toBe(0);
  });

  it('of the machine, what has passed since that start is forgotten, and no more', async () => {
    const { book, clock, reopen } = await openLedger(limit);
    await spend(book, 4);
    await book.close();
    await clock.advance(30_000);
    clock.setAhead(dayMs);
    const next = await reopen(onFor(clock, 20_000));
    await clock.advance(39_999);
    expect(next.use('shop').inSpan).toBe(4);
    await clock.advance(1);
    expect(next.use('shop').inSpan).toBe(0);
  });

  it('on another machine, which has been on for a month, the clock tells what has passed', async () => {
    const { book, clock, reopen } = await openLedger(limit);
    await spend(book, 4);
    await book.close();
    await clock.advance(20_000);
    const next = await reopen(onFor(clock, 30 * dayMs));
    await clock.advance(39_999);
    expect(next.use('shop').inSpan).toBe(4);
    await clock.advance(1);
    expect(next.use('shop').inSpan).toBe(0);
  });

  it('an old stored budget is still read, and all of it counts from then on', async () => {
    const { book, clock, reopen, store } = await openLedger(limit);
    await spend(book, 1);
    const nowMs = clock.nowMs();
    const ended = [
      [nowMs - 59_400, 4],
      [nowMs - 1_200, 2],
    ];
    const stateJson = JSON.stringify({ ended, reserved: 10, share: 0.5, shareSinceMs: nowMs - 30_000 });
    await store.write(({ db }) => db.updateTable('budgets').set({ stateJson }).execute());
    const next = await reopen();
    expect(next.use('shop')).toEqual({ currentRequests: 50, inSpan: 16 });
    await clock.advance(59_999);
    expect(next.use('shop')).toEqual({ currentRequests: 50, inSpan: 16 });
    await clock.advance(1);
    expect(next.use('shop')).toEqual({ currentRequests: 60, inSpan: 0 });
  });
});
