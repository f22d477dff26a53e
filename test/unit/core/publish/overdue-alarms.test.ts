import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { NoticeBoard } from '../../../../main/core/publish/notices.ts';
import { refreshOverdueAlarms } from '../../../../main/core/publish/overdue-alarms.ts';
import { overdueNotice } from '../../../../main/core/publish/station-notices.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';
import { ShopFloor } from '../hotfolders/shop-floor.ts';

let floor: ShopFloor;
let board: NoticeBoard;

beforeEach(async () => {
  floor = await ShopFloor.open();
  board = new NoticeBoard(createFakeClock(), () => undefined);
  await floor.start({ id: 'indigo', pickUpAlarmSeconds: 60 });
});
afterEach(() => floor.close());

const texts = async (): Promise<readonly string[]> => {
  await refreshOverdueAlarms(floor.store, board);
  return board.list().map(({ text }) => text);
};

/** Two files that lie too long, with the notice that stands after the second. */
const twoOverdue = async (): Promise<void> => {
  for (const name of ['a.pdf', 'b.pdf']) {
    await floor.addReady({ name });
    await floor.until(() => floor.overdue.some(({ fileName }) => fileName === name));
  }
  for (const { hotFolderName, fileName } of floor.overdue) board.raise(overdueNotice(hotFolderName, fileName));
};

test('the notice of a hot folder stands while something overdue lies in it, and goes with the last file', async () => {
  await twoOverdue();
  expect(await texts()).toEqual(['b.pdf still lies in indigo: look at the RIP']);
  await unlink(join(floor.folder('indigo'), 'b.pdf'));
  await floor.until(async () => (await floor.states()).includes('pickedUp'));
  expect(await texts()).toEqual(['a.pdf still lies in indigo: look at the RIP']);
  await unlink(join(floor.folder('indigo'), 'a.pdf'));
  await floor.until(async () => (await floor.states()).filter((state) => state === 'pickedUp').length === 2);
  expect(await texts()).toEqual([]);
});

test('a notice that a person dismissed stays dismissed while the files still lie there', async () => {
  await twoOverdue();
  for (const { id } of board.list()) board.dismiss(id);
  expect(await texts()).toEqual([]);
});
