import type { WriteTransaction } from '../store/store.ts';
import type { DurableWork } from '../work/durable-loop.ts';
import { retryPlans } from '../work/retry-table.ts';
import { recover } from './crash-recovery.ts';
import { handOver } from './hand-over.ts';
import { changeHandover } from './handover-changes.ts';
import type { LaneContext } from './lane-context.ts';
import { isCalledOff, type LaneRow, laneRows } from './lane-rows.ts';
import { settleHandOver } from './settle-hand-over.ts';

/** After a bug a row is looked at again this much later, as if it had been left by a crash. */
const releaseAfterMs = 30_000;

/** When the folder may be tried again. A clock that was set back makes it wait no longer than a folder ever waits. */
const nextTryAtMs = ({ deps, probe }: LaneContext): number => {
  const { capMs, jitter } = retryPlans.hotFolder;
  if (probe.nextTryAtMs > deps.clock.nowMs() + capMs * (1 + jitter)) probe.nextTryAtMs = 0;
  return probe.nextTryAtMs;
};

const dueRow = (db: WriteTransaction['db'] | LaneContext['deps']['store']['read'], context: LaneContext) =>
  laneRows(db, context.hotFolderId)
    .where('handovers.nextAtMs', '<=', context.deps.clock.nowMs())
    // What was left in the middle first; then by urgency, then in the order in which the files became ready.
    .orderBy((order) => order.case().when('handovers.state', 'in', ['copying', 'sent']).then(0).else(1).end())
    .orderBy('files.priority', 'desc')
    .orderBy('handovers.id')
    .limit(1)
    .executeTakeFirst();

const callOff = (transaction: WriteTransaction, row: LaneRow, nowMs: number): Promise<void> =>
  changeHandover(transaction, row, {
    set: { state: 'undone', problem: null, nextAtMs: null },
    fileName: row.wantedName,
    history: { code: 'handover.undone', evidence: 'stationDid' },
    nowMs,
  });

/**
 * Takes the first due row. Its state `copying` is its lease, and never expires: after a crash nobody may simply run the
 * row again, it must be looked at first. Rows of held and cancelled items are called off on the way.
 */
const claim = async (context: LaneContext): Promise<readonly LaneRow[]> => {
  const { store, clock } = context.deps;
  if (clock.nowMs() < nextTryAtMs(context) || (await dueRow(store.read, context)) === undefined) return [];
  return store.write(async (transaction) => {
    const { db, touched } = transaction;
    for (;;) {
      const row = await dueRow(db, context);
      if (row === undefined) return [];
      const fresh = row.state === 'intended' || row.state === 'waiting';
      if (fresh && isCalledOff(row)) {
        await callOff(transaction, row, clock.nowMs());
        continue;
      }
      await db
        .updateTable('handovers')
        .set({ nextAtMs: null, ...(fresh ? { state: 'copying', renaming: 0 } : {}) })
        .where('id', '=', row.id)
        .execute();
      touched.handovers.add(row.id);
      return [row];
    }
  });
};

const run = async (context: LaneContext, row: LaneRow): Promise<void> => {
  const fresh = row.state === 'intended' || row.state === 'waiting';
  const outcome = fresh ? await handOver(context, row) : await recover(context, row);
  if (outcome !== null) await settleHandOver(context, row, outcome);
};

const nextDueMs = async (context: LaneContext): Promise<number | null> => {
  const { deps, hotFolderId } = context;
  const row = await deps.store.read
    .selectFrom('handovers')
    .select((query) => query.fn.min('nextAtMs').as('nextAtMs'))
    .where('hotFolderId', '=', hotFolderId)
    .where('nextAtMs', 'is not', null)
    .executeTakeFirst();
  return row?.nextAtMs == null ? null : Math.max(row.nextAtMs, nextTryAtMs(context));
};

/** The hand-overs of one hot folder as durable work. A loop of its own runs it, one row at a time. */
export const handOverWork = (context: LaneContext): DurableWork<LaneRow> => ({
  name: `hot folder ${context.hotFolderId}`,
  claim: () => claim(context),
  run: (row) => run(context, row),
  release: async (row) => {
    const nextAtMs = context.deps.clock.nowMs() + releaseAfterMs;
    await context.deps.store.write(async ({ db }) => {
      await db
        .updateTable('handovers')
        .set({ nextAtMs })
        .where('id', '=', row.id)
        .where((where) => where.or([where('state', '=', 'copying'), where('leaseOwner', 'is not', null)]))
        .execute();
    });
  },
  nextDueMs: () => nextDueMs(context),
});
