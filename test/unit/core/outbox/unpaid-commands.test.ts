import { describe, expect, it } from 'vitest';
import { commandKinds } from '../../../../main/contract/values.ts';
import type { SendOutcome } from '../../../../main/core/platforms/platform.ts';
import { failure } from '../../../../main/core/work/failure.ts';
import { accepted } from '../../../support/fake-platform.ts';
import { minuteMs, openStation, problemsOf, produce, retry } from './command-station.ts';

const unpaid: SendOutcome = {
  kind: 'failed',
  failure: failure('paymentRequired', 'top up your account', { httpStatus: 402 }),
};

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
