import { z } from 'zod';
import type { ChannelView, ConnectionView } from '../../contract/connections.ts';
import type { ChannelState, OutboxKind } from '../../contract/values.ts';
import type { BudgetBook } from '../connections/budget-book.ts';
import type { ConnectionDirectory, LiveConnection } from '../connections/connection-directory.ts';
import { channelOf, outboxChannels } from '../outbox/outbox-channels.ts';
import { jobsChannel } from '../polling/job-channel.ts';
import { toMoment, toMomentOrNull } from '../ports/clock.ts';
import type { ConnectionSecrets } from '../secrets/connection-secrets.ts';
import type { Reader } from '../store/store.ts';
import { isOpen } from './order-rows.ts';
import { latestReconciliation } from './reconciliation-views.ts';

export interface ConnectionViewDeps {
  readonly db: Reader;
  readonly connections: ConnectionDirectory;
  readonly secrets: ConnectionSecrets;
  readonly budgets: BudgetBook;
  /** Where platforms reach the intake, without a trailing slash; null when it is off. */
  readonly intakeUrl: string | null;
}

const badness: Readonly<Record<ChannelState, number>> = { open: 0, waiting: 1, paused: 2, alarm: 3 };

const worst = (channels: readonly ChannelView[]): ChannelView | undefined =>
  channels.toSorted((left, right) => badness[right.state] - badness[left.state])[0];

const latest = (moments: readonly (string | null)[]): string | null =>
  moments.reduce((newest, moment) => (moment !== null && (newest === null || moment > newest) ? moment : newest), null);

const waitingFor = (
  channel: string,
  signals: readonly { readonly kind: OutboxKind; readonly count: number }[],
  files: readonly { readonly sourceHost: string; readonly count: number }[],
  openJobs: number,
): number => {
  if (channel === jobsChannel) return openJobs;
  if (outboxChannels.some((name) => name === channel)) {
    return signals.reduce((sum, { kind, count }) => sum + (channelOf(kind) === channel ? count : 0), 0);
  }
  return files.find((row) => channel === `downloads ${row.sourceHost}`)?.count ?? 0;
};

const openJobsOf = async (db: Reader, connectionId: string): Promise<number> => {
  const { count } = await db
    .selectFrom('jobs')
    .select((query) => query.fn.countAll<number>().as('count'))
    .where('connectionId', '=', connectionId)
    .where('state', 'in', ['requested', 'waiting', 'working'])
    .executeTakeFirstOrThrow();
  return count;
};

/** How the jobs of a connection are followed; null for a platform without a list. */
const followingOf = async (db: Reader, { id, platform }: LiveConnection): Promise<ConnectionView['jobs']> => {
  if (platform.jobs === undefined) return null;
  const [row, open] = await Promise.all([
    db.selectFrom('sweeps').selectAll().where('connectionId', '=', id).executeTakeFirst(),
    openJobsOf(db, id),
  ]);
  return {
    open,
    lastSweptAt: toMomentOrNull(row?.lastSweptAtMs ?? null),
    nextSweepAt: toMomentOrNull(row?.nextAtMs ?? null),
    listRefused: row?.listRefused ?? null,
  };
};

/** Whether the platform has to reach this station. */
const inboundOf = ({ platform }: LiveConnection): ConnectionView['inbound'] => {
  if (platform.documents !== undefined) return 'needed';
  return platform.jobs?.callbacksRetriedForMs == null && platform.shopOrders === undefined ? 'unused' : 'welcome';
};

const readChannels = async (db: Reader, connectionId: string): Promise<ChannelView[]> => {
  const [channels, waitingSignals, waitingFiles, openJobs] = await Promise.all([
    db.selectFrom('channels').selectAll().where('connectionId', '=', connectionId).orderBy('name', 'desc').execute(),
    db
      .selectFrom('outbox')
      .select((query) => ['kind', query.fn.countAll<number>().as('count')])
      .where('connectionId', '=', connectionId)
      .where('nextAtMs', 'is not', null)
      .groupBy('kind')
      .execute(),
    db
      .selectFrom('files')
      .select((query) => ['sourceHost', query.fn.countAll<number>().as('count')])
      .where('connectionId', '=', connectionId)
      .where('nextAtMs', 'is not', null)
      .groupBy('sourceHost')
      .execute(),
    openJobsOf(db, connectionId),
  ]);
  return channels.map((channel) => ({
    name: channel.name,
    state: channel.state,
    since: toMoment(channel.sinceMs),
    nextTryAt: toMomentOrNull(channel.nextTryAtMs),
    lastReachedAt: toMomentOrNull(channel.lastReachedAtMs),
    problem: channel.problem,
    waitingCount: waitingFor(channel.name, waitingSignals, waitingFiles, openJobs),
  }));
};

const asObject = z.record(z.string(), z.unknown()).catch({});

/** As a form writes them: one value a field, `fieldNames.tracking` for what lies deeper. */
const plainSettings = (settings: unknown, prefix = ''): ConnectionView['settings'] => {
  const plain: ConnectionView['settings'] = {};
  for (const [field, value] of Object.entries(asObject.parse(settings))) {
    const name = `${prefix}${field}`;
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') plain[name] = value;
    else if (Array.isArray(value)) plain[name] = value.map(String);
    else Object.assign(plain, plainSettings(value, `${name}.`));
  }
  return plain;
};

/** Everything that a form must send back, or saving would lose it. A rate is no form's: only a config file gives one. */
const settingsOf = ({ common: { name, pollSeconds }, settings }: LiveConnection): ConnectionView['settings'] => ({
  ...plainSettings({ name, pollSeconds }),
  ...plainSettings(settings),
});

const budgetUse = (budgets: BudgetBook, id: string): Pick<ConnectionView['budget'], 'current' | 'inSpan'> => {
  const { currentRequests, inSpan } = budgets.use(id);
  return { current: currentRequests, inSpan };
};

const toView = async (deps: ConnectionViewDeps, connection: LiveConnection): Promise<ConnectionView> => {
  const { id, platform } = connection;
  const [row, channels, following, reconciliation, open] = await Promise.all([
    deps.db
      .selectFrom('connections')
      .select(['lastOrderAtMs', 'pausedByPerson'])
      .where('id', '=', id)
      .executeTakeFirst(),
    readChannels(deps.db, id),
    followingOf(deps.db, connection),
    latestReconciliation(deps.db, id),
    deps.db
      .selectFrom('orders')
      .select((query) => query.fn.countAll<number>().as('count'))
      .where('connectionId', '=', id)
      .where(isOpen)
      .executeTakeFirstOrThrow(),
  ]);
  const worstChannel = worst(channels);
  return {
    id,
    platform: platform.id,
    name: connection.common.name ?? platform.name,
    state: row?.pausedByPerson === 1 ? 'paused' : (worstChannel?.state ?? 'open'),
    lastReachedAt: latest(channels.map((channel) => channel.lastReachedAt)),
    problem: worstChannel?.problem ?? null,
    budget: { ...connection.rate, ...budgetUse(deps.budgets, id) },
    jobs: following,
    reconciliation,
    inbound: inboundOf(connection),
    channels,
    settings: settingsOf(connection),
    secrets: Object.fromEntries(platform.secretNames.map((name) => [name, deps.secrets.state(id, name)])),
    intakeUrl: deps.intakeUrl === null ? null : `${deps.intakeUrl}/in/${id}`,
    lastOrderAt: toMomentOrNull(row?.lastOrderAtMs ?? null),
    openOrders: open.count,
    fromConfig: connection.fromConfig,
  };
};

export const connectionViews = (deps: ConnectionViewDeps, ids?: ReadonlySet<string>): Promise<ConnectionView[]> =>
  Promise.all(
    deps.connections
      .all()
      .filter((connection) => ids?.has(connection.id) ?? true)
      .map((connection) => toView(deps, connection)),
  );
