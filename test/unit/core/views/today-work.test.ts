import type { Updateable } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { ThroughputLine } from '../../../../main/contract/today.ts';
import { saveConnection } from '../../../../main/core/connections/connection-table.ts';
import { acceptOrder } from '../../../../main/core/intake/accept-order.ts';
import { enqueueSignals } from '../../../../main/core/outbox/enqueue-signal.ts';
import type { FileTable } from '../../../../main/core/store/tables/file-tables.ts';
import type { OutboxTable } from '../../../../main/core/store/tables/outbox-tables.ts';
import { createFakePlatform } from '../../../support/fake-platform.ts';
import { sampleOrder } from '../../../support/sample-order.ts';
import { jobsHeardBy } from '../intake/intake-fixture.ts';
import { type DayFloor, openDayFloor } from './today-floor.ts';

/** The hours in which something was done, by the clock as the hour began: `07:00` to how many. */
const busyHours = (view: Awaited<ReturnType<DayFloor['today']>>, step: keyof ThroughputLine['perHour'], line = 0) =>
  view.throughput.hours.flatMap(({ clock }, hour) => {
    const count = view.throughput.lines[line]?.perHour[step][hour] ?? 0;
    return count === 0 ? [] : [[clock, count]];
  });

describe('the throughput', () => {
  test('counts the items of each hour, from the shop’s midnight to the next', async () => {
    const { put, today } = await openDayFloor();
    await put({
      name: 'A',
      items: [
        { printReadyAtMs: '2026-06-30T21:59:59.999Z' },
        { printReadyAtMs: '2026-06-30T22:00:00Z', handedOverAtMs: '2026-07-01T07:15:00Z' },
        { printReadyAtMs: '2026-07-01T07:59:59.999Z', shippedAtMs: '2026-07-01T21:59:59.999Z' },
        { printReadyAtMs: '2026-07-01T07:00:00Z', shippedAtMs: '2026-07-01T22:00:00Z' },
      ],
    });
    const day = await today('2026-07-01T20:00:00Z', 'Europe/Copenhagen');
    expect(busyHours(day, 'printReady')).toEqual([
      ['00:00', 1],
      ['09:00', 2],
    ]);
    expect(busyHours(day, 'handedOver')).toEqual([['09:00', 1]]);
    expect(busyHours(day, 'shipped')).toEqual([['23:00', 1]]);
    expect(day.throughput.lines[0]?.total).toEqual({ printReady: 3, handedOver: 1, shipped: 1 });
    expect(busyHours(await today('2026-07-01T20:00:00Z', 'UTC'), 'shipped')).toEqual([
      ['21:00', 1],
      ['22:00', 1],
    ]);
  });

  test('keeps the two hours apart that have the same name when the clocks go back', async () => {
    const { put, today } = await openDayFloor();
    await put({
      name: 'A',
      items: [
        { printReadyAtMs: '2026-10-25T00:30:00Z' },
        { printReadyAtMs: '2026-10-25T01:30:00Z' },
        { printReadyAtMs: '2026-10-25T01:40:00Z' },
        { printReadyAtMs: '2026-10-25T22:59:59Z' },
      ],
    });
    const day = await today('2026-10-25T12:00:00Z', 'Europe/Copenhagen');
    expect(busyHours(day, 'printReady')).toEqual([
      ['02:00', 1],
      ['02:00', 2],
      ['23:00', 1],
    ]);
    expect(day.throughput.hours).toHaveLength(25);
  });

  test('has a line for each platform, the shop’s own first and what is outsourced apart', async () => {
    const { store, connections, put, today } = await openDayFloor(createFakePlatform(), ['shop', 'web']);
    await store.write(async (transaction) => {
      await saveConnection(transaction, { id: 'pa', platform: 'printapi', settings: {}, fromConfig: false }, 0, 'test');
      // Another platform's items, without its code.
      const shop = connections.find('shop');
      if (shop === null) throw new Error('no connection');
      const { orderId } = await acceptOrder(transaction, {
        connection: { ...shop, id: 'pa' },
        order: sampleOrder('P', 3),
        nameTemplate: '{order}_{item}',
        nowMs: 0,
        by: 'platform',
      });
      await transaction.db.updateTable('orders').set({ lane: 'outsourced' }).where('id', '=', orderId).execute();
      await transaction.db
        .updateTable('items')
        .set({ shippedAtMs: Date.parse('2026-07-01T08:00:00Z') })
        .where('orderId', '=', orderId)
        .execute();
    });
    await put({ name: 'A', items: [{ printReadyAtMs: '2026-07-01T08:00:00Z' }] });
    await put({ name: 'B', connection: 'web', items: [{ printReadyAtMs: '2026-07-01T08:30:00Z' }] });
    const { throughput } = await today('2026-07-01T10:00:00Z');
    expect(throughput.lines.map(({ platform, name, lane, total }) => ({ platform, name, lane, total }))).toEqual([
      { platform: 'fake', name: 'Platform fake', lane: 'own', total: { printReady: 2, handedOver: 0, shipped: 0 } },
      {
        platform: 'printapi',
        name: 'Platform printapi',
        lane: 'outsourced',
        total: { printReady: 0, handedOver: 0, shipped: 3 },
      },
    ]);
  });

  test('of a day on which nothing was done has no line', async () => {
    const { put, today } = await openDayFloor();
    await put({ name: 'A' });
    expect((await today('2026-07-01T10:00:00Z')).throughput).toMatchObject({ lines: [], hours: { length: 24 } });
  });
});

test('the files of the day are counted by how well they were checked, and by whether the first try was right', async () => {
  const { store, put, today } = await openDayFloor();
  await put({ name: 'A', items: Array.from({ length: 7 }, () => ({})) });
  const noon = Date.parse('2026-07-01T12:00:00Z');
  const ready = (changes: Updateable<FileTable>): Updateable<FileTable> => ({
    state: 'ready',
    readyAtMs: noon,
    attempts: 1,
    verification: 'size+md5',
    ...changes,
  });
  const files: readonly Updateable<FileTable>[] = [
    ready({}),
    ready({ attempts: 3, mismatches: 2 }),
    ready({ verification: 'length+structure' }),
    ready({ verification: null }),
    ready({ readyAtMs: Date.parse('2026-06-30T23:59:59Z') }),
    { state: 'problem', problem: 'MD5 differs' },
  ];
  await store.write(async ({ db }) => {
    for (const [index, changes] of files.entries()) {
      await db
        .updateTable('files')
        .set(changes)
        .where('id', '=', index + 1)
        .execute();
    }
  });
  expect((await today('2026-07-01T13:00:00Z')).files).toEqual({
    verified: 4,
    firstTry: 3,
    afterRepeat: 1,
    levels: [
      { level: 'size+md5', count: 2 },
      { level: 'length+structure', count: 1 },
      { level: null, count: 1 },
    ],
    problems: 1,
  });
});

describe('the signals', () => {
  const platform = createFakePlatform({ kinds: ['registered', 'produced', 'produce'] });

  /** One signal of each kind for an order; its row then is as the test says. */
  const queue = async (
    { store }: DayFloor,
    orderId: number,
    kind: 'registered' | 'produced' | 'produce',
    changes: Partial<Pick<OutboxTable, 'state' | 'sentAtMs' | 'deadlineAtMs'>>,
  ): Promise<void> => {
    await store.write(async (transaction) => {
      const items = await transaction.db.selectFrom('items').select('id').where('orderId', '=', orderId).execute();
      const [id] = await enqueueSignals(transaction, {
        platform,
        connectionId: 'shop',
        orderId,
        itemIds: items.map((item) => item.id),
        kind,
        payload: {},
        atMs: 0,
        undoMs: 0,
        createdBy: 'test',
      });
      if (id === undefined) throw new Error('nothing was queued');
      await transaction.db.updateTable('outbox').set(changes).where('id', '=', id).execute();
    });
  };
  const at = (clock: string): number => Date.parse(`2026-07-01T${clock}Z`);

  test('are on time or late by their deadline, and those that wait show the nearest one', async () => {
    const floor = await openDayFloor(platform);
    const order = await floor.put({ name: 'A' });
    // What the order itself queued is another matter.
    await floor.store.write(({ db }) => db.deleteFrom('outbox').execute());
    await queue(floor, order, 'registered', { state: 'sent', sentAtMs: at('08:00:00'), deadlineAtMs: at('08:00:00') });
    await queue(floor, order, 'registered', { state: 'sent', sentAtMs: at('08:01:35'), deadlineAtMs: at('08:00:00') });
    await queue(floor, order, 'registered', { state: 'sent', sentAtMs: at('08:00:10'), deadlineAtMs: at('08:00:00') });
    await queue(floor, order, 'produced', { state: 'sent', sentAtMs: at('09:00:00'), deadlineAtMs: null });
    await queue(floor, order, 'registered', { state: 'sent', sentAtMs: at('08:00:00') - 86_400_000, deadlineAtMs: 1 });
    await queue(floor, order, 'produce', { state: 'sent', sentAtMs: at('09:00:00'), deadlineAtMs: null });
    await queue(floor, order, 'registered', { state: 'queued', deadlineAtMs: at('09:50:00') });
    await queue(floor, order, 'registered', { state: 'waiting', deadlineAtMs: at('10:10:00') });
    await queue(floor, order, 'produced', { state: 'queued', deadlineAtMs: null });
    await queue(floor, order, 'registered', { state: 'problem', deadlineAtMs: at('09:00:00') });
    await queue(floor, order, 'produced', { state: 'maybe' });
    await queue(floor, order, 'produced', { state: 'cancelled' });
    const { signals, turnsAt } = await floor.today('2026-07-01T10:00:00Z');
    expect(signals).toEqual({
      sent: 4,
      onTime: 1,
      late: 2,
      withoutDeadline: 1,
      worstLateSeconds: 95,
      waiting: 3,
      overdue: 1,
      nextDeadlineAt: '2026-07-01T09:50:00.000Z',
      problems: 2,
    });
    expect(turnsAt).toBe('2026-07-01T10:10:00.000Z');
  });

  test('of a quiet day are none', async () => {
    const floor = await openDayFloor(platform);
    expect((await floor.today('2026-07-01T10:00:00Z')).signals).toEqual({
      sent: 0,
      onTime: 0,
      late: 0,
      withoutDeadline: 0,
      worstLateSeconds: 0,
      waiting: 0,
      overdue: 0,
      nextDeadlineAt: null,
      problems: 0,
    });
  });
});

test('each platform with a list shows its last comparison with ours, or that there was none', async () => {
  const { store, today } = await openDayFloor(createFakePlatform({ jobs: jobsHeardBy({}) }), ['px', 'py']);
  await store.write(async ({ db }) => {
    for (const [atMs, here] of [
      [1, 213],
      [Date.parse('2026-07-01T09:00:00Z'), 214],
    ] as const) {
      const counts = { there: 214, here, missing: 214 - here, ended: 0 };
      await db
        .insertInto('reconciliations')
        .values({ connectionId: 'px', atMs, reason: 'hourly', ...counts })
        .execute();
    }
  });
  expect((await today('2026-07-01T10:00:00Z')).reconciliations).toEqual([
    {
      connection: 'px',
      name: 'Fake',
      reconciliation: { at: '2026-07-01T09:00:00.000Z', reason: 'hourly', there: 214, here: 214, missing: 0, ended: 0 },
    },
    { connection: 'py', name: 'Fake', reconciliation: null },
  ]);
});
