import { describe, expect, it } from 'vitest';
import type { SignalKind } from '../../../../main/contract/values.ts';
import type { SendOutcome } from '../../../../main/core/platforms/platform.ts';
import { failure } from '../../../../main/core/work/failure.ts';
import { accepted, networkGone } from '../../../support/fake-platform.ts';
import { arrivals, openOutboxStation } from './outbox-station.ts';

const failed = (kind: Parameters<typeof failure>[0], httpStatus: number | null, more = {}): SendOutcome => ({
  kind: 'failed',
  failure: failure(kind, `the platform said ${httpStatus}`, { httpStatus, ...more }),
});
const refusedRow = failed('rejected', 400);
const refusedKey = failed('refused', 401);

const dayMs = 86_400_000;
const everyKind: readonly SignalKind[] = ['registered', 'started', 'produced', 'packed', 'shipped'];

describe('signals', () => {
  it('of an item arrive in the order in which they were queued', async () => {
    const { addItems, pass, platform, queue } = await openOutboxStation();
    const { itemIds } = await addItems('A', 3);
    for (const kind of everyKind) for (const id of itemIds) await queue(id, kind);
    await pass(0);
    expect(arrivals(platform)).toEqual({ 'A-1': everyKind, 'A-2': everyKind, 'A-3': everyKind });
  });

  it('go out oldest first', async () => {
    const { addItems, pass, platform, queue } = await openOutboxStation({ concurrency: 1 });
    const { itemIds } = await addItems('A', 5);
    for (const id of itemIds.toReversed()) await queue(id, 'registered');
    await pass(0);
    expect(platform.sent.map((signal) => signal.itemExternalId)).toEqual(['A-5', 'A-4', 'A-3', 'A-2', 'A-1']);
  });

  it('are no more at once than the loop may run, and one of an item', async () => {
    let running = 0;
    let most = 0;
    const { addItems, pass, platform, queue } = await openOutboxStation({
      concurrency: 4,
      script: async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        return accepted;
      },
    });
    const { itemIds } = await addItems('A', 10);
    for (const id of itemIds) for (const kind of everyKind) await queue(id, kind);
    await pass(0);
    expect(platform.sent).toHaveLength(50);
    expect(most).toBe(4);
  });

  it('tell of the moment when it happened, with the item, the order and what is to be told', async () => {
    const { addItems, clock, pass, platform, queue } = await openOutboxStation();
    const { itemIds } = await addItems('A', 1);
    const happenedAtMs = clock.nowMs();
    await queue(itemIds[0] ?? 0, 'shipped', { undoMs: 15_000, tracking: 'T1' });
    await pass(20_000);
    expect(platform.sent).toEqual([
      {
        kind: 'shipped',
        orderExternalId: 'A',
        itemExternalId: 'A-1',
        job: null,
        payload: { tracking: 'T1' },
        happenedAtMs,
        callbackUrl: null,
      },
    ]);
  });

  it('that were accepted are noted with their attempt, and make the item registered', async () => {
    const { addItems, pass, queue, store, view } = await openOutboxStation();
    const { itemIds, orderId } = await addItems('A', 2);
    for (const id of itemIds) await queue(id, 'registered');
    await pass(0);
    expect(await view(1)).toMatchObject({ state: 'sent', attempts: 1, lastError: null, nextAttemptAt: null });
    const attempts = await store.read.selectFrom('attempts').selectAll().execute();
    expect(attempts.map(({ outboxId, outcome, httpStatus }) => [outboxId, outcome, httpStatus])).toEqual([
      [1, 'accepted', 200],
      [2, 'accepted', 200],
    ]);
    const order = await store.read.selectFrom('orders').select('stage').where('id', '=', orderId).executeTakeFirst();
    expect(order?.stage).toBe('registered');
  });

  it('stay within the budget of their connection', async () => {
    const { addItems, clock, pass, platform, queue } = await openOutboxStation({
      budget: { requests: 3, perSeconds: 10 },
    });
    const startMs = clock.nowMs();
    const sentAtMs: number[] = [];
    platform.answer(() => {
      sentAtMs.push(clock.nowMs() - startMs);
      return accepted;
    });
    const { itemIds } = await addItems('A', 8);
    for (const id of itemIds) await queue(id, 'registered');
    await pass(60_000);
    expect(sentAtMs).toEqual([0, 0, 0, 10_000, 10_000, 10_000, 20_000, 20_000]);
  });
});

describe('with the network gone', () => {
  it('orders can be worked and signals queue; when it is back they go out in order, without a rush of probes', async () => {
    const { addItems, channel, pass, platform, queue, states, store } = await openOutboxStation({
      script: () => networkGone,
    });
    const { itemIds } = await addItems('A', 4);
    for (const kind of everyKind) for (const id of itemIds) await queue(id, kind);
    await pass(0);
    // All that was under way when the network went is one failure, and nothing is a problem.
    expect(await channel()).toMatchObject({ state: 'waiting', failures: 1 });
    const tried = platform.sent.length;
    expect(tried).toBe(4);
    expect(new Set(Object.values(await states()))).toEqual(new Set(['waiting', 'queued']));

    await pass(600_000);
    const probes = platform.sent.length - tried;
    expect(probes).toBe(5);
    expect(new Set(Object.values(await states()))).toEqual(new Set(['waiting', 'queued']));
    const problems = await store.read.selectFrom('orders').select('problemCount').execute();
    expect(problems).toEqual([{ problemCount: 0 }]);

    // Back: exactly one probe goes first, and the others only after its answer.
    platform.sent.length = 0;
    let atOnce = 0;
    let answerProbe = (): void => undefined;
    platform.answer(async () => {
      atOnce += 1;
      if (atOnce === 1) await new Promise<void>((resolve) => (answerProbe = resolve));
      return accepted;
    });
    await pass(600_000);
    expect(atOnce).toBe(1);
    answerProbe();
    await pass(0);
    expect(arrivals(platform)).toEqual({
      'A-1': everyKind,
      'A-2': everyKind,
      'A-3': everyKind,
      'A-4': everyKind,
    });
    expect(await channel()).toMatchObject({ state: 'open', failures: 0 });
    expect(new Set(Object.values(await states()))).toEqual(new Set(['sent']));
  });

  it('for seven days, a signal is a problem for a person, who can send it once more', async () => {
    const { addItems, pass, platform, queue, states, view } = await openOutboxStation({ script: () => networkGone });
    const { itemIds } = await addItems('A', 1);
    const id = await queue(itemIds[0] ?? 0, 'shipped');
    await pass(7 * dayMs - 3_600_000);
    expect(await states()).toEqual({ [id]: 'waiting' });
    const tries = platform.sent.length;
    expect(tries).toBeGreaterThan(100);
    expect(tries).toBeLessThan(250);
    await pass(3 * 3_600_000);
    expect(await states()).toEqual({ [id]: 'problem' });
    expect((await view(id)).lastError).toBe('getaddrinfo ENOTFOUND');
  });

  it('Retry-After decides when the next probe goes', async () => {
    const { addItems, channel, clock, pass, queue } = await openOutboxStation({
      script: () => failed('rateLimited', 429, { retryAfterMs: 77_000 }),
    });
    const { itemIds } = await addItems('A', 1);
    await queue(itemIds[0] ?? 0, 'registered');
    await pass(0);
    expect(await channel()).toMatchObject({ state: 'waiting', nextTryAtMs: clock.nowMs() + 77_000 });
  });
});

describe('a signal that the platform refuses', () => {
  it('blocks nothing when it is optional', async () => {
    const { addItems, pass, platform, queue, states, store } = await openOutboxStation({
      script: (signal) => (signal.kind === 'started' ? refusedRow : accepted),
    });
    const { itemIds } = await addItems('A', 1);
    for (const kind of everyKind) await queue(itemIds[0] ?? 0, kind);
    await pass(0);
    expect(arrivals(platform)).toEqual({ 'A-1': everyKind });
    expect(Object.values(await states())).toEqual(['sent', 'problem', 'sent', 'sent', 'sent']);
    const items = await store.read.selectFrom('items').select('problem').execute();
    expect(items).toEqual([{ problem: null }]);
  });

  it('is a problem when it is mandatory, with the words of the platform, and holds back what follows for that item only', async () => {
    const { addItems, channel, pass, platform, queue, states, store, view } = await openOutboxStation({
      script: (signal) => (signal.kind === 'registered' && signal.itemExternalId === 'A-1' ? refusedRow : accepted),
    });
    const { itemIds } = await addItems('A', 2);
    for (const id of itemIds) for (const kind of everyKind) await queue(id, kind);
    await pass(3_600_000);
    expect(arrivals(platform)).toEqual({ 'A-1': ['registered'], 'A-2': everyKind });
    expect(Object.values(await states()).slice(0, 5)).toEqual(['problem', 'queued', 'queued', 'queued', 'queued']);
    expect((await view(2)).waitsFor).toBe('ItemRegistered of the same item goes first');
    const [item] = await store.read.selectFrom('items').select(['problem', 'problemCode']).orderBy('id').execute();
    expect(item).toEqual({ problem: 'ItemRegistered: the platform said 400', problemCode: 'signal' });
    // The platform answered: the way to it is fine.
    expect((await channel()).state).toBe('open');
  });
});

describe('a platform that refuses the key', () => {
  it('pauses all of the connection with one alarm and marks nothing as failed', async () => {
    const { addItems, channel, pass, platform, queue, states, store } = await openOutboxStation({
      script: () => refusedKey,
    });
    const { itemIds } = await addItems('A', 4);
    for (const kind of everyKind) for (const id of itemIds) await queue(id, kind);
    await pass(3_600_000);
    expect((await channel()).state).toBe('alarm');
    expect(new Set(Object.values(await states()))).toEqual(new Set(['waiting', 'queued']));
    // Four were under way; then a probe after 15 and one after 30 minutes more.
    expect(platform.sent).toHaveLength(6);
    const alarms = await store.read.selectFrom('events').select('id').where('code', '=', 'channel.alarm').execute();
    expect(alarms).toHaveLength(1);

    platform.answer(() => accepted);
    await pass(3_600_000);
    expect(new Set(Object.values(await states()))).toEqual(new Set(['sent']));
    expect((await channel()).state).toBe('open');
  });
});

describe('a bug of the station', () => {
  it('in sending one signal puts that one back and leaves the others alone', async () => {
    let broken = true;
    const { addItems, pass, platform, queue, states } = await openOutboxStation({
      script: (signal) => {
        if (broken && signal.itemExternalId === 'A-1') throw new Error('bug');
        return accepted;
      },
    });
    const { itemIds } = await addItems('A', 3);
    for (const id of itemIds) await queue(id, 'registered');
    await pass(1_000);
    expect(Object.values(await states())).toEqual(['waiting', 'sent', 'sent']);
    const before = platform.sent.length;
    await pass(10_000);
    expect(platform.sent).toHaveLength(before);
    broken = false;
    await pass(60_000);
    expect(Object.values(await states())).toEqual(['sent', 'sent', 'sent']);
  });

  it('in what was stored is a problem of that signal, and says nothing of the way to the platform', async () => {
    const { addItems, channel, pass, platform, queue, store, view } = await openOutboxStation();
    const { itemIds } = await addItems('A', 1);
    platform.answer(() => networkGone);
    await queue(itemIds[0] ?? 0, 'started');
    await pass(0);
    await store.write(({ db }) => db.updateTable('outbox').set({ payloadJson: '{"x":[' }).execute());
    await pass(20_000);
    expect(await view(1)).toMatchObject({
      state: 'problem',
      lastError: 'its stored content cannot be read',
      payload: {},
    });
    expect((await channel()).state).toBe('waiting');
  });
});

describe('a deadline', () => {
  it('of a registration is 15 minutes after the order was received', async () => {
    const { addItems, clock, queue, view } = await openOutboxStation();
    const { itemIds } = await addItems('A', 1);
    const startMs = clock.nowMs();
    const id = await queue(itemIds[0] ?? 0, 'registered', { undoMs: 60_000 });
    expect((await view(id)).deadlineAt).toBe(new Date(startMs + 900_000).toISOString());
    const later = await queue(itemIds[0] ?? 0, 'packed', { undoMs: 60_000 });
    expect((await view(later)).deadlineAt).toBeNull();
  });
});

describe('stopping', () => {
  it('keeps what was under way for the next start and sends nothing more', async () => {
    const { addItems, outbox, pass, platform, queue, states } = await openOutboxStation({
      concurrency: 1,
      script: (_signal, { abort }) =>
        new Promise((resolve) => {
          abort.addEventListener('abort', () => resolve(networkGone));
        }),
    });
    const { itemIds } = await addItems('A', 2);
    for (const id of itemIds) await queue(id, 'registered');
    await pass(0);
    await outbox.stop();
    await pass(60_000);
    expect(platform.sent).toHaveLength(1);
    expect(Object.values(await states())).toEqual(['queued', 'queued']);
  });

  it('is followed by a start that sends it again, in its place', async () => {
    const first = await openOutboxStation({
      concurrency: 1,
      script: (_signal, { abort }) =>
        new Promise((resolve) => {
          abort.addEventListener('abort', () => resolve(networkGone));
        }),
    });
    const { itemIds } = await first.addItems('A', 1);
    for (const kind of everyKind) await first.queue(itemIds[0] ?? 0, kind);
    await first.pass(0);
    await first.outbox.stop();
    const next = await openOutboxStation({ store: first.store });
    await next.pass(0);
    expect(arrivals(next.platform)).toEqual({ 'A-1': everyKind });
  });
});
