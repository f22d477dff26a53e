import { type Expression, sql } from 'kysely';
import { type FailedGroup, type FailedStanding, type SignalCause, signalCause } from '../../contract/outbox.ts';
import { toMoment, toMomentOrNull } from '../ports/clock.ts';
import type { Reader } from '../store/store.ts';
import { channelName, type OutboxChannel } from './outbox-channels.ts';

/** More causes at once are a list again; the biggest are shown. */
const mostGroups = 200;

/** Failed for what they say or who we are: there the platform's own words are the cause. */
const causesWithWords = ['rejected', 'gone', 'refused', 'paymentRequired'] as const satisfies readonly SignalCause[];

/** An id this short also stands in words that do not mean it, such as the 40 of "HTTP 400". */
const shortestId = 4;

const without = (text: Expression<string>, id: Expression<string>): Expression<string> =>
  sql<string>`CASE WHEN length(${id}) >= ${sql.lit(shortestId)} THEN replace(${text}, ${id}, '…') ELSE ${text} END`;

/** What was said, without the ids that make it differ from signal to signal. */
const commonWords = without(
  without(sql<string>`ifnull(outbox.last_error, '')`, sql<string>`items.external_id`),
  sql<string>`orders.external_id`,
);

/** What tells one group from another. It is all that the group's key holds. */
interface GroupKey {
  readonly connectionId: string;
  readonly channel: OutboxChannel;
  readonly standing: FailedStanding;
  readonly cause: string;
  readonly words: string;
}

const allOutbox = (db: Reader) =>
  db
    .selectFrom('outbox')
    .innerJoin('items', 'items.id', 'outbox.itemId')
    .innerJoin('orders', 'orders.id', 'outbox.orderId')
    .select([
      'outbox.id',
      'outbox.connectionId',
      'outbox.kind',
      'outbox.platformName',
      'outbox.createdAtMs',
      'outbox.deadlineAtMs',
      'outbox.lastError',
      'outbox.lastErrorCode',
      channelName.as('channel'),
    ]);

/** Those that a person must look at: a problem, a `maybe`, and what waits behind a connection that needs a person. */
const failedSignals = (db: Reader) => {
  const words = sql<string>`CASE WHEN outbox.state = 'problem'
    AND outbox.last_error_code IN (${sql.join(causesWithWords)}) THEN ${commonWords} ELSE '' END`;
  const failed = allOutbox(db)
    .select([
      sql<FailedStanding>`outbox.state`.as('standing'),
      sql<string>`ifnull(outbox.last_error_code, '')`.as('cause'),
      words.as('words'),
      sql<string | null>`NULL`.as('channelProblem'),
    ])
    .where('outbox.state', 'in', ['problem', 'maybe']);
  const stopped = allOutbox(db)
    .innerJoin('channels', (join) =>
      join.onRef('channels.connectionId', '=', 'outbox.connectionId').on('channels.name', '=', channelName),
    )
    .select([
      sql<FailedStanding>`'stopped'`.as('standing'),
      sql<string>`''`.as('cause'),
      sql<string>`''`.as('words'),
      'channels.problem as channelProblem',
    ])
    .where('channels.state', '=', 'alarm')
    .where('outbox.state', 'in', ['queued', 'waiting'])
    // Always so for those; said, it lets the index of what is due be used.
    .where('outbox.nextAtMs', 'is not', null);
  return failed.unionAll(stopped).as('failed');
};

const keyOf = ({ connectionId, channel, standing, cause, words }: GroupKey): string =>
  JSON.stringify([connectionId, channel, standing, cause, words]);

/** The ids of a group's signals; none for a key that names no group (any more). */
export const idsOfFailedGroup = (db: Reader, key: string) =>
  db
    .selectFrom(failedSignals(db))
    .select('failed.id')
    .where(sql<string>`json_array(connection_id, channel, standing, cause, words)`, '=', key);

/** Which channel the signals of a group go by, by its key; null for what is no key. */
export const channelOfFailedGroup = async (
  db: Reader,
  key: string,
): Promise<Pick<GroupKey, 'connectionId' | 'channel' | 'standing'> | null> =>
  (await db
    .selectFrom(failedSignals(db))
    .select(['connectionId', 'channel', 'standing'])
    .where(sql<string>`json_array(connection_id, channel, standing, cause, words)`, '=', key)
    .limit(1)
    .executeTakeFirst()) ?? null;

/** Failed signals that have one cause together, the most numerous first. */
export const failedGroups = async (
  db: Reader,
): Promise<{ readonly groups: readonly FailedGroup[]; readonly total: number }> => {
  const rows = await db
    .selectFrom(failedSignals(db))
    .groupBy(['connectionId', 'channel', 'standing', 'cause', 'words'])
    .select((query) => [
      'connectionId',
      'channel',
      'standing',
      'cause',
      'words',
      query.fn.countAll<number>().as('count'),
      query.fn.min('kind').as('firstKind'),
      query.fn.max('kind').as('lastKind'),
      query.fn.min('platformName').as('platformName'),
      query.fn.min('createdAtMs').as('oldestAtMs'),
      query.fn.min('deadlineAtMs').as('deadlineAtMs'),
      query.fn.max('lastError').as('example'),
      query.fn.max('lastErrorCode').as('anyCause'),
      query.fn.max('channelProblem').as('channelProblem'),
      sql<number>`count(DISTINCT last_error)`.as('messages'),
    ])
    .orderBy('count', 'desc')
    .orderBy('oldestAtMs')
    .execute();
  return {
    total: rows.length,
    groups: rows.slice(0, mostGroups).map((row) => ({
      key: keyOf(row),
      connection: row.connectionId,
      channel: row.channel,
      standing: row.standing,
      cause: signalCause.catch('local').parse(row.standing === 'stopped' ? (row.anyCause ?? 'refused') : row.cause),
      message: row.channelProblem ?? (row.messages > 1 && row.words !== '' ? row.words : row.example),
      messageCount: row.messages,
      count: row.count,
      kind: row.firstKind === row.lastKind ? row.firstKind : null,
      platformName: row.firstKind === row.lastKind ? row.platformName : null,
      oldestAt: toMoment(row.oldestAtMs),
      deadlineAt: toMomentOrNull(row.deadlineAtMs),
    })),
  };
};
