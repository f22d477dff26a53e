import type { LiveConnection } from '../connections/connection-directory.ts';
import type { JobSighting } from '../domain/job-sighting.ts';
import type { HandedOverOrder, IntakeJobs } from '../intake/intake-jobs.ts';
import { settleMade } from '../outbox/settle-made.ts';
import type { ShopOrder } from '../platforms/platform.ts';
import type { Store, WriteTransaction } from '../store/store.ts';
import { applySightings } from './apply-sightings.ts';
import { handOverOrders } from './hand-over-orders.ts';
import { checkJob } from './job-commands.ts';
import type { JobContext } from './job-context.ts';
import { insertJob, type JobRow, jobColumns } from './job-rows.ts';
import { nameJob } from './name-job.ts';

/** Webhooks prove nothing: of jobs that nobody has seen yet no more than this wait for their check. */
const mostUnknownJobs = 1_000;

export interface JobDeskDeps {
  readonly store: Store;
  contextOf(connection: LiveConnection): JobContext;
  /** Something is due: commands, checks, files. */
  onNews(): void;
}

/** Where the intake hands in what it hears of jobs. */
export class JobDesk implements IntakeJobs {
  readonly #deps: JobDeskDeps;

  constructor(deps: JobDeskDeps) {
    this.#deps = deps;
  }

  async knowsNonce(connection: LiveConnection, nonce: string): Promise<boolean> {
    return (await jobWithNonce(this.#deps.store.read, connection.id, nonce)) !== undefined;
  }

  async applyCallback(
    connection: LiveConnection,
    nonce: string,
    sighting: JobSighting,
  ): Promise<'applied' | 'unknown'> {
    const { store } = this.#deps;
    const context = { ...this.#deps.contextOf(connection), heardBy: 'callback' as const };
    const outcome = await store.write(async (transaction) => {
      const job = await jobWithNonce(transaction.db, connection.id, nonce);
      if (job === undefined) return 'unknown';
      // The callback may be faster than the answer that names the job.
      if (job.externalId === null) {
        const named = await nameJob(transaction, job, sighting.externalId);
        if (named) await settleMade(transaction, [job.id], context.nowMs);
      } else if (job.externalId !== sighting.externalId) return 'unknown';
      await applySightings(transaction, context, [sighting]);
      return 'applied';
    });
    if (outcome === 'applied') this.#deps.onNews();
    return outcome;
  }

  async heardOf(connection: LiveConnection, externalId: string): Promise<'noted' | 'tooMany'> {
    const { store } = this.#deps;
    const context = this.#deps.contextOf(connection);
    const { nowMs } = context;
    const outcome = await store.write(async (transaction) => {
      const { db } = transaction;
      const known = await db
        .selectFrom('jobs')
        .select(jobColumns)
        .where('connectionId', '=', connection.id)
        .where('externalId', '=', externalId)
        .executeTakeFirst();
      if (known !== undefined) {
        await checkJob(transaction, context, known);
        return 'noted';
      }
      const { count } = await db
        .selectFrom('jobs')
        .select((query) => query.fn.countAll<number>().as('count'))
        .where('connectionId', '=', connection.id)
        .where('orderId', 'is', null)
        .executeTakeFirstOrThrow();
      if (count >= mostUnknownJobs) return 'tooMany';
      await insertJob(transaction, { connectionId: connection.id, externalId, nowMs, nextAtMs: nowMs });
      return 'noted';
    });
    if (outcome === 'noted') this.#deps.onNews();
    return outcome;
  }

  async handOver(
    connection: LiveConnection,
    orders: readonly ShopOrder[],
    by: string,
  ): Promise<readonly HandedOverOrder[]> {
    const { store } = this.#deps;
    const handed = await store.write((transaction) =>
      handOverOrders(transaction, this.#deps.contextOf(connection), orders, { by, whenKnown: 'skip' }),
    );
    this.#deps.onNews();
    return handed;
  }
}

const jobWithNonce = (
  db: WriteTransaction['db'] | Store['read'],
  connectionId: string,
  nonce: string,
): Promise<JobRow | undefined> =>
  db
    .selectFrom('jobs')
    .select(jobColumns)
    .where('connectionId', '=', connectionId)
    .where('nonce', '=', nonce)
    .executeTakeFirst();
