import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readDueRows, readLanes } from '../../../../main/core/downloads/download-rows.ts';
import { DatabaseThread } from '../../../../main/core/store/database-thread.ts';
import { DownloadFloor } from './support/download-floor.ts';

let floor: DownloadFloor;
let nowMs: number;
beforeEach(async () => {
  floor = await DownloadFloor.open();
  nowMs = floor.clock.nowMs();
});
afterEach(async () => {
  await floor.close();
});

const add = (host: string, connection = 'cp'): Promise<number> =>
  floor.add({ url: `http://${host}/cover.pdf`, connection });
const change = (id: number, values: Partial<Awaited<ReturnType<DownloadFloor['file']>>>): Promise<unknown> =>
  floor.store.write(({ db }) => db.updateTable('files').set(values).where('id', '=', id).execute());
const lanes = async (held: readonly number[] = []) =>
  (await readLanes(floor.store.read, held, nowMs)).toSorted((left, right) =>
    `${left.connectionId} ${left.sourceHost}`.localeCompare(`${right.connectionId} ${right.sourceHost}`),
  );

describe('the ways to the file hosts', () => {
  it('are one for each connection and host, and say which has a file that is due', async () => {
    await add('a.example');
    const later = await add('b.example');
    await change(later, { nextAtMs: nowMs + 500 });
    await change(await add('b.example'), { nextAtMs: nowMs + 900 });
    await add('b.example', 'px');
    expect(await lanes()).toEqual([
      { connectionId: 'cp', sourceHost: 'a.example', dueMs: 0 },
      { connectionId: 'cp', sourceHost: 'b.example', dueMs: nowMs + 500 },
      { connectionId: 'px', sourceHost: 'b.example', dueMs: 0 },
    ]);
  });

  it('count a file that waits for its channel alone as due, and one that waits for itself as not', async () => {
    const [channels, own] = [await add('a.example'), await add('b.example')];
    await change(channels, { state: 'waiting', problemCode: 'network', nextAtMs: nowMs + 500 });
    await change(own, { state: 'waiting', problemCode: 'mismatch', nextAtMs: nowMs + 500 });
    expect((await lanes()).map(({ dueMs }) => dueMs)).toEqual([0, nowMs + 500]);
  });

  it('leave out what is held, leased, done, or of a paused connection', async () => {
    const [held, leased, done, free] = [
      await add('a.example'),
      await add('b.example'),
      await add('c.example'),
      await add('d.example'),
    ];
    await add('a.example', 'px');
    await change(leased, { leaseUntilMs: nowMs + 1 });
    await change(done, { nextAtMs: null, state: 'ready' });
    await floor.store.write(({ db }) =>
      db.updateTable('connections').set({ pausedByPerson: 1 }).where('id', '=', 'px').execute(),
    );
    expect(await lanes([held])).toEqual([{ connectionId: 'cp', sourceHost: 'd.example', dueMs: 0 }]);
    await change(free, { leaseUntilMs: nowMs });
    expect(await lanes([held])).toHaveLength(1);
    expect(await lanes([held, free])).toEqual([]);
  });

  it('find a file that is due behind hundreds that are not', async () => {
    await floor.store.write(async ({ db }) => {
      await db
        .insertInto('files')
        .values(
          Array.from({ length: 250 }, (_, index) => ({
            orderId: 1,
            itemId: 1,
            connectionId: 'cp',
            role: 'cover',
            format: 'pdf',
            sourceUrl: 'http://a.example/',
            sourceHost: 'a.example',
            expectedBytes: null,
            expectedMd5: null,
            state: 'waiting' as const,
            problemCode: 'diskFull',
            name: '',
            relativePath: `cp/1/${index}`,
            receivedBytes: 0,
            attempts: 0,
            mismatches: 0,
            priority: 0,
            nextAtMs: nowMs + 30_000 - index,
          })),
        )
        .execute();
    });
    expect(await lanes()).toEqual([{ connectionId: 'cp', sourceHost: 'a.example', dueMs: nowMs + 30_000 - 249 }]);
    await add('a.example');
    expect(await lanes()).toEqual([{ connectionId: 'cp', sourceHost: 'a.example', dueMs: 0 }]);
  });

  it('are found by going from lane to lane along the index, without reading the lines in between', async () => {
    const plan = await planOf(() => readLanes(floor.store.read, [1], nowMs));
    const steps = plan.filter((step) => /\bfiles\b/.test(step));
    expect(steps.length).toBeGreaterThan(0);
    for (const step of steps)
      expect(step).toMatch(/^SEARCH files USING (COVERING )?INDEX files_due \(connection_id=\?/);
    expect(steps).toContainEqual(expect.stringContaining('(connection_id=? AND source_host>?)'));
    expect(plan.filter((step) => step.includes('TEMP B-TREE'))).toEqual([]);
    const control = await planOf(() => floor.store.read.selectFrom('files').select('sourceHost').distinct().execute());
    expect(control).toContainEqual(expect.stringContaining('SCAN files'));
  });
});

describe('the files that are due on a way', () => {
  it('are read from the top of its line, and not sorted', async () => {
    const lane = { connectionId: 'cp', sourceHost: 'a.example', dueMs: 0 };
    const plan = await planOf(() => readDueRows(floor.store.read, lane, [1], nowMs, 4, false));
    expect(plan).toContainEqual(expect.stringContaining('INDEX files_due (connection_id=? AND source_host=?)'));
    expect(plan.filter((step) => step.includes('TEMP B-TREE'))).toEqual([]);
  });
});

/** What SQLite would do for each statement that `work` sends, in its own words. */
const planOf = async (work: () => Promise<unknown>): Promise<readonly string[]> => {
  const spy = vi.spyOn(DatabaseThread.prototype, 'query');
  const database = new Database(`${floor.folder}/platen.db`, { readonly: true });
  try {
    await work();
    return spy.mock.calls.flatMap(([_on, query, parameters]) =>
      database
        .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${query}`)
        .all(...(parameters ?? []))
        .map(({ detail }) => detail),
    );
  } finally {
    spy.mockRestore();
    database.close();
  }
};
