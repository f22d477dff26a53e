import { outboxKinds } from '../../../../main/contract/values.ts';
import { matchKeyOf } from '../../../../main/core/domain/job-sighting.ts';
import { insertJob } from '../../../../main/core/jobs/job-rows.ts';
import { retrySignal } from '../../../../main/core/outbox/outbox-actions.ts';
import type { JobFollowing, LookUpOutcome, SendOutcome } from '../../../../main/core/platforms/platform.ts';
import { attemptsOfSignal } from '../../../../main/core/views/outbox-views.ts';
import { failure } from '../../../../main/core/work/failure.ts';
import { type OutboxStation, type OutboxStationOptions, openOutboxStation } from './outbox-station.ts';

export const answerLost: SendOutcome = { kind: 'maybe', failure: failure('network', 'the connection broke') };
export const gone: LookUpOutcome = { kind: 'failed', failure: failure('network', 'getaddrinfo ENOTFOUND') };
export const notThere: LookUpOutcome = { kind: 'notFound', detail: 'there is no such job' };

const following: JobFollowing<unknown> = {
  lane: 'own',
  leastCheckEveryMs: 60_000,
  callbacksRetriedForMs: null,
  async *sweep() {
    yield [];
    return { kind: 'covered', cursor: null, there: null };
  },
  check: async () => ({ kind: 'seen', sightings: [] }),
};

/** A station whose platform makes jobs on request. Its commands may not be sent twice. */
export const openStation = (options: OutboxStationOptions = {}): Promise<OutboxStation> =>
  openOutboxStation({ kinds: outboxKinds, jobs: following, ...options });

interface Made {
  readonly id: number;
  readonly jobId: number;
  readonly itemId: number;
  readonly orderId: number;
}

/** Queues a produce command for a new order of one item, with the job that it is to make. */
export const produce = async (station: OutboxStation, order: string): Promise<Made> => {
  const { orderId, itemIds } = await station.addItems(order, 1);
  const [itemId = 0] = itemIds;
  const jobId = await station.store.write(async (transaction) => {
    const job = await insertJob(transaction, {
      connectionId: 'shop',
      externalId: null,
      nowMs: station.clock.nowMs(),
      orderId,
      matchKey: matchKeyOf(order, 'card'),
      nonce: `nonce of ${order}`,
    });
    await transaction.db.updateTable('items').set({ jobId: job.id }).where('id', '=', itemId).execute();
    return job.id;
  });
  return { id: await station.queue(itemId, 'produce', { jobId }), jobId, itemId, orderId };
};

export const jobOf = ({ store }: OutboxStation, id: number) =>
  store.read
    .selectFrom('jobs')
    .select(['externalId', 'state', 'lastCommandAtMs'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();

export const outcomesOf = async ({ store }: OutboxStation, id: number): Promise<string[]> =>
  (await attemptsOfSignal(store.read, id)).map(({ outcome }) => outcome);

export const codesOf = async ({ store }: OutboxStation): Promise<string[]> =>
  (await store.read.selectFrom('events').select('code').where('code', 'like', 'signal.%').orderBy('id').execute()).map(
    (row) => row.code,
  );

export const problemsOf = async ({ store }: OutboxStation): Promise<number[]> =>
  (await store.read.selectFrom('orders').select('problemCount').orderBy('id').execute()).map((row) => row.problemCount);

export const retry = ({ store, clock }: OutboxStation, id: number) =>
  store.write((transaction) => retrySignal(transaction, id, clock.nowMs(), 'AB'));

export const minuteMs = 60_000;
