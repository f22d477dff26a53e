import { describe, expect, it } from 'vitest';
import { commandKinds, outboxKinds } from '../../../../main/contract/values.ts';
import { matchKeyOf } from '../../../../main/core/domain/job-sighting.ts';
import { insertJob } from '../../../../main/core/jobs/job-rows.ts';
import { dismissSignal, lookUpSignal, retrySignal } from '../../../../main/core/outbox/outbox-actions.ts';
import type { JobFollowing, LookUpOutcome, SendOutcome } from '../../../../main/core/platforms/platform.ts';
import { attemptsOfSignal } from '../../../../main/core/views/outbox-views.ts';
import { failure } from '../../../../main/core/work/failure.ts';
import { accepted, networkGone } from '../../../support/fake-platform.ts';
import { sampleSighting, sampleWork } from '../../../support/sample-job.ts';
import { arrivals, type OutboxStation, type OutboxStationOptions, openOutboxStation } from './outbox-station.ts';

const answerLost: SendOutcome = { kind: 'maybe', failure: failure('network', 'the connection broke') };
const unpaid: SendOutcome = {
  kind: 'failed',
  failure: failure('paymentRequired', 'top up your account', { httpStatus: 402 }),
};
const gone: LookUpOutcome = { kind: 'failed', failure: failure('network', 'getaddrinfo ENOTFOUND') };
const notThere: LookUpOutcome = { kind: 'notFound', detail: 'there is no such job' };

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
const openStation = (options: OutboxStationOptions = {}): Promise<OutboxStation> =>
  openOutboxStation({ kinds: outboxKinds, jobs: following, ...options });

interface Made {
  readonly id: number;
  readonly jobId: number;
  readonly itemId: number;
  readonly orderId: number;
}

/** Queues a produce command for a new order of one item, with the job that it is to make. */
const produce = async (station: OutboxStation, order: string): Promise<Made> => {
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

const jobOf = ({ store }: OutboxStation, id: number) =>
  store.read
    .selectFrom('jobs')
    .select(['externalId', 'state', 'lastCommandAtMs'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();

const outcomesOf = async ({ store }: OutboxStation, id: number): Promise<string[]> =>
  (await attemptsOfSignal(store.read, id)).map(({ outcome }) => outcome);

const codesOf = async ({ store }: OutboxStation): Promise<string[]> =>
  (await store.read.selectFrom('events').select('code').where('code', 'like', 'signal.%').orderBy('id').execute()).map(
    (row) => row.code,
  );

const problemsOf = async ({ store }: OutboxStation): Promise<number[]> =>
  (await store.read.selectFrom('orders').select('problemCount').orderBy('id').execute()).map((row) => row.problemCount);

const retry = ({ store, clock }: OutboxStation, id: number) =>
  store.write((transaction) => retrySignal(transaction, id, clock.nowMs(), 'AB'));

const minuteMs = 60_000;

describe('a command that may not be sent twice', () => {
  it('goes out with the job that it is to make, and where the platform can tell of it', async () => {
    const station = await openStation();
    const { id, jobId } = await produce(station, 'A');
    await station.pass(0);
    expect(station.platform.sent).toMatchObject([
      {
        kind: 'produce',
        orderExternalId: 'A',
        itemExternalId: 'A-1',
        job: null,
        callbackUrl: 'https://floor.example.com/in/shop/callback/nonce of A',
      },
    ]);
    expect(await station.view(id)).toMatchObject({ state: 'sent', repeatable: false, job: jobId });
    expect((await jobOf(station, jobId)).lastCommandAtMs).toBe(station.clock.nowMs());
  });

  it('about a job names it', async () => {
    const station = await openStation();
    const { itemId, jobId } = await produce(station, 'A');
    await station.store.write(({ db }) => db.updateTable('jobs').set({ externalId: 'j-1', handle: 'h-1' }).execute());
    await station.queue(itemId, 'restart', { jobId });
    await station.pass(0);
    expect(station.platform.sent.map(({ kind, job }) => [kind, job])).toEqual([
      ['produce', { externalId: 'j-1', handle: 'h-1' }],
      ['restart', { externalId: 'j-1', handle: 'h-1' }],
    ]);
  });

  it('brings the job that was made with its answer', async () => {
    const sighting = sampleSighting('j-1', { matchKey: matchKeyOf('A', 'card'), work: sampleWork('A') });
    const station = await openStation({ script: () => ({ ...accepted, sighting }) });
    const { jobId } = await produce(station, 'A');
    await station.pass(0);
    expect(await jobOf(station, jobId)).toMatchObject({ externalId: 'j-1', state: 'working' });
    expect(await station.store.read.selectFrom('jobs').select('id').execute()).toEqual([{ id: jobId }]);
  });

  it('is a maybe once its answer is lost; it is looked up less and less often, then a person decides', async () => {
    const lookedUpAfterMs: number[] = [];
    const station = await openStation({
      script: () => answerLost,
      lookUp: () => {
        lookedUpAfterMs.push(station.clock.nowMs() - lostAtMs);
        return notThere;
      },
    });
    const lostAtMs = station.clock.nowMs();
    const { id } = await produce(station, 'A');
    await station.pass(0);
    expect(await station.view(id)).toMatchObject({ state: 'maybe', attempts: 1, lastError: 'the connection broke' });
    await station.pass(30 * minuteMs);
    const delaysMs = [3_000, 15_000, 60_000, 300_000, 900_000];
    expect(lookedUpAfterMs).toEqual(delaysMs.map((_, index) => delaysMs.slice(0, index + 1).reduce((a, b) => a + b)));
    expect(await station.view(id)).toMatchObject({
      state: 'maybe',
      attempts: 1,
      nextAttemptAt: null,
      lastError: 'there is no such job',
    });
    await station.pass(7 * 24 * 60 * minuteMs);
    expect(station.platform.lookedUp).toHaveLength(5);
    expect(station.platform.sent).toHaveLength(1);
    expect(await problemsOf(station)).toEqual([1]);
    expect(await outcomesOf(station, id)).toEqual(['maybe', ...Array.from({ length: 5 }, () => 'notFound')]);
    expect(await codesOf(station)).toEqual(['signal.maybe']);
  });

  it('is looked up before any other goes: only then is the way there known to be good', async () => {
    const heard: string[] = [];
    const station = await openStation({
      concurrency: 1,
      script: ({ orderExternalId }) => {
        heard.push(`produce ${orderExternalId}`);
        return orderExternalId === 'A' ? answerLost : accepted;
      },
      lookUp: ({ orderExternalId }) => {
        heard.push(`look up ${orderExternalId}`);
        return notThere;
      },
    });
    for (const order of ['A', 'B', 'C']) await produce(station, order);
    await station.pass(2_999);
    expect(heard).toEqual(['produce A']);
    await station.pass(1);
    expect(heard).toEqual(['produce A', 'look up A', 'produce B', 'produce C']);
  });

  it('that is found was sent, and its job is known', async () => {
    const sighting = sampleSighting('j-1', { matchKey: matchKeyOf('A', 'card'), work: sampleWork('A') });
    const station = await openStation({ script: () => answerLost, lookUp: () => notThere });
    const { id, jobId } = await produce(station, 'A');
    await station.pass(4_000);
    expect(await problemsOf(station)).toEqual([1]);
    station.platform.answerLookUps(() => ({ kind: 'found', sighting, detail: 'it is in the list' }));
    await station.pass(30_000);
    expect(await station.view(id)).toMatchObject({ state: 'sent', nextAttemptAt: null, lastError: null });
    expect(await jobOf(station, jobId)).toMatchObject({ externalId: 'j-1', state: 'working' });
    expect(station.platform.sent).toHaveLength(1);
    expect(await problemsOf(station)).toEqual([0]);
    expect(await codesOf(station)).toEqual(['signal.maybe', 'signal.found']);
    await station.pass(60 * minuteMs);
    expect(station.platform.lookedUp, 'it is not asked for any more').toHaveLength(2);
  });

  it('is looked up on while the network is gone: only an answer counts as a look', async () => {
    const station = await openStation({
      script: () => answerLost,
      lookUp: () => gone,
    });
    const { id } = await produce(station, 'A');
    await station.pass(24 * 60 * minuteMs);
    const tries = station.platform.lookedUp.length;
    expect(tries).toBeGreaterThan(5);
    expect(tries, 'no rush of probes').toBeLessThan(60);
    expect(await station.states()).toEqual({ [id]: 'maybe' });
    station.platform.answerLookUps(() => ({ kind: 'found', sighting: null, detail: 'there' }));
    await station.pass(60 * minuteMs);
    expect(await station.states()).toEqual({ [id]: 'sent' });
    expect(station.platform.sent).toHaveLength(1);
  });

  it('is asked about at once when a person wants it, however often that was done', async () => {
    const station = await openStation({ script: () => answerLost, lookUp: () => notThere });
    const { id } = await produce(station, 'A');
    await station.pass(60 * minuteMs);
    expect(station.platform.lookedUp).toHaveLength(5);
    const lookUp = () => station.store.write((transaction) => lookUpSignal(transaction, id, station.clock.nowMs()));
    await lookUp();
    await station.pass(0);
    expect(station.platform.lookedUp).toHaveLength(6);
    expect(await station.states()).toEqual({ [id]: 'maybe' });
    station.platform.answerLookUps(() => ({ kind: 'found', sighting: null, detail: 'there' }));
    await lookUp();
    await station.pass(0);
    expect(await station.states()).toEqual({ [id]: 'sent' });
    await expect(lookUp()).rejects.toThrow(`signal ${id} is sent: only a maybe can be looked up`);
  });

  it('at a platform that cannot be asked is left to a person', async () => {
    const station = await openStation({ script: () => answerLost });
    const { id } = await produce(station, 'A');
    await station.pass(60 * minuteMs);
    expect(await station.view(id)).toMatchObject({
      state: 'maybe',
      nextAttemptAt: null,
      lastError: 'Fake cannot be asked what became of it',
    });
    expect(station.platform.sent).toHaveLength(1);
  });

  it('that surely was not carried out is sent again by itself', async () => {
    const station = await openStation({ script: () => networkGone });
    const { id } = await produce(station, 'A');
    await station.pass(0);
    expect(await station.states()).toEqual({ [id]: 'waiting' });
    station.platform.answer(() => accepted);
    await station.pass(minuteMs);
    expect(await station.states()).toEqual({ [id]: 'sent' });
    expect(arrivals(station.platform)).toEqual({ 'A-1': ['produce', 'produce'] });
  });

  it('in which the station itself breaks is a maybe: nobody knows how far it came', async () => {
    const station = await openStation({
      script: () => {
        throw new Error('bug');
      },
      lookUp: () => notThere,
    });
    const { id } = await produce(station, 'A');
    await station.pass(60 * minuteMs);
    expect(await station.states()).toEqual({ [id]: 'maybe' });
    expect(station.platform.sent).toHaveLength(1);
    expect(station.platform.lookedUp.length).toBeGreaterThan(0);
  });

  it('holds back what follows for its item while it is a maybe, and nothing of other items', async () => {
    const station = await openStation({
      script: ({ orderExternalId, kind }) => (orderExternalId === 'A' && kind === 'produce' ? answerLost : accepted),
      lookUp: () => notThere,
    });
    const { id, itemId } = await produce(station, 'A');
    const next = await station.queue(itemId, 'packed');
    await produce(station, 'B');
    await station.pass(2 * 60 * minuteMs);
    expect(arrivals(station.platform)).toEqual({ 'A-1': ['produce'], 'B-1': ['produce'] });
    expect((await station.view(next)).waitsFor).toBe('Produce of the same item goes first');
    await station.store.write((transaction) =>
      dismissSignal(transaction, id, 'made by hand', station.clock.nowMs(), 'AB'),
    );
    await station.pass(0);
    expect(arrivals(station.platform)['A-1']).toEqual(['produce', 'packed']);
  });
});

describe('a stop in the middle of a command', () => {
  /** A station that was killed while this command was on its way. */
  const killedWhileSending = async (options: OutboxStationOptions = {}) => {
    let arrived = (): void => undefined;
    const arrival = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const first = await openStation({
      script: (_message, { abort }) =>
        new Promise((resolve) => {
          arrived();
          abort.addEventListener('abort', () => resolve(answerLost));
        }),
    });
    const made = await produce(first, 'A');
    await first.pass(0);
    await arrival;
    expect(await first.states()).toEqual({ [made.id]: 'sending' });
    await first.loop.stop();
    expect(await first.states(), 'as a kill leaves it').toEqual({ [made.id]: 'sending' });
    return { made, next: await openStation({ ...options, store: first.store }) };
  };

  it('makes it a maybe at the next start: it is looked up, and not sent again', async () => {
    const { made, next } = await killedWhileSending({ lookUp: () => notThere });
    await next.pass(0);
    expect(next.platform.lookedUp.map(({ orderExternalId }) => orderExternalId)).toEqual(['A']);
    expect(await next.view(made.id)).toMatchObject({ state: 'maybe', attempts: 0 });
    await next.pass(60 * minuteMs);
    expect(next.platform.sent).toEqual([]);
    next.platform.answerLookUps(() => ({ kind: 'found', sighting: null, detail: 'there' }));
    await next.store.write((transaction) => lookUpSignal(transaction, made.id, next.clock.nowMs()));
    await next.pass(0);
    expect(await next.states()).toEqual({ [made.id]: 'sent' });
  });

  it('is no matter for what may be sent twice: the control', async () => {
    const first = await openStation({
      script: (_message, { abort }) =>
        new Promise((resolve) => {
          abort.addEventListener('abort', () => resolve(networkGone));
        }),
    });
    const { itemId } = await produce(first, 'A');
    await first.store.write(({ db }) => db.deleteFrom('outbox').execute());
    const id = await first.queue(itemId, 'tagDone');
    await first.pass(0);
    await first.loop.stop();
    const next = await openStation({ store: first.store });
    await next.pass(0);
    expect(await next.states()).toEqual({ [id]: 'sent' });
    expect(arrivals(next.platform)).toEqual({ 'A-1': ['tagDone'] });
  });

  it('in the middle of a look-up changes nothing: it is looked up again', async () => {
    const first = await openStation({
      script: () => answerLost,
      lookUp: (_message, { abort }) =>
        new Promise((resolve) => {
          abort.addEventListener('abort', () => resolve(gone));
        }),
    });
    const { id } = await produce(first, 'A');
    await first.pass(minuteMs);
    expect(first.platform.lookedUp).toHaveLength(1);
    await first.loop.stop();
    expect(await first.states()).toEqual({ [id]: 'maybe' });
    const next = await openStation({ store: first.store, lookUp: () => notThere });
    await next.pass(20 * minuteMs);
    expect(next.platform.lookedUp.length).toBeGreaterThan(0);
    expect(next.platform.sent).toEqual([]);
  });
});

describe('a command that waits long for its turn', () => {
  it('is not taken twice when its lease runs out, before it is sent or while it is', async () => {
    let answer = (): void => undefined;
    const station = await openStation({
      // One request in 90 seconds, and two for each command: it leaves only after 90 seconds.
      budget: { requests: 1, perSeconds: 90, concurrency: 5 },
      requestsPerSending: 2,
      script: ({ orderExternalId }) =>
        orderExternalId === 'A'
          ? new Promise((resolve) => {
              answer = () => resolve(accepted);
            })
          : accepted,
    });
    const { id } = await produce(station, 'A');
    await station.pass(89_000);
    expect(station.platform.sent).toEqual([]);
    expect(await station.states()).toEqual({ [id]: 'sending' });
    // The lease of two minutes runs out while the platform takes its time; then there is room for the next command.
    const other = await produce(station, 'B');
    await station.pass(15 * minuteMs);
    expect(arrivals(station.platform)).toEqual({ 'A-1': ['produce'], 'B-1': ['produce'] });
    expect(await station.states()).toEqual({ [id]: 'sending', [other.id]: 'sent' });
    answer();
    await station.pass(0);
    expect(await station.states()).toEqual({ [id]: 'sent', [other.id]: 'sent' });
    expect(await outcomesOf(station, id)).toEqual(['accepted']);
  });

  it('goes out when those that had the whole budget have ended, although nobody tells it', async () => {
    const station = await openStation({ budget: { requests: 100, perSeconds: 1, concurrency: 1 } });
    const list = await station.budgets.acquire('shop', new AbortController().signal);
    const { id } = await produce(station, 'A');
    await station.pass(minuteMs);
    expect(await station.states()).toEqual({ [id]: 'queued' });
    list?.release({ throttled: false });
    // Without a poke: only its own timer can make it look.
    await station.clock.advance(1_000);
    await expect.poll(() => station.platform.sent.length).toBe(1);
  });
});

describe('a platform that wants money first', () => {
  const openUnpaid = () =>
    openStation({
      script: ({ kind }) => (commandKinds.some((command) => command === kind) ? unpaid : accepted),
    });

  it('sets the command aside with its words, stops the commands, and lets the signals go on', async () => {
    const station = await openUnpaid();
    const first = await produce(station, 'A');
    await station.pass(0);
    const second = await produce(station, 'B');
    const { itemIds } = await station.addItems('C', 1);
    const signal = await station.queue(itemIds[0] ?? 0, 'packed');
    await station.pass(24 * 60 * minuteMs);
    expect(await station.view(first.id)).toMatchObject({ state: 'problem', lastError: 'top up your account' });
    expect(await station.states()).toEqual({ [first.id]: 'problem', [second.id]: 'queued', [signal]: 'sent' });
    // No probe goes by itself: each would set another command aside.
    expect(await station.channel('commands')).toMatchObject({ state: 'alarm', nextTryAtMs: null });
    expect(await station.channel('signals')).toMatchObject({ state: 'open' });
    expect(await problemsOf(station)).toEqual([1, 0, 0]);
    expect((await station.view(second.id)).waitsFor).toBe('top up your account');
  });

  it('gets the rest once a person has paid and sends the first again', async () => {
    const station = await openUnpaid();
    const first = await produce(station, 'A');
    await station.pass(0);
    const second = await produce(station, 'B');
    await station.pass(60 * minuteMs);
    station.platform.answer(() => accepted);
    const again = await retry(station, first.id);
    await station.pass(0);
    expect(await station.states()).toEqual({ [first.id]: 'cancelled', [second.id]: 'sent', [again]: 'sent' });
    expect(await station.channel('commands')).toMatchObject({ state: 'open' });
  });

  it('that is asked too early sets one command aside, and no more', async () => {
    const station = await openUnpaid();
    const { id } = await produce(station, 'A');
    await station.pass(0);
    for (const order of ['B', 'C', 'D']) await produce(station, order);
    await station.pass(60 * minuteMs);
    const again = await retry(station, id);
    await station.pass(24 * 60 * minuteMs);
    const states = Object.values(await station.states());
    expect(states.filter((state) => state === 'problem')).toHaveLength(1);
    expect(states.filter((state) => state === 'queued')).toHaveLength(3);
    expect(Object.keys(await station.states())).toContain(String(again));
  });
});

describe('a person’s retry', () => {
  it('of a maybe makes a new row for the same job, in the old one’s place', async () => {
    const station = await openStation({ script: () => answerLost, lookUp: () => notThere });
    const { id, itemId, jobId } = await produce(station, 'A');
    const next = await station.queue(itemId, 'packed');
    await station.pass(60 * minuteMs);
    station.platform.answer(() => accepted);
    const again = await retry(station, id);
    expect(await retry(station, id)).toBe(again);
    expect(again).not.toBe(id);
    await station.pass(minuteMs);
    expect(await station.view(id)).toMatchObject({ state: 'cancelled', retriedAs: again, job: jobId });
    expect(await station.view(again)).toMatchObject({ state: 'sent', job: jobId, repeatable: false, attempts: 1 });
    expect(await station.states()).toMatchObject({ [next]: 'sent' });
    expect(arrivals(station.platform)).toEqual({ 'A-1': ['produce', 'produce', 'packed'] });
    expect(station.platform.sent[1]?.callbackUrl).toBe(station.platform.sent[0]?.callbackUrl);
    expect(await problemsOf(station)).toEqual([0]);
  });

  it('whose answer is lost again is a maybe again', async () => {
    const station = await openStation({ script: () => answerLost, lookUp: () => notThere });
    const { id } = await produce(station, 'A');
    await station.pass(60 * minuteMs);
    const again = await retry(station, id);
    await station.pass(60 * minuteMs);
    expect(await station.states()).toEqual({ [id]: 'cancelled', [again]: 'maybe' });
    expect(station.platform.sent).toHaveLength(2);
    expect(station.platform.lookedUp).toHaveLength(10);
  });
});
