import { onTestFinished } from 'vitest';
import type { OutboxView } from '../../../../main/contract/outbox.ts';
import type { OutboxKind } from '../../../../main/contract/values.ts';
import { BudgetBook } from '../../../../main/core/connections/budget-book.ts';
import type { LiveConnection } from '../../../../main/core/connections/connection-directory.ts';
import { acceptOrder } from '../../../../main/core/intake/accept-order.ts';
import { applyAnswers } from '../../../../main/core/jobs/apply-answers.ts';
import { enqueueSignals } from '../../../../main/core/outbox/enqueue-signal.ts';
import { createOutbox, type Outbox } from '../../../../main/core/outbox/outbox.ts';
import { type OutboxChannel, signalsChannel } from '../../../../main/core/outbox/outbox-channels.ts';
import { silentLogger } from '../../../../main/core/ports/logger.ts';
import type { Store } from '../../../../main/core/store/store.ts';
import { signalsById } from '../../../../main/core/views/outbox-views.ts';
import { createFakeClock, type FakeClock } from '../../../support/fake-clock.ts';
import { createFakePlatform, type FakePlatform, type FakePlatformOptions } from '../../../support/fake-platform.ts';
import { FakeWays } from '../../../support/fake-ways.ts';
import { sampleOrder } from '../../../support/sample-order.ts';
import { connectTo, openTestStore } from '../../../support/test-store.ts';

export interface OutboxStation {
  readonly store: Store;
  readonly clock: FakeClock;
  readonly platform: FakePlatform;
  readonly connection: LiveConnection;
  readonly budgets: BudgetBook;
  readonly outbox: Outbox;
  /** Stores an order without any signal; answers its item ids. */
  readonly addItems: (
    externalId: string,
    itemCount: number,
  ) => Promise<{ readonly orderId: number; readonly itemIds: number[] }>;
  readonly queue: (itemId: number, kind: OutboxKind, more?: QueueOptions) => Promise<number>;
  /** Lets the outbox look at what was queued, then turns the clock from timer to timer; after each everything comes to rest. */
  readonly pass: (ms: number) => Promise<void>;
  readonly states: () => Promise<Readonly<Record<number, string>>>;
  readonly view: (id: number) => Promise<OutboxView>;
  readonly channel: (name?: OutboxChannel) => Promise<{
    readonly state: string;
    readonly failures: number;
    readonly nextTryAtMs: number | null;
  }>;
}

export interface QueueOptions {
  readonly undoMs?: number;
  readonly tracking?: string;
  /** The job that a command is about or makes. */
  readonly jobId?: number;
}

export interface OutboxStationOptions extends FakePlatformOptions {
  readonly concurrency?: number;
  readonly store?: Store;
}

/** The clock, and when the next of its timers is due. */
const watchTimers = (fake: FakeClock): { readonly clock: FakeClock; readonly nextTimerMs: () => number } => {
  const timers = new Set<{ readonly atMs: number }>();
  const clock: FakeClock = {
    nowMs: () => fake.nowMs(),
    elapsedMs: () => fake.elapsedMs(),
    advance: (ms) => fake.advance(ms),
    at: (atMs, task) => {
      const timer = { atMs };
      timers.add(timer);
      const callOff = fake.at(atMs, () => {
        timers.delete(timer);
        task();
      });
      return () => {
        timers.delete(timer);
        callOff();
      };
    },
  };
  return { clock, nextTimerMs: () => Math.min(...[...timers].map(({ atMs }) => atMs)) };
};

const nameTemplate = '{order}_{item}';

/** So many looks without a change: then nothing is under way. A transaction takes a few turns that show nothing. */
const quietLooks = 8;

/** The outbox of a station with a fake platform: real store, fake clock. */
export const openOutboxStation = async (options: OutboxStationOptions = {}): Promise<OutboxStation> => {
  const store = options.store ?? (await openTestStore()).store;
  const { clock, nextTimerMs } = watchTimers(createFakeClock());
  const platform = createFakePlatform(options);
  const connections = await connectTo(store, platform);
  const connection = connections.find('shop');
  if (connection === null) throw new Error('the connection is not there');
  const budgets = await BudgetBook.open({ store, clock, limitOf: (id) => connections.find(id)?.rate ?? null });
  const outbox = createOutbox({
    store,
    connections,
    ways: new FakeWays({ clock, budgets }),
    budgets,
    clock,
    logger: silentLogger,
    random: () => 0.5,
    applyAnswers: (transaction, answers) =>
      applyAnswers(transaction, answers, {
        find: (id) => connections.find(id),
        contextOf: (of) => ({ connection: of, nameTemplate, nowMs: clock.nowMs(), heardBy: 'answer' }),
      }),
    callbackUrl: (id, nonce) => `https://floor.example.com/in/${id}/callback/${nonce}`,
    ...(options.concurrency === undefined ? {} : { concurrency: options.concurrency }),
  });
  await outbox.start();
  onTestFinished(() => outbox.stop());

  /** As long as rows are due or under way the outbox has something to do: let it. */
  const settle = async (): Promise<void> => {
    for (let quiet = 0; quiet < quietLooks; ) {
      const before = JSON.stringify(await marks());
      await clock.advance(0);
      quiet = JSON.stringify(await marks()) === before ? quiet + 1 : 0;
    }
  };
  const marks = async () => [
    platform.sent.length,
    platform.lookedUp.length,
    await store.read.selectFrom('outbox').select(['id', 'state', 'attempts', 'lookUps', 'leaseUntilMs']).execute(),
    await store.read.selectFrom('budgets').select('stateJson').execute(),
  ];
  return {
    store,
    clock,
    platform,
    connection,
    budgets,
    outbox,
    addItems: async (externalId, itemCount) => {
      const quiet = { ...connection, platform: { ...platform, outgoing: { ...platform.outgoing, kinds: () => [] } } };
      const { orderId } = await store.write((transaction) =>
        acceptOrder(transaction, {
          connection: quiet,
          order: sampleOrder(externalId, itemCount),
          nameTemplate,
          nowMs: clock.nowMs(),
          by: 'platform',
        }),
      );
      const items = await store.read
        .selectFrom('items')
        .select('id')
        .where('orderId', '=', orderId)
        .orderBy('id')
        .execute();
      return { orderId, itemIds: items.map((item) => item.id) };
    },
    queue: async (itemId, kind, more = {}) => {
      const { orderId } = await store.read
        .selectFrom('items')
        .select('orderId')
        .where('id', '=', itemId)
        .executeTakeFirstOrThrow();
      const [id] = await store.write((transaction) =>
        enqueueSignals(transaction, {
          platform,
          connectionId: connection.id,
          orderId,
          itemIds: [itemId],
          kind,
          ...(more.jobId === undefined ? {} : { jobId: more.jobId }),
          payload: more.tracking === undefined ? {} : { tracking: more.tracking },
          atMs: clock.nowMs(),
          undoMs: more.undoMs ?? 0,
          createdBy: 'test',
        }),
      );
      if (id === undefined) throw new Error('nothing was queued');
      return id;
    },
    pass: async (ms) => {
      const untilMs = clock.nowMs() + ms;
      outbox.poke();
      await settle();
      for (let dueMs = nextTimerMs(); dueMs <= untilMs; dueMs = nextTimerMs()) {
        await clock.advance(Math.max(0, dueMs - clock.nowMs()));
        await settle();
      }
      await clock.advance(untilMs - clock.nowMs());
      await settle();
    },
    states: async () => {
      const rows = await store.read.selectFrom('outbox').select(['id', 'state']).orderBy('id').execute();
      return Object.fromEntries(rows.map((row) => [row.id, row.state]));
    },
    view: async (id) => {
      const [view] = await signalsById(store.read, [id], clock.nowMs());
      if (view === undefined) throw new Error(`there is no signal ${id}`);
      return view;
    },
    channel: (name = signalsChannel) =>
      store.read
        .selectFrom('channels')
        .select(['state', 'failures', 'nextTryAtMs'])
        .where('connectionId', '=', connection.id)
        .where('name', '=', name)
        .executeTakeFirstOrThrow(),
  };
};

/** What arrived of each item, in order. */
export const arrivals = (platform: FakePlatform): Readonly<Record<string, OutboxKind[]>> =>
  Object.fromEntries(
    [...Map.groupBy(platform.sent, (signal) => signal.itemExternalId)].map(([item, signals]) => [
      item,
      signals.map((signal) => signal.kind),
    ]),
  );
