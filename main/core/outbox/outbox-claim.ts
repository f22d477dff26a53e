import { type Expression, type SqlBool, sql } from 'kysely';
import { stationLine } from '../../contract/station-lines/station-lines.ts';
import type { OutboxKind, OutboxState } from '../../contract/values.ts';
import type { Reader, WriteTransaction } from '../store/store.ts';
import { doubtCommands } from './doubt-commands.ts';
import { commandsChannel, goesBy, type OutboxChannel, outboxChannels } from './outbox-channels.ts';

/** A claimed signal with all that is needed to send and settle it. */
export interface ClaimedSignal {
  readonly id: number;
  readonly connectionId: string;
  readonly orderId: number;
  readonly orderExternalId: string;
  readonly itemId: number;
  readonly itemExternalId: string;
  readonly jobId: number | null;
  readonly kind: OutboxKind;
  readonly platformName: string;
  readonly payloadJson: string;
  readonly mandatory: boolean;
  readonly repeatable: boolean;
  /** `maybe`: it is not sent but looked up. */
  readonly was: OutboxState;
  readonly lookUps: number;
  /** How often it was tried before. */
  readonly attempts: number;
  readonly createdAtMs: number;
  readonly giveUpAtMs: number;
}

/**
 * True for a row that no earlier signal of its item holds back: those that still have to go, and a mandatory one that
 * is a problem, go first. An optional one that the platform refused holds nothing back. A look-up waits for nobody.
 */
const isItsTurn: Expression<SqlBool> = sql<SqlBool>`(outbox.state = 'maybe' OR NOT EXISTS (
  SELECT 1 FROM outbox AS earlier
  WHERE earlier.item_id = outbox.item_id AND earlier.place < outbox.place
    AND (earlier.state IN ('queued', 'sending', 'waiting', 'maybe') OR (earlier.state = 'problem' AND earlier.mandatory = 1))
))`;

export interface SignalClaim {
  readonly connectionId: string;
  readonly channel: OutboxChannel;
  /** Rows that this process runs already. */
  readonly inHand: readonly number[];
  readonly owner: string;
  readonly nowMs: number;
  readonly leaseMs: number;
  readonly limit: number;
}

/** Takes up to `limit` due rows of a channel, look-ups and then the oldest first, one an item. */
export const claimSignals = async (
  { db, touched }: WriteTransaction,
  { connectionId, channel, inHand, owner, nowMs, leaseMs, limit }: SignalClaim,
): Promise<readonly ClaimedSignal[]> => {
  const rows = await db
    .updateTable('outbox')
    .set((column) => ({
      // A look-up leaves the row a `maybe`: a crash in the middle of it changes nothing.
      state: column
        .case()
        .when('state', '=', 'maybe')
        .then('maybe' as const)
        .else('sending' as const)
        .end(),
      leaseOwner: owner,
      leaseUntilMs: nowMs + leaseMs,
    }))
    .where('id', 'in', (query) => {
      const due = query
        .selectFrom('outbox')
        .select('id')
        .where('connectionId', '=', connectionId)
        .where('nextAtMs', '<=', nowMs)
        .where((is) => is.or([is('leaseUntilMs', 'is', null), is('leaseUntilMs', '<=', nowMs)]))
        .where('id', 'not in', inHand)
        .where(goesBy(channel))
        .where(isItsTurn);
      // A look-up does no harm: where the way is in doubt, it is a better probe than a command.
      const ranked = channel === commandsChannel ? due.orderBy(sql`outbox.state = 'maybe'`, 'desc') : due;
      return ranked.orderBy('nextAtMs').orderBy('id').limit(limit);
    })
    .returning((query) => [
      'id',
      'connectionId',
      'orderId',
      'itemId',
      'jobId',
      'kind',
      'platformName',
      'payloadJson',
      'mandatory',
      'repeatable',
      'state',
      'lookUps',
      'attempts',
      'createdAtMs',
      'giveUpAtMs',
      'nextAtMs',
      query.selectFrom('items').select('externalId').whereRef('items.id', '=', 'outbox.itemId').as('itemExternalId'),
      query
        .selectFrom('orders')
        .select('externalId')
        .whereRef('orders.id', '=', 'outbox.orderId')
        .as('orderExternalId'),
    ])
    .execute();
  for (const row of rows) touched.signals.add(row.id);
  return rows
    .toSorted((left, right) => (left.nextAtMs ?? 0) - (right.nextAtMs ?? 0) || left.id - right.id)
    .map((row) => ({
      ...row,
      was: row.state,
      mandatory: row.mandatory === 1,
      repeatable: row.repeatable === 1,
      itemExternalId: row.itemExternalId ?? '',
      orderExternalId: row.orderExternalId ?? '',
    }));
};

/** When the earliest row of a channel whose turn it is becomes due; null when there is none. */
export const nextSignalDueMs = async (
  db: Reader,
  connectionId: string,
  channel: OutboxChannel,
): Promise<number | null> => {
  const [next, leased] = await Promise.all([
    db
      .selectFrom('outbox')
      .select('nextAtMs')
      .where('connectionId', '=', connectionId)
      .where('nextAtMs', 'is not', null)
      .where('leaseUntilMs', 'is', null)
      .where(goesBy(channel))
      .where(isItsTurn)
      .orderBy('nextAtMs')
      .orderBy('id')
      .limit(1)
      .executeTakeFirst(),
    // Those under way become due only if nobody settles them.
    db
      .selectFrom('outbox')
      .select((query) => query.fn.min('leaseUntilMs').as('untilMs'))
      .where('state', '=', 'sending')
      .where('connectionId', '=', connectionId)
      .where(goesBy(channel))
      .executeTakeFirst(),
  ]);
  const due = [next?.nextAtMs, leased?.untilMs].filter((dueMs) => dueMs != null);
  return due.length === 0 ? null : Math.min(...due);
};

/**
 * Puts back what a killed process had in its hands. A signal may be sent twice, so it is simply sent again; of what may
 * not, nobody knows whether it was carried out: it is looked up. A channel in trouble gets its next probe at once: with
 * a new start its key or its network may be another.
 */
export const releaseAbandonedSignals = async (transaction: WriteTransaction, nowMs: number): Promise<number> => {
  const { db, touched } = transaction;
  const [repeatable, doubted] = await Promise.all([
    db
      .updateTable('outbox')
      .set({ state: 'queued', leaseOwner: null, leaseUntilMs: null })
      .where('state', '=', 'sending')
      .where('repeatable', '=', 1)
      .returning('id')
      .execute(),
    doubtCommands(transaction, { states: ['sending'], cause: stationLine('stoppedOnItsWay'), nowMs }),
  ]);
  await db
    .updateTable('outbox')
    .set({ leaseOwner: null, leaseUntilMs: null })
    .where('state', '=', 'maybe')
    .where('leaseUntilMs', 'is not', null)
    .execute();
  for (const { id } of repeatable) touched.signals.add(id);
  const channels = await db
    .updateTable('channels')
    .set({ nextTryAtMs: 0 })
    .where('name', 'in', outboxChannels)
    .where('state', 'in', ['waiting', 'alarm'])
    .returning('connectionId')
    .execute();
  for (const channel of channels) touched.connections.add(channel.connectionId);
  return repeatable.length + doubted.length;
};
