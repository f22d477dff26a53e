import { type Expression, type SqlBool, sql } from 'kysely';
import type { SignalKind } from '../../contract/values.ts';
import type { Reader, WriteTransaction } from '../store/store.ts';

/** The name of the channel that all signals of a connection share. */
export const signalsChannel = 'signals';

/** A claimed signal with all that is needed to send and settle it. */
export interface ClaimedSignal {
  readonly id: number;
  readonly connectionId: string;
  readonly orderId: number;
  readonly orderExternalId: string;
  readonly itemId: number;
  readonly itemExternalId: string;
  readonly kind: SignalKind;
  readonly platformName: string;
  readonly payloadJson: string;
  readonly mandatory: boolean;
  /** How often it was tried before. */
  readonly attempts: number;
  readonly createdAtMs: number;
  readonly giveUpAtMs: number;
}

/**
 * True for a row that no earlier signal of its item holds back: those that still have to go, and a mandatory one that
 * is a problem, go first. An optional one that the platform refused holds nothing back.
 */
const isItsTurn: Expression<SqlBool> = sql<SqlBool>`NOT EXISTS (
  SELECT 1 FROM outbox AS earlier
  WHERE earlier.item_id = outbox.item_id AND earlier.place < outbox.place
    AND (earlier.state IN ('queued', 'sending', 'waiting', 'maybe') OR (earlier.state = 'problem' AND earlier.mandatory = 1))
)`;

/** Takes up to `limit` due signals of a connection, oldest first, one an item. */
export const claimSignals = async (
  { db, touched }: WriteTransaction,
  connectionId: string,
  owner: string,
  nowMs: number,
  leaseMs: number,
  limit: number,
): Promise<readonly ClaimedSignal[]> => {
  const rows = await db
    .updateTable('outbox')
    .set({ state: 'sending', leaseOwner: owner, leaseUntilMs: nowMs + leaseMs })
    .where('id', 'in', (query) =>
      query
        .selectFrom('outbox')
        .select('id')
        .where('connectionId', '=', connectionId)
        .where('nextAtMs', '<=', nowMs)
        .where((is) => is.or([is('leaseUntilMs', 'is', null), is('leaseUntilMs', '<=', nowMs)]))
        .where(isItsTurn)
        .orderBy('nextAtMs')
        .orderBy('id')
        .limit(limit),
    )
    .returning((query) => [
      'id',
      'connectionId',
      'orderId',
      'itemId',
      'kind',
      'platformName',
      'payloadJson',
      'mandatory',
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
      mandatory: row.mandatory === 1,
      itemExternalId: row.itemExternalId ?? '',
      orderExternalId: row.orderExternalId ?? '',
    }));
};

/** When the earliest signal of a connection whose turn it is becomes due; null when there is none. */
export const nextSignalDueMs = async (db: Reader, connectionId: string): Promise<number | null> => {
  const [next, leased] = await Promise.all([
    db
      .selectFrom('outbox')
      .select('nextAtMs')
      .where('connectionId', '=', connectionId)
      .where('nextAtMs', 'is not', null)
      .where('leaseUntilMs', 'is', null)
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
      .executeTakeFirst(),
  ]);
  const due = [next?.nextAtMs, leased?.untilMs].filter((dueMs) => dueMs != null);
  return due.length === 0 ? null : Math.min(...due);
};

/**
 * Puts back what a killed process had in its hands: a signal may be sent twice, so it is simply sent again. A channel
 * in trouble gets its next probe at once: with a new start its key or its network may be another.
 */
export const releaseAbandonedSignals = async ({ db, touched }: WriteTransaction): Promise<number> => {
  const rows = await db
    .updateTable('outbox')
    .set({ state: 'queued', leaseOwner: null, leaseUntilMs: null })
    .where('state', '=', 'sending')
    .returning('id')
    .execute();
  for (const row of rows) touched.signals.add(row.id);
  const channels = await db
    .updateTable('channels')
    .set({ nextTryAtMs: 0 })
    .where('name', '=', signalsChannel)
    .where('state', 'in', ['waiting', 'alarm'])
    .returning('connectionId')
    .execute();
  for (const channel of channels) touched.connections.add(channel.connectionId);
  return rows.length;
};
