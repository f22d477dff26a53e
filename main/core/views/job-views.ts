import { z } from 'zod';
import type { JobAction, JobView } from '../../contract/job-view.ts';
import type { JobState, OutboxKind } from '../../contract/values.ts';
import { isFinalState } from '../jobs/job-timing.ts';
import { toMoment, toMomentOrNull } from '../ports/clock.ts';
import type { Reader } from '../store/store.ts';
import { readStored } from '../store/stored-json.ts';

export interface JobViewDeps {
  /** The commands that a connection takes. */
  readonly commandsOf: (connectionId: string) => readonly OutboxKind[];
}

const storedBeliefs = z.array(z.object({ name: z.string(), value: z.string() })).catch([]);
const storedWarnings = z.array(z.string()).catch([]);

const rows = (db: Reader) =>
  db
    .selectFrom('jobs')
    .leftJoin('orders', 'orders.id', 'jobs.orderId')
    .selectAll('jobs')
    .select((query) => [
      'orders.externalId as orderExternalId',
      query
        .selectFrom('outbox')
        .select(query.fn.countAll<number>().as('count'))
        .whereRef('outbox.jobId', '=', 'jobs.id')
        .where('outbox.state', 'in', ['queued', 'sending', 'waiting', 'maybe'])
        .as('openCommands'),
      query
        .selectFrom('files')
        .select(query.fn.countAll<number>().as('count'))
        .whereRef('files.jobId', '=', 'jobs.id')
        .where('files.problemCode', '=', 'expired')
        .as('expiredFiles'),
    ]);

type Row = Awaited<ReturnType<ReturnType<typeof rows>['execute']>>[number];

/** What may be asked of a job: nothing while a command about it is open, because two at once help nobody. */
const actionsOf = (row: Row, { commandsOf }: JobViewDeps): JobAction[] => {
  if (row.replacedBy !== null || row.externalId === null) return [];
  const offered = new Set(commandsOf(row.connectionId));
  const ended = row.state === 'failed' || row.state === 'gone' || (row.expiredFiles ?? 0) > 0;
  const idle = (row.openCommands ?? 0) === 0;
  const commands: readonly (readonly [JobAction & OutboxKind, boolean])[] = [
    ['resume', row.state === 'failed'],
    ['restart', row.state === 'failed'],
    ['renderAgain', ended],
    ['tagDone', row.state === 'done'],
  ];
  return [
    'check',
    ...commands.flatMap(([command, fits]): JobAction[] => (idle && fits && offered.has(command) ? [command] : [])),
  ];
};

const toView = (row: Row, deps: JobViewDeps): JobView => ({
  id: row.id,
  connection: row.connectionId,
  externalId: row.externalId,
  orderId: row.orderId,
  orderExternalId: row.orderExternalId,
  state: row.state,
  statusText: row.statusText,
  final: isFinalState(row.state),
  problem: row.problem,
  problemCode: row.problemCode,
  warnings: readStored(storedWarnings, row.warningsJson),
  beliefs: readStored(storedBeliefs, row.beliefsJson),
  createdAt: toMoment(row.createdAtMs ?? row.knownSinceMs),
  lastSeenAt: toMomentOrNull(row.lastSeenAtMs),
  nextCheckAt: toMomentOrNull(row.nextAtMs),
  actions: actionsOf(row, deps),
  replacedBy: row.replacedBy,
});

export const jobsById = async (db: Reader, ids: readonly number[], deps: JobViewDeps): Promise<JobView[]> =>
  ids.length === 0
    ? []
    : (await rows(db).where('jobs.id', 'in', ids).orderBy('jobs.id').execute()).map((row) => toView(row, deps));

/** The jobs of these orders: those that were replaced come last. */
export const jobsOfOrders = async (db: Reader, orderIds: readonly number[], deps: JobViewDeps): Promise<JobView[]> =>
  orderIds.length === 0
    ? []
    : (
        await rows(db)
          .where('jobs.orderId', 'in', orderIds)
          .orderBy((order) => order.case().when('jobs.replacedBy', 'is', null).then(0).else(1).end())
          .orderBy('jobs.id')
          .execute()
      ).map((row) => toView(row, deps));

export interface JobPage {
  readonly states?: readonly JobState[] | undefined;
  readonly connection?: string | undefined;
  readonly openOnly: boolean;
  readonly offset: number;
  readonly limit: number;
}

const openStates: readonly JobState[] = ['requested', 'waiting', 'working'];

/** Problems first, then open ones, then the newest. */
export const listJobs = async (
  db: Reader,
  { states, connection, openOnly, offset, limit }: JobPage,
  deps: JobViewDeps,
): Promise<{ readonly jobs: JobView[]; readonly total: number }> => {
  const wanted = openOnly ? openStates.filter((state) => states?.includes(state) ?? true) : states;
  const narrowed = <Query extends ReturnType<typeof rows>>(query: Query) => {
    const byState = wanted === undefined ? query : query.where('jobs.state', 'in', wanted);
    return connection === undefined ? byState : byState.where('jobs.connectionId', '=', connection);
  };
  const counted = db.selectFrom('jobs').select((query) => query.fn.countAll<number>().as('total'));
  const countedByState = wanted === undefined ? counted : counted.where('state', 'in', wanted);
  const [{ total }, page] = await Promise.all([
    (connection === undefined
      ? countedByState
      : countedByState.where('connectionId', '=', connection)
    ).executeTakeFirstOrThrow(),
    narrowed(rows(db))
      .orderBy((order) =>
        order
          .case()
          .when(order.and([order('jobs.problem', 'is not', null), order('jobs.replacedBy', 'is', null)]))
          .then(0)
          .when('jobs.state', 'in', openStates)
          .then(1)
          .else(2)
          .end(),
      )
      .orderBy('jobs.id', 'desc')
      .offset(offset)
      .limit(limit)
      .execute(),
  ]);
  return { jobs: page.map((row) => toView(row, deps)), total };
};
