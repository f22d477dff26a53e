import { expect, test } from 'vitest';
import { silentLogger } from '../../../../main/core/ports/logger.ts';
import { AlarmWatch } from '../../../../main/core/publish/alarm-watch.ts';
import { NoticeBoard } from '../../../../main/core/publish/notices.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';
import { connectTo, openTestStore } from '../../../support/test-store.ts';

/** A store with one connection, and the board that is kept as its tables are. */
const openWatch = async () => {
  const { store } = await openTestStore();
  const clock = createFakeClock();
  await connectTo(store);
  const board = new NoticeBoard(clock, () => undefined);
  const watch = new AlarmWatch({ store, clock, notices: board, logger: silentLogger });
  const setChannel = (state: 'alarm' | 'open'): Promise<void> =>
    store.write(async ({ db, touched }) => {
      await db.updateTable('channels').set({ state }).where('name', '=', 'signals').execute();
      touched.connections.add('shop');
    });
  return { board, watch, setChannel };
};

test('a refused channel is told of as long as it is refused, and nothing is told after the stop', async () => {
  const { board, watch, setChannel } = await openWatch();
  await setChannel('alarm');
  await expect.poll(() => board.list().map(({ code }) => code)).toEqual(['channelAlarm']);
  await setChannel('open');
  await expect.poll(() => board.list()).toEqual([]);
  await setChannel('alarm');
  await watch.stop();
  expect(board.list()).toHaveLength(1);
  await setChannel('open');
  await watch.stop();
  expect(board.list()).toHaveLength(1);
});

test('one that was refused before the start is told of from the start on', async () => {
  const { board, watch, setChannel } = await openWatch();
  await watch.stop();
  await setChannel('alarm');
  expect(board.list()).toEqual([]);
  await watch.start(new Set(['shop']));
  expect(board.list()).toHaveLength(1);
});
