import { mkdir, readFile, symlink, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ShopFloor } from './shop-floor.ts';

let floor: ShopFloor;
beforeEach(async () => {
  floor = await ShopFloor.open();
});
afterEach(() => floor.close());

const put = (name: string): Promise<void> => writeFile(join(floor.folder('indigo'), name), 'of somebody else');
const inside = async () => (await floor.lane('indigo')).inside;

test('a lane names what lies in its folder: ours with order and item, then those of others', async () => {
  await floor.start({ id: 'indigo' });
  const item = await floor.addReady({ name: 'm.pdf' });
  await floor.untilStates('sent');
  await put('z.pdf');
  await put('b.pdf');
  await floor.until(async () => (await inside()).strangers === 2);
  const { files, lookedAt } = await inside();
  expect(files.map(({ name, order, itemNumber }) => [name, order, itemNumber])).toEqual([
    ['m.pdf', '1', 1],
    ['b.pdf', null, null],
    ['z.pdf', null, null],
  ]);
  expect(files[0]).toMatchObject({ orderId: item.orderId, since: expect.any(String) });
  expect(files[1]).toMatchObject({ handover: null, since: null });
  expect(lookedAt).not.toBeNull();
});

test('what others put there is never touched, and is told of when it goes', async () => {
  await floor.start({ id: 'indigo' });
  await put('b.pdf');
  await floor.addReady({ name: 'a.pdf' });
  await floor.untilStates('sent');
  await floor.hotFolders.look('indigo');
  expect((await inside()).strangers).toBe(1);
  const [row] = await floor.handovers();
  await floor.hotFolders.undo(row?.id ?? 0, 'AB');
  await floor.hotFolders.look('indigo');
  expect(await readFile(join(floor.folder('indigo'), 'b.pdf'), 'utf8')).toBe('of somebody else');
  await unlink(join(floor.folder('indigo'), 'b.pdf'));
  await floor.hotFolders.look('indigo');
  expect(await inside()).toMatchObject({ files: [], strangers: 0 });
});

test('subfolders, hidden files and what systems leave are not listed; a link is, and is not followed', async () => {
  await floor.start({ id: 'indigo' });
  await mkdir(join(floor.folder('indigo'), 'Working'));
  for (const name of ['.hidden', 'Thumbs.db', 'desktop.ini', '.platen-9-abc.part']) await put(name);
  await symlink(floor.root, join(floor.folder('indigo'), 'link'));
  await floor.hotFolders.look('indigo');
  expect((await inside()).files.map(({ name }) => name)).toEqual(['link']);
});

test('fifty names are shown of a folder that holds more, ours first', async () => {
  await floor.start({ id: 'indigo' });
  for (let number = 100; number < 160; number += 1) await put(`${number}.pdf`);
  await floor.addReady({ name: 'zz.pdf' });
  await floor.untilStates('sent');
  await floor.hotFolders.look('indigo');
  const { files, strangers } = await inside();
  expect(strangers).toBe(60);
  expect(files).toHaveLength(50);
  expect(files[0]?.name).toBe('zz.pdf');
});

test('the screens are told when something else lies there', async () => {
  await floor.start({ id: 'indigo' });
  await floor.addReady({ name: 'a.pdf' });
  await floor.untilStates('sent');
  await floor.hotFolders.look('indigo');
  const told: boolean[] = [];
  floor.store.changes.subscribe(({ hotFolders }) => told.push(hotFolders.has('indigo')));
  await floor.hotFolders.look('indigo');
  expect(told, 'the same again is no news').not.toContain(true);
  await put('b.pdf');
  await floor.hotFolders.look('indigo');
  expect(told).toContain(true);
});

test('a folder that was never used is not taken for the right one when it is only looked at', async () => {
  await floor.start({ id: 'indigo' });
  await floor.hotFolders.look('indigo');
  const stored = async (): Promise<unknown> => {
    const { settingsJson } = await floor.store.read
      .selectFrom('hotFolders')
      .select('settingsJson')
      .executeTakeFirstOrThrow();
    return (JSON.parse(settingsJson) as { identity: unknown }).identity;
  };
  expect(await stored()).toBeNull();
  // The control: a hand-over makes it known.
  await floor.addReady({ name: 'a.pdf' });
  await floor.untilStates('sent');
  expect(await stored()).not.toBeNull();
});
