import { ContractError } from '../../contract/failure.ts';
import { stationLine } from '../../contract/station-lines/station-lines.ts';
import type { CommandKind } from '../../contract/values.ts';
import { enqueueSignals } from '../outbox/enqueue-signal.ts';
import type { WriteTransaction } from '../store/store.ts';
import type { JobContext } from './job-context.ts';
import { type JobRow, jobColumns } from './job-rows.ts';

/** Between two commands about one job, at least; the platforms ask for a minute (Customer's Canvas, download artifacts guide). */
const pauseBetweenCommandsMs = 60_000;

export const requireJob = async ({ db }: Pick<WriteTransaction, 'db'>, id: number): Promise<JobRow> => {
  const row = await db.selectFrom('jobs').select(jobColumns).where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new ContractError('notFound', `there is no job ${id}`);
  return row;
};

/** Has a job asked for as soon as the platform's pace allows. Answers whether there is anything to ask. */
export const checkJob = async (
  { db, touched }: WriteTransaction,
  { connection, nowMs }: Pick<JobContext, 'connection' | 'nowMs'>,
  job: JobRow,
): Promise<boolean> => {
  if (job.externalId === null || connection.platform.jobs === undefined) return false;
  const soonestMs = Math.max(nowMs, (job.lastCheckedAtMs ?? 0) + connection.platform.jobs.leastCheckEveryMs);
  const { nextAtMs } = job;
  // A check that is due may be under way and asked too early: another due time says that it was asked for again.
  const isDue = nextAtMs !== null && nextAtMs <= nowMs;
  const wantedMs = isDue ? nextAtMs + 1 : Math.min(soonestMs, nextAtMs ?? soonestMs);
  await db.updateTable('jobs').set({ nextAtMs: wantedMs }).where('id', '=', job.id).execute();
  touched.jobs.add(job.id);
  return true;
};

/** Queues a command about a job. Throws a ContractError when it makes no sense now, or one is open already. */
export const commandJob = async (
  transaction: WriteTransaction,
  { connection, nowMs }: Pick<JobContext, 'connection' | 'nowMs'>,
  job: JobRow,
  command: CommandKind,
  by: string,
  undoMs = 0,
): Promise<number> => {
  const { db, touched } = transaction;
  const { platform, settings } = connection;
  if (platform.outgoing?.kinds(settings).includes(command) !== true) {
    throw new ContractError('conflict', `${platform.name} does not take the command ${command} on this connection`);
  }
  if (job.externalId === null || job.orderId === null) {
    throw new ContractError('conflict', stationLine('jobUnconfirmed'));
  }
  const open = await db
    .selectFrom('outbox')
    .select(['id', 'state'])
    .where('jobId', '=', job.id)
    .where('state', 'in', ['queued', 'sending', 'waiting', 'maybe'])
    .executeTakeFirst();
  // Word that a job is done waits in its item's order like any other; two that make or run something are too many.
  if (open !== undefined && command !== 'tagDone') {
    throw new ContractError('conflict', stationLine('commandOpen', { id: open.id, state: open.state }));
  }
  const item = await db
    .selectFrom('items')
    .select('id')
    .where('jobId', '=', job.id)
    .orderBy('number')
    .limit(1)
    .executeTakeFirst();
  if (item === undefined) throw new ContractError('conflict', 'this job has no item');
  const dueMs = command === 'tagDone' ? nowMs : Math.max(nowMs, (job.lastCommandAtMs ?? 0) + pauseBetweenCommandsMs);
  const [id] = await enqueueSignals(transaction, {
    platform,
    connectionId: connection.id,
    orderId: job.orderId,
    itemIds: [item.id],
    jobId: job.id,
    kind: command,
    payload: {},
    atMs: nowMs,
    undoMs,
    notBeforeMs: dueMs,
    createdBy: by,
  });
  if (id === undefined) throw new Error('the command was not queued');
  touched.jobs.add(job.id);
  touched.orders.add(job.orderId);
  return id;
};
