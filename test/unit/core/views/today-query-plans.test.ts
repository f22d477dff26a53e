import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ConnectionDirectory } from '../../../../main/core/connections/connection-directory.ts';
import { acceptOrder } from '../../../../main/core/intake/accept-order.ts';
import { DatabaseThread } from '../../../../main/core/store/database-thread.ts';
import { Store } from '../../../../main/core/store/store.ts';
import { countOrders, pageOfOrders } from '../../../../main/core/views/order-rows.ts';
import { readVerifiedFiles } from '../../../../main/core/views/today-files.ts';
import { readLateOrders } from '../../../../main/core/views/today-late.ts';
import { countSelections, selectionFilters } from '../../../../main/core/views/today-orders.ts';
import { firstOpenByShipBy } from '../../../../main/core/views/today-ship-by.ts';
import { readSignals } from '../../../../main/core/views/today-signals.ts';
import { readThroughput } from '../../../../main/core/views/today-throughput.ts';
import { readToday } from '../../../../main/core/views/today-view.ts';
import { createFakePlatform } from '../../../support/fake-platform.ts';
import { sampleOrder } from '../../../support/sample-order.ts';
import { makeTemporaryFolder } from '../../../support/temporary-folder.ts';
import { connectTo } from '../../../support/test-store.ts';
import { jobsHeardBy } from '../intake/intake-fixture.ts';

const bigTables = ['orders', 'items', 'files', 'outbox', 'attempts', 'handovers', 'events', 'jobs', 'reconciliations'];

/** Indexes of what is not finished: however long the history, they stay short. */
const smallIndexes = [
  'orders_open_connection',
  'orders_open_stage',
  'orders_open_urgency',
  'orders_problem_urgency',
  'orders_held_urgency',
];

const borders = { day: '2026-07-01', fromMs: 1_000_000, untilMs: 87_400_000 };
const nowMs = 5_000_000;

describe('the plan of', () => {
  let store: Store;
  let plans: Database.Database;
  let connections: ConnectionDirectory;
  let removeFolder: () => Promise<void>;

  beforeAll(async () => {
    const folder = await makeTemporaryFolder();
    removeFolder = folder.remove;
    const path = `${folder.path}/platen.db`;
    store = await Store.open(path);
    connections = await connectTo(store, createFakePlatform({ jobs: jobsHeardBy({}) }));
    const connection = connections.find('shop');
    if (connection === null) throw new Error('no connection');
    for (let number = 1; number <= 30; number += 1) {
      await store.write((transaction) =>
        acceptOrder(transaction, {
          connection,
          order: sampleOrder(`A${number}`, 2, { shipByMs: number * 1_000_000 }),
          nameTemplate: '{order}_{item}',
          nowMs: number,
          by: 'platform',
        }),
      );
    }
    plans = new Database(path, { readonly: true });
  });

  afterAll(async () => {
    plans.close();
    await store.close();
    await removeFolder();
  });

  /** What SQLite would do for each statement that `work` sends, in its own words. */
  const planOf = async (work: () => Promise<unknown>): Promise<readonly string[]> => {
    const spy = vi.spyOn(DatabaseThread.prototype, 'query');
    try {
      await work();
      const asked = spy.mock.calls.map(([_on, sql, parameters]) => ({ sql, parameters: parameters ?? [] }));
      expect(asked.length).toBeGreaterThan(0);
      return asked.flatMap(({ sql, parameters }) =>
        plans
          .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
          .all(...parameters)
          .map(({ detail }) => detail),
      );
    } finally {
      spy.mockRestore();
    }
  };

  /** The steps that read a big table, or an index of all of it, from one end to the other. */
  const scansIn = (plan: readonly string[]): readonly string[] =>
    plan
      .filter((step) => bigTables.some((table) => new RegExp(`^SCAN (${table}|later)\\b`).test(step)))
      .filter((step) => !smallIndexes.some((index) => step.endsWith(`INDEX ${index}`)));

  const sorts = (plan: readonly string[]): boolean =>
    plan.some((step) => step.includes('USE TEMP B-TREE FOR ORDER BY'));

  it('a query that has no index is seen to scan: the control', async () => {
    const plan = await planOf(() =>
      store.read.selectFrom('items').select('id').where('producedAtMs', '>', nowMs).orderBy('title').execute(),
    );
    expect(scansIn(plan)).toEqual(['SCAN items']);
    expect(sorts(plan)).toBe(true);
  });

  it('the whole day reads no big table from end to end', async () => {
    const deps = {
      db: store.read,
      connections: connections.all(),
      platformName: (id: string) => id,
      startReport: async () => null,
    };
    expect(scansIn(await planOf(() => readToday(deps, borders, 'UTC', nowMs)))).toEqual([]);
    expect(scansIn(await planOf(() => countSelections(store.read, borders, nowMs)))).toEqual([]);
  });

  it.each(['late', 'due'] as const)(
    'the list of what is %s reads only those, in the order of the list',
    async (name) => {
      const filter = selectionFilters(borders, nowMs)[name];
      const plan = await planOf(() => pageOfOrders(store.read, filter, 0, 50));
      expect(scansIn(plan)).toEqual([]);
      const span = name === 'late' ? /<expr><\?/ : /<expr>>\? AND <expr><\?/;
      const looks = plan.filter((step) => step.includes('orders_open_urgency (reorder=? AND '));
      expect(looks).toHaveLength(2);
      for (const look of looks) expect(look).toMatch(span);
      expect(sorts(plan)).toBe(false);
    },
  );

  it.each(['waiting', 'held', 'problems'] as const)(
    'what is %s is counted from an index of just those',
    async (name) => {
      const { openOnly, problemsOnly, held, stages, lanes } = selectionFilters(borders, nowMs)[name];
      const plan = await planOf(() => countOrders(store.read, { openOnly, problemsOnly, held, stages, lanes }));
      const indexes = { waiting: 'orders_open_stage', held: 'orders_held_urgency', problems: 'orders_problem_urgency' };
      expect(plan.join()).toMatch(new RegExp(`INDEX ${indexes[name]}\\b`));
    },
  );

  it('a search reads the words of the orders, and only the orders that have them', async () => {
    const filter = { openOnly: true, problemsOnly: false, search: 'fjord' };
    const plan = await planOf(() => pageOfOrders(store.read, filter, 0, 50));
    expect(scansIn(plan)).toEqual([]);
    expect(plan).toContain('SCAN order_words');
    expect(plan).toContain('SEARCH orders USING INTEGER PRIMARY KEY (rowid=?)');
  });

  it('the list of what was shipped starts from the items of the day', async () => {
    const plan = await planOf(() => pageOfOrders(store.read, selectionFilters(borders, nowMs).shipped, 0, 50));
    expect(scansIn(plan)).toEqual([]);
    expect(plan.filter((step) => step.includes('items_shipped (shipped_at_ms>? AND shipped_at_ms<?)'))).toHaveLength(2);
  });

  it('the first by ship-by are read as they lie in the index, reorders and others', async () => {
    const plan = await planOf(() => firstOpenByShipBy(store.read, { fromMs: 0, beforeMs: nowMs }, 10));
    expect(plan).toHaveLength(2);
    for (const step of plan) expect(step).toMatch(/^SEARCH .* orders_open_urgency \(reorder=\? AND <expr>>\? AND/);
    expect(sorts(plan)).toBe(false);
  });

  it.each<[string, string, () => Promise<unknown>]>([
    ['the late orders', 'orders_open_urgency', () => readLateOrders(store.read, nowMs)],
    ['the throughput: print-ready', 'items_print_ready', () => readThroughput(store.read, borders, 24, String)],
    ['the throughput: handed over', 'items_handed_over', () => readThroughput(store.read, borders, 24, String)],
    ['the throughput: shipped', 'items_shipped', () => readThroughput(store.read, borders, 24, String)],
    ['the verified files', 'files_ready_at', () => readVerifiedFiles(store.read, borders)],
    ['the signals that were sent', 'outbox_sent', () => readSignals(store.read, borders, nowMs)],
    ['the signals that wait', 'outbox_state', () => readSignals(store.read, borders, nowMs)],
  ])('%s goes along the index %s', async (_name, index, work) => {
    const plan = await planOf(work);
    expect(scansIn(plan)).toEqual([]);
    expect(plan.some((step) => step.startsWith('SEARCH') && step.includes(`INDEX ${index} (`))).toBe(true);
  });
});
