import { describe, expect, it } from 'vitest';
import { ContractError } from '../../../../main/contract/failure.ts';
import type { SignalRequest } from '../../../../main/contract/orders.ts';
import { signalItem } from '../../../../main/core/orders/signal-item.ts';
import { dismissSignals, retrySignal, undoSignals } from '../../../../main/core/outbox/outbox-actions.ts';
import type { SendOutcome } from '../../../../main/core/platforms/platform.ts';
import { attemptsOfSignal } from '../../../../main/core/views/outbox-views.ts';
import { failure } from '../../../../main/core/work/failure.ts';
import { accepted, networkGone } from '../../../support/fake-platform.ts';
import { arrivals, type OutboxStation, openOutboxStation } from './outbox-station.ts';

const no: SendOutcome = { kind: 'failed', failure: failure('rejected', 'no such item', { httpStatus: 400 }) };

const say = async (station: OutboxStation, itemId: number, signal: SignalRequest): Promise<number> => {
  const { outboxIds } = await station.store.write((transaction) =>
    signalItem(transaction, {
      itemId,
      signal,
      connection: station.connection,
      nowMs: station.clock.nowMs(),
      undoMs: 15_000,
      by: 'AB',
    }),
  );
  const [id] = outboxIds;
  if (id === undefined) throw new Error('nothing was queued');
  return id;
};

const undo = ({ store, clock }: OutboxStation, ...ids: number[]) =>
  store.write((transaction) => undoSignals(transaction, ids, clock.nowMs(), 'AB'));
const retry = ({ store, clock }: OutboxStation, id: number) =>
  store.write((transaction) => retrySignal(transaction, id, clock.nowMs(), 'AB'));
const dismiss = ({ store, clock }: OutboxStation, id: number) =>
  store.write((transaction) => dismissSignals(transaction, [id], 'told by phone', clock.nowMs(), 'AB'));

const stageOf = async ({ store }: OutboxStation): Promise<string | undefined> =>
  (await store.read.selectFrom('items').select('stage').executeTakeFirst())?.stage;

const codesOf = async ({ store }: OutboxStation): Promise<string[]> =>
  (await store.read.selectFrom('events').select('code').where('code', 'like', 'signal.%').orderBy('id').execute()).map(
    (row) => row.code,
  );

const shipped: SignalRequest = { kind: 'shipped', tracking: 'T1' };

describe('undo', () => {
  it('takes back what cannot be taken back later, within 15 seconds, with the fact it tells', async () => {
    const station = await openOutboxStation();
    const [itemId = 0] = (await station.addItems('A', 1)).itemIds;
    const id = await say(station, itemId, shipped);
    expect(await stageOf(station)).toBe('shipped');
    await station.pass(14_999);
    expect(await undo(station, id)).toEqual([{ itemId, kind: 'shipped' }]);
    expect(await stageOf(station)).toBe('received');
    await station.pass(60_000);
    expect(station.platform.sent).toEqual([]);
    expect(await station.states()).toEqual({ [id]: 'cancelled' });
  });

  it('comes too late after that: the signal has left', async () => {
    const station = await openOutboxStation();
    const [itemId = 0] = (await station.addItems('A', 1)).itemIds;
    const id = await say(station, itemId, shipped);
    await station.pass(15_000);
    expect(station.platform.sent).toHaveLength(1);
    await expect(undo(station, id)).rejects.toThrow(`signal ${id} (ItemShipped) can no longer be undone`);
    expect(await stageOf(station)).toBe('shipped');
  });

  it('comes too late even if the network is gone: who was told must not be guessed', async () => {
    const station = await openOutboxStation({ script: () => networkGone });
    const [itemId = 0] = (await station.addItems('A', 1)).itemIds;
    const id = await say(station, itemId, shipped);
    await station.pass(20_000);
    await expect(undo(station, id)).rejects.toBeInstanceOf(ContractError);
  });

  it('takes back all of several signals, or none', async () => {
    const station = await openOutboxStation();
    const { itemIds } = await station.addItems('A', 2);
    const first = await say(station, itemIds[0] ?? 0, shipped);
    await station.clock.advance(10_000);
    const second = await say(station, itemIds[1] ?? 0, shipped);
    await station.clock.advance(6_000);
    await expect(undo(station, second, first)).rejects.toBeInstanceOf(ContractError);
    expect(await station.states()).toEqual({ [first]: 'queued', [second]: 'queued' });
  });

  it('is not offered for what can be corrected', async () => {
    const station = await openOutboxStation();
    const [itemId = 0] = (await station.addItems('A', 1)).itemIds;
    const id = await say(station, itemId, { kind: 'produced' });
    expect((await station.view(id)).undoUntil).toBeNull();
    await expect(undo(station, id)).rejects.toBeInstanceOf(ContractError);
  });
});

describe('retry', () => {
  it('queues a new row in the place of the old one, which keeps its attempts; asked again it is the same row', async () => {
    const station = await openOutboxStation({ script: ({ kind }) => (kind === 'registered' ? no : accepted) });
    const [itemId = 0] = (await station.addItems('A', 1)).itemIds;
    const old = await station.queue(itemId, 'registered');
    await station.queue(itemId, 'packed');
    await station.queue(itemId, 'shipped');
    await station.pass(0);
    expect(Object.values(await station.states())).toEqual(['problem', 'queued', 'queued']);

    station.platform.answer(() => accepted);
    const [first, second] = await Promise.all([retry(station, old), retry(station, old)]);
    expect(second).toBe(first);
    expect(await retry(station, old)).toBe(first);
    expect(await station.view(old)).toMatchObject({ state: 'cancelled', retriedAs: first });
    await station.pass(0);
    expect(arrivals(station.platform)).toEqual({ 'A-1': ['registered', 'registered', 'packed', 'shipped'] });
    expect((await attemptsOfSignal(station.store.read, old)).map(({ httpStatus }) => httpStatus)).toEqual([400]);
    expect((await attemptsOfSignal(station.store.read, first)).map(({ httpStatus }) => httpStatus)).toEqual([200]);
  });

  it('takes the problem off the order', async () => {
    const station = await openOutboxStation({ script: () => no });
    const [itemId = 0] = (await station.addItems('A', 1)).itemIds;
    const id = await station.queue(itemId, 'registered');
    await station.pass(0);
    const problems = () => station.store.read.selectFrom('orders').select('problemCount').executeTakeFirst();
    expect(await problems()).toEqual({ problemCount: 1 });
    await retry(station, id);
    expect(await problems()).toEqual({ problemCount: 0 });
  });

  it('still tells of the moment when it happened, with the old deadline and seven new days', async () => {
    const station = await openOutboxStation({ script: () => no });
    const [itemId = 0] = (await station.addItems('A', 1)).itemIds;
    const happenedAtMs = station.clock.nowMs();
    const id = await station.queue(itemId, 'registered');
    const { deadlineAt } = await station.view(id);
    await station.pass(3_600_000);
    const retriedAtMs = station.clock.nowMs();
    const newId = await retry(station, id);
    expect((await station.view(newId)).deadlineAt).toBe(deadlineAt);
    await station.pass(0);
    expect(station.platform.sent.map((signal) => signal.happenedAtMs)).toEqual([happenedAtMs, happenedAtMs]);
    const row = await station.store.read
      .selectFrom('outbox')
      .select('giveUpAtMs')
      .where('id', '=', newId)
      .executeTakeFirst();
    expect(row?.giveUpAtMs).toBe(retriedAtMs + 7 * 86_400_000);
  });

  it('of a row that waits keeps the row, and tries at once, for nobody asks for a retry later', async () => {
    const station = await openOutboxStation({ script: () => networkGone });
    const [itemId = 0] = (await station.addItems('A', 1)).itemIds;
    const id = await station.queue(itemId, 'registered');
    await station.pass(0);
    station.platform.answer(() => accepted);
    await station.pass(0);
    expect(await station.states(), 'nobody has asked yet').toEqual({ [id]: 'waiting' });
    expect(await retry(station, id)).toBe(id);
    await station.pass(0);
    expect(await station.states()).toEqual({ [id]: 'sent' });
  });

  it('of what was sent is refused: there is no blind resend', async () => {
    const station = await openOutboxStation();
    const [itemId = 0] = (await station.addItems('A', 1)).itemIds;
    const id = await station.queue(itemId, 'registered');
    await station.pass(0);
    await expect(retry(station, id)).rejects.toThrow(`signal ${id} is sent: there is nothing to retry`);
    await expect(retry(station, 999)).rejects.toThrow('there is no signal 999');
  });
});

describe('dismiss', () => {
  it('gives a problem up, and what follows for the item goes on', async () => {
    const station = await openOutboxStation({ script: ({ kind }) => (kind === 'registered' ? no : accepted) });
    const [itemId = 0] = (await station.addItems('A', 1)).itemIds;
    const id = await station.queue(itemId, 'registered');
    await station.queue(itemId, 'shipped');
    await station.pass(0);
    await dismiss(station, id);
    await station.pass(0);
    expect(arrivals(station.platform)).toEqual({ 'A-1': ['registered', 'shipped'] });
    expect(Object.values(await station.states())).toEqual(['cancelled', 'sent']);
    expect(await codesOf(station)).toEqual(['signal.problem', 'signal.dismissed', 'signal.accepted']);
  });

  it('is for problems only', async () => {
    const station = await openOutboxStation();
    const [itemId = 0] = (await station.addItems('A', 1)).itemIds;
    const id = await station.queue(itemId, 'registered');
    await expect(dismiss(station, id)).rejects.toThrow('only a problem can be dismissed');
  });
});
