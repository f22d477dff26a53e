import type { LiveConnection } from '../connections/connection-directory.ts';
import type { Reader, WriteTransaction } from '../store/store.ts';

/** Why the platform's list is compared with ours. */
export type ReconcileReason = 'start' | 'resume' | 'hourly' | 'asked';

export interface SweepRow {
  readonly connectionId: string;
  readonly cursor: string | null;
  readonly reconcileAtMs: number | null;
  readonly reconcileReason: ReconcileReason;
  readonly nextAtMs: number | null;
}

const reasons: ReadonlySet<string> = new Set<ReconcileReason>(['start', 'resume', 'hourly', 'asked']);
const isReason = (text: string): text is ReconcileReason => reasons.has(text);

const columns = ['connectionId', 'cursor', 'reconcileAtMs', 'reconcileReason', 'nextAtMs'] as const;

export const readSweeps = async (db: Reader): Promise<readonly SweepRow[]> => {
  const rows = await db.selectFrom('sweeps').select(columns).execute();
  return rows.map((row) => ({
    ...row,
    reconcileReason: isReason(row.reconcileReason) ? row.reconcileReason : 'asked',
  }));
};

/** Makes sure that each connection with jobs has its sweep. */
export const ensureSweeps = async (
  { db }: WriteTransaction,
  connections: readonly LiveConnection[],
  nowMs: number,
): Promise<void> => {
  const followed = connections.filter(({ platform }) => platform.jobs !== undefined);
  if (followed.length === 0) return;
  await db
    .insertInto('sweeps')
    .values(followed.map(({ id }) => ({ connectionId: id, reconcileReason: 'start', nextAtMs: nowMs })))
    .onConflict((conflict) => conflict.column('connectionId').doNothing())
    .execute();
};

/** Has lists compared at once: of one connection, or of all. */
export const askForReconciliation = async (
  { db, touched }: WriteTransaction,
  reason: ReconcileReason,
  nowMs: number,
  connectionId?: string,
): Promise<void> => {
  const update = db
    .updateTable('sweeps')
    .set({ reconcileAtMs: nowMs, reconcileReason: reason, nextAtMs: nowMs })
    .returning('connectionId');
  const rows = await (connectionId === undefined ? update : update.where('connectionId', '=', connectionId)).execute();
  for (const row of rows) touched.connections.add(row.connectionId);
};
