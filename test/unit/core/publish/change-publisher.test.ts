import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../../../main/core/ports/logger.ts';
import { ChangePublisher } from '../../../../main/core/publish/change-publisher.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';
import { openTestStore } from '../../../support/test-store.ts';

type Values = Readonly<Record<string, string>>;
interface Batch {
  readonly revision: number;
  readonly values: Values;
}

/** A station that publishes settings: the touched "connections" are their keys. */
const openStation = async () => {
  const { store } = await openTestStore();
  const clock = createFakeClock();
  const listeners = new Set<(batch: Batch) => void>();
  let reads = 0;
  const readValues = async (keys?: readonly string[]): Promise<Values> => {
    reads += 1;
    const query = store.read.selectFrom('settings').selectAll();
    const rows = await (keys === undefined ? query : query.where('key', 'in', keys)).execute();
    return Object.fromEntries(rows.map((row) => [row.key, row.valueJson]));
  };
  const publisher = new ChangePublisher({
    store,
    clock,
    logger: silentLogger,
    hasListeners: () => listeners.size > 0,
    publish: async (touched, revision) => {
      const values = await readValues([...touched.connections]);
      for (const listener of listeners) listener({ revision, values });
    },
  });
  const set = (key: string, value: string): Promise<void> =>
    store.write(async ({ db, touched }) => {
      touched.connections.add(key);
      await db
        .insertInto('settings')
        .values({ key, valueJson: value })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ valueJson: value }))
        .execute();
    });
  /** As a screen does it: subscribe first, then one snapshot, then drop the events that are in it. */
  const watch = () => {
    const early: Batch[] = [];
    let shown: { revision: number; values: Values } | null = null;
    const apply = (batch: Batch): void => {
      if (shown === null) early.push(batch);
      else if (batch.revision > shown.revision)
        shown = { revision: batch.revision, values: { ...shown.values, ...batch.values } };
    };
    listeners.add(apply);
    const snapshot = async (): Promise<void> => {
      const { revision } = publisher;
      shown = { revision, values: await readValues() };
      for (const batch of early) apply(batch);
    };
    return { snapshot, values: (): Values => shown?.values ?? {} };
  };
  const rest = async (): Promise<void> => {
    for (let round = 0; round < 10; round += 1) {
      await clock.advance(100);
      await readValues(['nothing']);
    }
  };
  return { store, clock, publisher, listeners, set, watch, rest, readValues, reads: () => reads };
};

describe('changes', () => {
  it('are told together, at most ten times a second', async () => {
    const { clock, listeners, rest, set } = await openStation();
    const batches: Batch[] = [];
    listeners.add((batch) => batches.push(batch));
    await set('a', '1');
    await set('b', '1');
    await set('a', '2');
    await clock.advance(99);
    expect(batches).toEqual([]);
    await rest();
    expect(batches).toEqual([{ revision: 1, values: { a: '2', b: '1' } }]);
    await set('c', '1');
    await rest();
    expect(batches.map(({ revision }) => revision)).toEqual([1, 2]);
  });

  it('that come while others are still read are told together afterwards', async () => {
    const { store, clock, rest } = await openStation();
    const read = Promise.withResolvers<void>();
    const told: string[][] = [];
    const publisher = new ChangePublisher({
      store,
      clock,
      logger: silentLogger,
      hasListeners: () => true,
      publish: async ({ connections }) => {
        told.push([...connections]);
        await read.promise;
      },
    });
    for (const key of ['a', 'b', 'c']) {
      publisher.note({ connections: new Set([key]) });
      await clock.advance(100);
    }
    expect(told).toEqual([['a']]);
    read.resolve();
    await rest();
    expect(told).toEqual([['a'], ['b', 'c']]);
  });

  it('are not even read when nobody listens, and still count', async () => {
    const { clock, publisher, reads, set } = await openStation();
    await set('a', '1');
    await clock.advance(1_000);
    expect(reads()).toBe(0);
    expect(publisher.revision).toBe(1);
  });

  it('are lost by a screen that reads first and subscribes later: the control', async () => {
    const { readValues, rest, set, watch } = await openStation();
    const shown = { ...(await readValues()) };
    await set('a', '1');
    await rest();
    const late = watch();
    await rest();
    expect({ ...shown, ...late.values() }).toEqual({});
    await late.snapshot();
    expect(late.values()).toEqual({ a: '1' });
  });

  it('are no longer told once the publisher has stopped', async () => {
    const { listeners, publisher, rest, set } = await openStation();
    const batches: Batch[] = [];
    listeners.add((batch) => batches.push(batch));
    await set('a', '1');
    await publisher.stop();
    await set('b', '1');
    await rest();
    expect(batches).toEqual([]);
  });

  it('are never lost between subscribing and the snapshot, whatever comes first', { timeout: 120_000 }, async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('set' as const), key: fc.constantFrom('a', 'b', 'c'), wait: fc.boolean() }),
      fc.record({ kind: fc.constant('turn' as const), ms: fc.constantFrom(0, 50, 100) }),
      fc.record({ kind: fc.constant('watch' as const), wait: fc.boolean() }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
        const { clock, publisher, readValues, rest, set, watch } = await openStation();
        const screens: ReturnType<typeof watch>[] = [];
        const open: Promise<void>[] = [];
        let value = 0;
        for (const one of steps) {
          if (one.kind === 'turn') await clock.advance(one.ms);
          else {
            value += 1;
            const screen = one.kind === 'watch' ? watch() : null;
            if (screen !== null) screens.push(screen);
            const doing = one.kind === 'set' ? set(one.key, String(value)) : (screen?.snapshot() ?? Promise.resolve());
            open.push(doing);
            if (one.wait) await doing;
          }
        }
        await Promise.all(open);
        await rest();
        const truth = await readValues();
        for (const screen of screens) expect(screen.values()).toEqual(truth);
        await publisher.stop();
      }),
      { numRuns: 40 },
    );
  });
});
