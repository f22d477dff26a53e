import { describe, expect, it } from 'vitest';
import type { GroupDecision } from '../../../../main/contract/outbox.ts';
import { outboxKinds } from '../../../../main/contract/values.ts';
import { decideGroup } from '../../../../main/core/outbox/decide-group.ts';
import { failedGroups } from '../../../../main/core/outbox/failed-groups.ts';
import type { SendOutcome } from '../../../../main/core/platforms/platform.ts';
import { insertRows } from '../../../../main/core/store/insert-rows.ts';
import { listSignals } from '../../../../main/core/views/outbox-views.ts';
import { failure } from '../../../../main/core/work/failure.ts';
import { accepted } from '../../../support/fake-platform.ts';
import { type OutboxStation, openOutboxStation } from './outbox-station.ts';

const refusing = (message: string): SendOutcome => ({
  kind: 'failed',
  failure: failure('rejected', message, { httpStatus: 400 }),
});
const keyRefused: SendOutcome = {
  kind: 'failed',
  failure: failure('refused', 'api.example refuses the signal key (401)', { httpStatus: 401 }),
};
const lost: SendOutcome = { kind: 'maybe', failure: failure('timeout', 'no answer from api.example in time') };

const groupsOf = async ({ store }: OutboxStation) => (await failedGroups(store.read)).groups;

const decide = ({ store, clock }: OutboxStation, group: string, decision: GroupDecision): Promise<number> =>
  decideGroup(store, { group, decision, nowMs: () => clock.nowMs(), by: 'AB' });

const queueAll = async (station: OutboxStation, order: string, count: number): Promise<readonly number[]> => {
  const { itemIds } = await station.addItems(order, count);
  const ids: number[] = [];
  for (const itemId of itemIds) ids.push(await station.queue(itemId, 'packed'));
  return ids;
};

describe('failed signals', () => {
  it('that were refused in the same words are one group, whatever ids the words name', async () => {
    const station = await openOutboxStation({
      script: ({ itemExternalId }) =>
        refusing(itemExternalId.startsWith('A') ? `item ${itemExternalId} is unknown here` : 'the order is closed'),
    });
    await queueAll(station, 'A1000', 3);
    await queueAll(station, 'B1000', 1);
    await station.pass(1_000);
    const groups = await groupsOf(station);
    expect(groups.map(({ count, standing, cause, message }) => ({ count, standing, cause, message }))).toEqual([
      { count: 3, standing: 'problem', cause: 'rejected', message: 'item … is unknown here' },
      { count: 1, standing: 'problem', cause: 'rejected', message: 'the order is closed' },
    ]);
    expect(groups[0]).toMatchObject({ kind: 'packed', connection: 'shop', channel: 'signals', messageCount: 3 });
    const page = { failedGroup: groups[0]?.key, offset: 0, limit: 10 };
    const { signals, total } = await listSignals(station.store.read, page, station.clock.nowMs());
    expect(total).toBe(3);
    expect(signals.map(({ itemExternalId }) => itemExternalId).every((id) => id.startsWith('A'))).toBe(true);
  });

  it('of which nobody knows whether they arrived are a group of their own, which is looked up, never just sent again', async () => {
    const station = await openOutboxStation({
      kinds: outboxKinds,
      script: () => lost,
      lookUp: () => ({ kind: 'notFound', detail: 'not there' }),
    });
    const { itemIds } = await station.addItems('A1000', 2);
    for (const itemId of itemIds) await station.queue(itemId, 'produce');
    await station.pass(3_600_000);
    const [group] = await groupsOf(station);
    expect(group).toMatchObject({
      count: 2,
      standing: 'maybe',
      cause: 'timeout',
      channel: 'commands',
      kind: 'produce',
    });
    await expect(decide(station, group?.key ?? '', { kind: 'retry' })).rejects.toThrow(/not sent again unseen/);
    const before = station.platform.lookedUp.length;
    expect(await decide(station, group?.key ?? '', { kind: 'lookUp' })).toBe(2);
    await station.pass(1_000);
    expect(station.platform.lookedUp.length).toBeGreaterThan(before);
    expect(await decide(station, group?.key ?? '', { kind: 'dismiss', reason: 'seen at the platform' })).toBe(2);
    expect(await groupsOf(station)).toEqual([]);
  });

  it('that wait behind a refused key are one group with the platform’s words; one try decides for all', async () => {
    let right = false;
    const station = await openOutboxStation({ script: () => (right ? accepted : keyRefused) });
    await queueAll(station, 'A1000', 3);
    await station.pass(1_000);
    const [group] = await groupsOf(station);
    expect(group).toMatchObject({
      count: 3,
      standing: 'stopped',
      cause: 'refused',
      message: 'api.example refuses the signal key (401)',
    });
    const key = group?.key ?? '';
    await expect(decide(station, key, { kind: 'dismiss', reason: 'x' })).rejects.toThrow(/has not failed/);
    right = true;
    expect(await decide(station, key, { kind: 'retry' })).toBe(3);
    await station.pass(60_000);
    expect(await groupsOf(station)).toEqual([]);
    expect(Object.values(await station.states())).toEqual(['sent', 'sent', 'sent']);
  });

  it('are a thousand as well as three: grouped, listed and sent again, each once', async () => {
    const station = await openOutboxStation();
    const { itemIds } = await station.addItems('A1000', 1_000);
    await station.store.write(async (transaction) => {
      const { id: orderId } = await transaction.db.selectFrom('orders').select('id').executeTakeFirstOrThrow();
      await insertRows(
        transaction,
        'outbox',
        itemIds.map((itemId) => ({
          place: 1,
          connectionId: 'shop',
          orderId,
          itemId,
          kind: 'packed' as const,
          platformName: 'ItemPacked',
          payloadJson: '{}',
          mandatory: 1 as const,
          repeatable: 1 as const,
          state: 'problem' as const,
          attempts: 1,
          createdAtMs: 1,
          giveUpAtMs: Number.MAX_SAFE_INTEGER,
          lastError: 'api.example answered 400: closed for today',
          lastErrorCode: 'rejected' as const,
          createdBy: 'x',
        })),
      );
    });
    const [group] = await groupsOf(station);
    expect(group?.count).toBe(1_000);
    expect(await decide(station, group?.key ?? '', { kind: 'retry' })).toBe(1_000);
    expect(await groupsOf(station)).toEqual([]);
    const { countByState } = await listSignals(station.store.read, { offset: 0, limit: 1 }, station.clock.nowMs());
    expect(countByState).toEqual({ cancelled: 1_000, queued: 1_000 });
    expect(await decide(station, group?.key ?? '', { kind: 'retry' }), 'asked twice').toBe(0);
  });

  it('of no group, or of one that is gone, are none', async () => {
    const station = await openOutboxStation();
    expect(await decide(station, 'nonsense', { kind: 'retry' })).toBe(0);
    expect((await listSignals(station.store.read, { failedGroup: 'x', offset: 0, limit: 5 }, 0)).signals).toEqual([]);
  });
});
