import { sql } from 'kysely';
import { z } from 'zod';
import type { AttemptView, OutboxView } from '../../contract/outbox.ts';
import { stationLine } from '../../contract/station-lines/station-lines.ts';
import { type OutboxState, outboxStates } from '../../contract/values.ts';
import { idsOfFailedGroup } from '../outbox/failed-groups.ts';
import { channelName } from '../outbox/outbox-channels.ts';
import { toMoment, toMomentOrNull } from '../ports/clock.ts';
import type { Reader } from '../store/store.ts';
import { readStored } from '../store/stored-json.ts';
import type { Channel } from '../work/channel.ts';

const storedPayload = z.record(z.string(), z.union([z.string(), z.number()])).catch({});

const rows = (db: Reader) =>
  db
    .selectFrom('outbox')
    .innerJoin('items', 'items.id', 'outbox.itemId')
    .innerJoin('orders', 'orders.id', 'outbox.orderId')
    .leftJoin('channels', (join) =>
      join.onRef('channels.connectionId', '=', 'outbox.connectionId').on('channels.name', '=', channelName),
    )
    .selectAll('outbox')
    .select((query) => [
      'items.externalId as itemExternalId',
      'orders.externalId as orderExternalId',
      'channels.state as channelState',
      'channels.nextTryAtMs as channelNextTryAtMs',
      'channels.problem as channelProblem',
      query
        .selectFrom('outbox as earlier')
        .select('earlier.platformName')
        .whereRef('earlier.itemId', '=', 'outbox.itemId')
        .whereRef('earlier.place', '<', 'outbox.place')
        .where((is) =>
          is.or([
            is('earlier.state', 'in', ['queued', 'sending', 'waiting', 'maybe']),
            is.and([is('earlier.state', '=', 'problem'), is('earlier.mandatory', '=', 1)]),
          ]),
        )
        .orderBy('earlier.place')
        .limit(1)
        .as('earlierName'),
    ]);

type Row = Awaited<ReturnType<ReturnType<typeof rows>['execute']>>[number];

const unsent: readonly OutboxState[] = ['queued', 'waiting'];

const waitsFor = (row: Row, nowMs: number): string | null => {
  if (!unsent.includes(row.state)) return null;
  if (row.undoUntilMs !== null && row.undoUntilMs > nowMs) return stationLine('waitsForUndo');
  if (row.earlierName !== null) return stationLine('waitsForEarlier', { signal: row.earlierName });
  const channel: Pick<Channel, 'state' | 'problem'> = {
    state: row.channelState ?? 'open',
    problem: row.channelProblem,
  };
  if (channel.state === 'paused') return stationLine('waitsForPause');
  if (channel.state !== 'open') return channel.problem ?? stationLine('waitsForConnection');
  return row.state === 'waiting' ? row.lastError : null;
};

const nextAttemptAtMs = (row: Row): number | null => {
  if (row.nextAtMs === null || row.channelState === 'paused') return null;
  return Math.max(row.nextAtMs, row.channelNextTryAtMs ?? 0);
};

const toView = (row: Row, nowMs: number): OutboxView => ({
  id: row.id,
  connection: row.connectionId,
  kind: row.kind,
  platformName: row.platformName,
  item: row.itemId,
  itemExternalId: row.itemExternalId,
  orderId: row.orderId,
  orderExternalId: row.orderExternalId,
  state: row.state,
  payload: readStored(storedPayload, row.payloadJson),
  attempts: row.attempts,
  createdAt: toMoment(row.createdAtMs),
  undoUntil:
    row.state === 'queued' && row.undoUntilMs !== null && row.undoUntilMs > nowMs ? toMoment(row.undoUntilMs) : null,
  nextAttemptAt: toMomentOrNull(nextAttemptAtMs(row)),
  deadlineAt: toMomentOrNull(row.deadlineAtMs),
  sentAt: toMomentOrNull(row.sentAtMs),
  lastError: row.lastError,
  waitsFor: waitsFor(row, nowMs),
  retriedAs: row.retriedAs,
  mandatory: row.mandatory === 1,
  repeatable: row.repeatable === 1,
  job: row.jobId,
});

export const signalsById = async (db: Reader, ids: readonly number[], nowMs: number): Promise<OutboxView[]> =>
  ids.length === 0
    ? []
    : (await rows(db).where('outbox.id', 'in', ids).orderBy('outbox.id').execute()).map((row) => toView(row, nowMs));

export const signalsOfOrders = async (db: Reader, orderIds: readonly number[], nowMs: number): Promise<OutboxView[]> =>
  orderIds.length === 0
    ? []
    : (
        await rows(db)
          .where('outbox.orderId', 'in', orderIds)
          .orderBy('outbox.itemId')
          .orderBy('outbox.place')
          .execute()
      ).map((row) => toView(row, nowMs));

export interface SignalPage {
  readonly states?: readonly OutboxState[] | undefined;
  readonly failedGroup?: string | undefined;
  readonly offset: number;
  readonly limit: number;
}

const finished: readonly OutboxState[] = ['sent', 'cancelled'];

/** Of each state no more than the page can hold: an index has the many that are sent in their order. */
const idsOfPage = (states: readonly OutboxState[], offset: number, limit: number) => {
  const firstOfState = states.map((state) => {
    const places = finished.includes(state)
      ? sql`1 AS rank, 0 AS due, -id AS tie FROM outbox WHERE state = ${state} ORDER BY id DESC`
      : sql`0 AS rank, ifnull(deadline_at_ms, ${Number.MAX_SAFE_INTEGER}) AS due, id AS tie FROM outbox
          WHERE state = ${state} ORDER BY due, id`;
    return sql`SELECT * FROM (SELECT id, ${places} LIMIT ${offset + limit})`;
  });
  return sql<number>`(SELECT id FROM (${sql.join(firstOfState, sql` UNION ALL `)})
    ORDER BY rank, due, tie LIMIT ${limit} OFFSET ${offset})`;
};

/** Unsent ones first by deadline, then the newest. */
export const listSignals = async (
  db: Reader,
  { states, failedGroup, offset, limit }: SignalPage,
  nowMs: number,
): Promise<{
  readonly signals: OutboxView[];
  readonly total: number;
  readonly countByState: Record<string, number>;
}> => {
  const counts = await db
    .selectFrom('outbox')
    .select((query) => ['state', query.fn.countAll<number>().as('count')])
    .groupBy('state')
    .execute();
  const countByState = Object.fromEntries(counts.map((row) => [row.state, row.count]));
  const inStates = counts.reduce((sum, { state, count }) => sum + (states?.includes(state) === false ? 0 : count), 0);
  const ofGroup = failedGroup === undefined ? null : idsOfFailedGroup(db, failedGroup);
  const total = ofGroup === null ? inStates : (await ofGroup.execute()).length;
  // One statement, and not by the states that were just counted: a signal that changes in between would be in neither.
  const shown = states ?? outboxStates;
  const ids = shown.length === 0 ? [] : idsOfPage(shown, offset, limit);
  const ofPage =
    ofGroup === null
      ? rows(db).where('outbox.id', 'in', ids)
      : rows(db).where('outbox.id', 'in', ofGroup).where('outbox.state', 'in', shown).offset(offset).limit(limit);
  const page = await ofPage
    .orderBy((order) => order.case().when('outbox.state', 'in', finished).then(1).else(0).end())
    .orderBy((order) =>
      order
        .case()
        .when('outbox.state', 'in', finished)
        .then(order.neg('outbox.id'))
        .else(order.fn.coalesce('outbox.deadlineAtMs', order.val(Number.MAX_SAFE_INTEGER)))
        .end(),
    )
    .orderBy('outbox.id')
    .execute();
  return { signals: page.map((row) => toView(row, nowMs)), total, countByState };
};

export const attemptsOfSignal = async (db: Reader, outboxId: number): Promise<AttemptView[]> => {
  const attempts = await db.selectFrom('attempts').selectAll().where('outboxId', '=', outboxId).orderBy('id').execute();
  return attempts.map((row) => ({
    at: toMoment(row.atMs),
    outcome: row.outcome,
    httpStatus: row.httpStatus,
    durationMs: row.durationMs,
    excerpt: row.excerpt,
  }));
};
