import { describe, expect, it } from 'vitest';
import { lookUpSignal } from '../../../../main/core/outbox/outbox-actions.ts';
import { accepted, networkGone } from '../../../support/fake-platform.ts';
import { answerLost, gone, minuteMs, notThere, openStation, outcomesOf, produce } from './command-station.ts';
import { arrivals, type OutboxStationOptions } from './outbox-station.ts';

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
    await first.outbox.stop();
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
    await first.outbox.stop();
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
    await first.outbox.stop();
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

  it('waits in line while others have the whole budget, and goes out when one of them ends', async () => {
    const station = await openStation({ budget: { requests: 100, perSeconds: 1, concurrency: 1 } });
    const list = await station.budgets.acquire('shop', new AbortController().signal);
    await produce(station, 'A');
    await station.pass(minuteMs);
    expect(station.platform.sent).toEqual([]);
    list?.release({ throttled: false });
    await expect.poll(() => station.platform.sent.length).toBe(1);
  });
});
