import { expect, test } from 'vitest';
import { silentLogger } from '../../../../main/core/ports/logger.ts';
import { NoticeBoard } from '../../../../main/core/publish/notices.ts';
import { OverdueSignals } from '../../../../main/core/publish/overdue-signals.ts';
import { type OutboxStation, openOutboxStation } from '../outbox/outbox-station.ts';

const minuteMs = 60_000;

/** A station whose signals do not go out by themselves, with the board of its notices. */
const openStation = async () => {
  const station = await openOutboxStation();
  await station.outbox.stop();
  const { store, clock } = station;
  const board = new NoticeBoard(clock, () => undefined);
  const overdue = new OverdueSignals({ store, clock, notices: board, logger: silentLogger });
  store.changes.subscribe(({ signals }) => signals.size > 0 && overdue.poke());
  const texts = (): readonly string[] => board.list().map(({ text }) => text);
  /** Lets time pass, and what is read on the way come back: reads come back in their order. */
  const pass = async (minutes: number): Promise<void> => {
    await clock.advance(minutes * minuteMs);
    for (let rest = 0; rest < 3; rest += 1) {
      await store.read.selectFrom('outbox').select('id').execute();
      await clock.advance(0);
    }
  };
  return { station, board, overdue, texts, pass };
};

const late = 'signals to shop are past their deadline';

const queueRegistered = async ({ addItems, queue }: OutboxStation, order: string): Promise<number> => {
  const { itemIds } = await addItems(order, 1);
  return queue(itemIds[0] ?? 0, 'registered');
};

const setSent = ({ store, clock }: OutboxStation, id: number): Promise<void> =>
  store.write(async ({ db, touched }) => {
    await db.updateTable('outbox').set({ state: 'sent', sentAtMs: clock.nowMs() }).where('id', '=', id).execute();
    touched.signals.add(id);
  });

test('a signal that waits past its deadline raises one notice for its connection, which ends with the last of them', async () => {
  const { station, board, overdue, texts, pass } = await openStation();
  const first = await queueRegistered(station, 'A1');
  await pass(14);
  expect(texts()).toEqual([]);
  const second = await queueRegistered(station, 'A2');
  await pass(2);
  expect(texts()).toEqual([late]);
  const [notice] = board.list();

  await pass(20);
  await setSent(station, first);
  await pass(1);
  expect(board.list(), 'the same one').toEqual([notice]);
  await setSent(station, second);
  await pass(1);
  expect(texts()).toEqual([]);
  await overdue.stop();
});

test('a notice that a person dismissed stays away until all was on time once', async () => {
  const { station, board, overdue, texts, pass } = await openStation();
  const first = await queueRegistered(station, 'A1');
  await pass(16);
  expect(texts()).toEqual([late]);
  for (const { id } of board.list()) board.dismiss(id);
  const second = await queueRegistered(station, 'A2');
  await pass(20);
  expect(texts()).toEqual([]);
  for (const id of [first, second]) await setSent(station, id);
  await pass(1);
  await queueRegistered(station, 'A3');
  await pass(16);
  expect(texts()).toEqual([late]);
  await overdue.stop();
});
