import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { BudgetBook } from '../../../../main/core/connections/budget-book.ts';
import type { ConnectionDirectory } from '../../../../main/core/connections/connection-directory.ts';
import { readDueRows, readLanes } from '../../../../main/core/downloads/download-rows.ts';
import { fitsOfItem } from '../../../../main/core/hotfolders/fits.ts';
import { hotFolderViews } from '../../../../main/core/hotfolders/hot-folder-views.ts';
import { laneRows } from '../../../../main/core/hotfolders/lane-rows.ts';
import { awaitedOutcomes } from '../../../../main/core/hotfolders/note-outcomes.ts';
import { usualPickUpMs } from '../../../../main/core/hotfolders/pick-up-time.ts';
import { acceptOrder } from '../../../../main/core/intake/accept-order.ts';
import { applySightings } from '../../../../main/core/jobs/apply-sightings.ts';
import type { JobContext } from '../../../../main/core/jobs/job-context.ts';
import { insertJob } from '../../../../main/core/jobs/job-rows.ts';
import { enqueueSignals } from '../../../../main/core/outbox/enqueue-signal.ts';
import { failedGroups, idsOfFailedGroup } from '../../../../main/core/outbox/failed-groups.ts';
import { outboxChannels } from '../../../../main/core/outbox/outbox-channels.ts';
import { claimSignals, nextSignalDueMs, releaseAbandonedSignals } from '../../../../main/core/outbox/outbox-claim.ts';
import { claimChecks, nextCheckDueMs } from '../../../../main/core/polling/check-rows.ts';
import { dueOrders } from '../../../../main/core/retention/due-orders.ts';
import { ConnectionSecrets } from '../../../../main/core/secrets/connection-secrets.ts';
import { Vault } from '../../../../main/core/secrets/vault.ts';
import { DatabaseThread } from '../../../../main/core/store/database-thread.ts';
import { resolveItem, resolveOrder } from '../../../../main/core/store/references.ts';
import { refreshProgressOfOrders } from '../../../../main/core/store/refresh-progress.ts';
import { Store } from '../../../../main/core/store/store.ts';
import { connectionViews } from '../../../../main/core/views/connection-views.ts';
import { filesById, filesOfOrders } from '../../../../main/core/views/file-views.ts';
import { historyOfOrder } from '../../../../main/core/views/history-views.ts';
import { jobsById, jobsOfOrders } from '../../../../main/core/views/job-views.ts';
import { orderRowsById, pageOfOrders } from '../../../../main/core/views/order-rows.ts';
import { orderViewsById } from '../../../../main/core/views/order-views.ts';
import { attemptsOfSignal, signalsById, signalsOfOrders } from '../../../../main/core/views/outbox-views.ts';
import { stationCounts } from '../../../../main/core/views/station-view.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';
import { fakeKeyWrap } from '../../../support/fake-key-wrap.ts';
import { createFakePlatform } from '../../../support/fake-platform.ts';
import { sampleJobItem, sampleSighting, sampleWork } from '../../../support/sample-job.ts';
import { sampleOrder } from '../../../support/sample-order.ts';
import { makeTemporaryFolder } from '../../../support/temporary-folder.ts';
import { connectTo } from '../../../support/test-store.ts';

interface Asked {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

const bigTables = [
  'orders',
  'items',
  'files',
  'outbox',
  'attempts',
  'handovers',
  'events',
  'order_revisions',
  'jobs',
  'reconciliations',
];

/** Indexes of what is not finished: however long the history, they stay short. */
const smallIndexes = [
  'orders_open_connection',
  'orders_open_stage',
  'orders_held_urgency',
  'orders_open_urgency',
  'orders_problem_urgency',
  'files_due',
  'outbox_due',
  'jobs_due',
];

describe('the plan of', () => {
  let store: Store;
  let plans: Database.Database;
  let connections: ConnectionDirectory;
  let budgets: BudgetBook;
  let vault: Vault;
  let removeFolder: () => Promise<void>;
  const platform = createFakePlatform();

  beforeAll(async () => {
    const folder = await makeTemporaryFolder();
    removeFolder = folder.remove;
    const path = `${folder.path}/platen.db`;
    store = await Store.open(path);
    connections = await connectTo(store, platform);
    budgets = await BudgetBook.open({
      store,
      clock: createFakeClock(),
      limitOf: (id) => connections.find(id)?.rate ?? null,
    });
    vault = await Vault.open(`${folder.path}/vault.json`, fakeKeyWrap);
    const connection = connections.find('shop');
    if (connection === null) throw new Error('no connection');
    for (let number = 1; number <= 30; number += 1) {
      await store.write((transaction) =>
        acceptOrder(transaction, {
          connection,
          order: sampleOrder(`A${number}`, 2),
          nameTemplate: '{order}_{item}',
          nowMs: number,
          by: 'platform',
        }),
      );
      await store.write(async (transaction) => {
        const job = { connectionId: 'shop', externalId: `j${number}`, nowMs: number, nextAtMs: number };
        const { id } = await insertJob(transaction, { ...job, orderId: number, matchKey: `A${number}\nt` });
        await transaction.db.updateTable('items').set({ jobId: id }).where('orderId', '=', number).execute();
      });
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
    const asked: Asked[] = [];
    const spy = vi.spyOn(DatabaseThread.prototype, 'query');
    try {
      await work();
      asked.push(...spy.mock.calls.map(([_on, sql, parameters]) => ({ sql, parameters: parameters ?? [] })));
    } finally {
      spy.mockRestore();
    }
    expect(asked.length).toBeGreaterThan(0);
    return asked
      .filter(({ sql }) => !sql.startsWith('PRAGMA'))
      .flatMap(({ sql, parameters }) =>
        plans
          .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
          .all(...parameters)
          .map(({ detail }) => detail),
      );
  };

  /** The steps that read a big table, or an index of all of it, from one end to the other. */
  const scansIn = (plan: readonly string[]): readonly string[] =>
    plan
      .filter((step) => bigTables.some((table) => new RegExp(`^SCAN (${table}|earlier|original|other)\\b`).test(step)))
      .filter((step) => !smallIndexes.some((index) => step.endsWith(`INDEX ${index}`)));

  const sorts = (plan: readonly string[]): boolean =>
    plan.some((step) => step.includes('USE TEMP B-TREE FOR ORDER BY'));

  const jobs = { commandsOf: () => [] };

  const jobContext = (): JobContext => {
    const connection = connections.find('shop');
    if (connection === null) throw new Error('no connection');
    return { connection, nameTemplate: '{order}_{item}', nowMs: 1, heardBy: 'list' };
  };

  const noFilter = { problemsOnly: false, openOnly: false };

  it('a query that has no index is seen to scan: the control', async () => {
    const plan = await planOf(() =>
      store.read.selectFrom('orders').select('id').where('customer', '=', 'x').orderBy('reference').execute(),
    );
    expect(scansIn(plan)).toEqual(['SCAN orders']);
    expect(sorts(plan)).toBe(true);
  });

  it('the Orders list goes along the index of its order and sorts nothing', async () => {
    const plan = await planOf(() => pageOfOrders(store.read, noFilter, 0, 50));
    // To count all rows, the smallest index is counted; the page itself reads its 50 rows only.
    expect(scansIn(plan)).toHaveLength(2);
    for (const step of scansIn(plan)) expect(step).toMatch(/USING (COVERING )?INDEX/);
    expect(plan).toContain('SCAN orders USING COVERING INDEX orders_urgency');
    expect(sorts(plan)).toBe(false);
  });

  it('the list of open orders goes along an index that has only those', async () => {
    const plan = await planOf(() => pageOfOrders(store.read, { ...noFilter, openOnly: true }, 0, 50));
    expect(plan).toContain('SCAN orders USING COVERING INDEX orders_open_urgency');
    expect(scansIn(plan)).toEqual([]);
    expect(sorts(plan)).toBe(false);
  });

  it('the list of problems goes along an index that has only those', async () => {
    const plan = await planOf(() => pageOfOrders(store.read, { ...noFilter, problemsOnly: true }, 0, 50));
    expect(plan).toContain('SCAN orders USING INDEX orders_problem_urgency');
    expect(scansIn(plan)).toEqual([]);
    expect(sorts(plan)).toBe(false);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['the rows of a page of orders', () => orderRowsById(store.read, [1, 2, 3])],
    [
      'orders in full',
      () =>
        orderViewsById(
          {
            db: store.read,
            filesFolder: '/files',
            nowMs: 0,
            jobs,
            handoversOfOrders: async () => [],
          },
          [1, 2, 3],
        ),
    ],
    ...outboxChannels.flatMap((channel): [string, () => Promise<unknown>][] => [
      [
        `the claim of ${channel}`,
        () =>
          store.write((tx) =>
            claimSignals(tx, {
              connectionId: 'shop',
              channel,
              inHand: [7],
              owner: 'me',
              nowMs: 1,
              leaseMs: 1000,
              limit: 3,
            }),
          ),
      ],
      [`when the next of the ${channel} is due`, () => nextSignalDueMs(store.read, 'shop', channel)],
    ]),
    ['the release of abandoned signals', () => store.write((tx) => releaseAbandonedSignals(tx, 1))],
    [
      'queueing a signal',
      () =>
        store.write((tx) =>
          enqueueSignals(tx, {
            platform,
            connectionId: 'shop',
            orderId: 1,
            itemIds: [1, 2],
            kind: 'packed',
            payload: {},
            atMs: 1,
            undoMs: 0,
            createdBy: 'x',
          }),
        ),
    ],
    ['the stages of orders', () => store.write((tx) => refreshProgressOfOrders(tx, [1, 2, 3]))],
    ['the signals of a batch', () => signalsById(store.read, [1, 2, 3], 0)],
    ['the signals of an order', () => signalsOfOrders(store.read, [1], 0)],
    ['the failed signals by their cause', () => failedGroups(store.read)],
    ['the signals of a cause', () => idsOfFailedGroup(store.read, 'x').execute()],
    ['the attempts of a signal', () => attemptsOfSignal(store.read, 1)],
    [
      'the orders whose files are kept no longer',
      () => dueOrders(store.read, { what: 'files', closedUntilMs: 5, nowMs: 9, limit: 20, except: [] }),
    ],
    [
      'the orders whose personal data are kept no longer',
      () => dueOrders(store.read, { what: 'personal', closedUntilMs: 5, nowMs: 9, limit: 20, except: [] }),
    ],
    ['the ways to the file hosts', () => readLanes(store.read, [], 5)],
    [
      'the files that are due',
      () => readDueRows(store.read, { connectionId: 'shop', sourceHost: 'x', dueMs: 0 }, [1], 5, 4, false),
    ],
    ['the files of an order', () => filesOfOrders(store.read, [1], '/files')],
    ['some files', () => filesById(store.read, [1, 2], '/files')],
    ['the history of an order', () => historyOfOrder(store.read, 1)],
    ['an item by its external id', () => resolveItem(store.read, 'shop:A1-1')],
    ['an order by its external id', () => resolveOrder(store.read, 'shop:A1')],
    ['the hand-overs of a hot folder', () => laneRows(store.read, 'x').where('handovers.state', '=', 'sent').execute()],
    ['the contents of the hot folders', () => hotFolderViews({ db: store.read, nowMs: 0, listingOf: () => null })],
    ['the usual pick-up time of a hot folder', () => usualPickUpMs(store.read, 'x')],
    ['the files whose outcome is awaited', () => awaitedOutcomes(store.read, 'x', 0)],
    ['how an item fits the hot folders', () => fitsOfItem(store.read, 1, null)],
    [
      'the connections',
      () =>
        connectionViews({
          db: store.read,
          connections,
          secrets: new ConnectionSecrets(vault),
          budgets,
          intakeUrl: null,
        }),
    ],
    ['the jobs of orders', () => jobsOfOrders(store.read, [1, 2, 3], jobs)],
    ['some jobs', () => jobsById(store.read, [1, 2, 3], jobs)],
    ['the jobs whose check is due', () => claimChecks(store.read, 'shop', [1], 20, 5)],
    ['when the next check is due', () => nextCheckDueMs(store.read, 'shop', [1])],
    [
      'a page of a platform’s list',
      () =>
        store.write((tx) =>
          applySightings(tx, jobContext(), [
            sampleSighting('j1', {
              work: sampleWork('A1', { items: ['A1-1', 'A1-2'].map((id) => sampleJobItem(id)) }),
            }),
            sampleSighting('new', { matchKey: 'A2\nt', work: null }),
          ]),
        ),
    ],
    ['the badges', () => stationCounts(store.read)],
  ])('%s reads no big table from end to end', async (_name, work) => {
    expect(scansIn(await planOf(work))).toEqual([]);
  });
});
