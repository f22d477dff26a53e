import { describe, expect, it } from 'vitest';
import { matchKeyOf } from '../../../../main/core/domain/job-sighting.ts';
import { dismissSignals, lookUpSignal } from '../../../../main/core/outbox/outbox-actions.ts';
import { accepted, networkGone } from '../../../support/fake-platform.ts';
import { sampleSighting, sampleWork } from '../../../support/sample-job.ts';
import {
  answerLost,
  codesOf,
  gone,
  jobOf,
  minuteMs,
  notThere,
  openStation,
  outcomesOf,
  problemsOf,
  produce,
  retry,
} from './command-station.ts';
import { arrivals } from './outbox-station.ts';

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
      dismissSignals(transaction, [id], 'made by hand', station.clock.nowMs(), 'AB'),
    );
    await station.pass(0);
    expect(arrivals(station.platform)['A-1']).toEqual(['produce', 'packed']);
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
