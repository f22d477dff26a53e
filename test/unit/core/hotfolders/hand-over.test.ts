import { readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ShopFloor, visibleNames } from './shop-floor.ts';

let floor: ShopFloor;
beforeEach(async () => {
  floor = await ShopFloor.open();
});
afterEach(() => floor.close());

describe('a file that became ready', () => {
  test('lies in its hot folder under its own name, and nothing else does', async () => {
    await floor.start({ id: 'indigo' });
    const item = await floor.addReady({ name: 'cover.pdf', content: 'the cover' });
    await floor.untilStates('sent');
    expect(await readdir(floor.folder('indigo'))).toEqual(['cover.pdf']);
    expect(await readFile(join(floor.folder('indigo'), 'cover.pdf'), 'utf8')).toBe('the cover');
    expect((await floor.item(item.itemId)).stage).toBe('handedOver');
    expect(await floor.history()).toEqual([
      {
        code: 'handover.intended',
        evidence: 'stationDid',
        by: null,
        detail: { hotFolder: 'indigo', fileName: 'cover.pdf' },
      },
      {
        code: 'handover.sent',
        evidence: 'writtenToFolder',
        by: null,
        detail: { hotFolder: 'indigo', fileName: 'cover.pdf' },
      },
    ]);
  });

  test('is handed over only once, however often it becomes ready', async () => {
    await floor.start({ id: 'indigo' });
    const item = await floor.addReady({});
    await floor.makeReady(item.fileIds);
    await floor.untilStates('sent');
    await floor.makeReady(item.fileIds);
    expect(await floor.states()).toEqual(['sent']);
  });

  test('waits for an operator when only a manual folder would take it', async () => {
    await floor.start({ id: 'manual', mode: 'manual' });
    await floor.addReady({});
    expect(await floor.handovers()).toEqual([]);
  });

  test('is not handed over to a folder that was added later', async () => {
    await floor.start();
    await floor.addReady({ name: 'old.pdf' });
    await floor.start({ id: 'new' });
    await floor.addReady({ name: 'new.pdf' });
    await floor.untilStates('sent');
    expect(await visibleNames(floor.folder('new'))).toEqual(['new.pdf']);
  });

  test('stays while its item is held, and goes when that is resumed', async () => {
    await floor.start({ id: 'indigo' });
    const item = await floor.addItem({ role: 'cover' }, { role: 'bookBlock' });
    await floor.setItem(item.itemId, { heldAtMs: 1 });
    await floor.makeReady(item.fileIds);
    expect(await floor.handovers()).toEqual([]);
    await floor.setItem(item.itemId, { heldAtMs: null });
    await floor.store.write((transaction) => floor.hotFolders.routeItem(transaction, item.itemId));
    await floor.untilStates('sent', 'sent');
  });

  test('stays when its item is cancelled', async () => {
    await floor.start({ id: 'indigo' });
    const item = await floor.addItem({});
    await floor.setItem(item.itemId, { cancelledAtMs: 1 });
    await floor.makeReady(item.fileIds);
    expect(await floor.handovers()).toEqual([]);
  });
});

describe('before anything is written', () => {
  test.each([
    ['held', { heldAtMs: 1 }],
    ['cancelled', { cancelledAtMs: 1 }],
  ])('a hand-over of an item that was %s meanwhile is called off', async (_word, set) => {
    await floor.start({ id: 'indigo' });
    await floor.hotFolders.stop();
    const item = await floor.addReady({});
    await floor.setItem(item.itemId, set);
    await floor.restart();
    await floor.untilStates('undone');
    expect(await readdir(floor.folder('indigo'))).toEqual([]);
    expect(await floor.codes()).toContain('handover.undone');
  });

  test('a file that changed on disk after it was verified is a problem and is never handed over', async () => {
    await floor.start({ id: 'indigo' });
    const item = await floor.addItem({ name: 'cover.pdf', content: 'verified' });
    const [file] = await floor.store.read.selectFrom('files').select('relativePath').execute();
    await writeFile(join(floor.filesFolder, file?.relativePath ?? ''), 'modified');
    await floor.makeReady(item.fileIds);
    await floor.untilStates('problem');
    expect(await readdir(floor.folder('indigo'))).toEqual([]);
    expect((await floor.item(item.itemId)).problem).toContain('changed on disk');
  });

  test('a file that is gone from the station is a problem of that file, not of the folder', async () => {
    await floor.start({ id: 'indigo' });
    const item = await floor.addItem({});
    await floor.store.write(async ({ db }) => {
      await db.updateTable('files').set({ relativePath: 'nowhere' }).execute();
    });
    await floor.makeReady(item.fileIds);
    await floor.untilStates('problem');
    expect((await floor.lane('indigo')).state).toBe('ok');
  });
});

describe('names', () => {
  test('a name that is taken is left alone: the file gets a number, which the history names', async () => {
    await floor.start({ id: 'indigo' });
    await writeFile(join(floor.folder('indigo'), 'cover.pdf'), 'somebody else');
    await floor.addReady({ name: 'cover.pdf', content: 'ours' });
    await floor.untilStates('sent');
    expect(await visibleNames(floor.folder('indigo'))).toEqual(['cover (2).pdf', 'cover.pdf']);
    expect(await readFile(join(floor.folder('indigo'), 'cover.pdf'), 'utf8')).toBe('somebody else');
    expect((await floor.history()).at(-1)?.detail).toEqual({
      hotFolder: 'indigo',
      fileName: 'cover (2).pdf',
      wantedName: 'cover.pdf',
    });
  });

  test('two files that differ only in upper and lower case get two names', async () => {
    await floor.start({ id: 'indigo' });
    await floor.addReady({ name: 'Cover.pdf' }, { name: 'cover.pdf' });
    await floor.untilStates('sent', 'sent');
    expect(await visibleNames(floor.folder('indigo'))).toEqual(['Cover.pdf', 'cover (2).pdf']);
  });

  test('a link that was planted under the final name is left alone', async () => {
    await floor.start({ id: 'indigo' });
    const outside = join(floor.root, 'outside');
    await symlink(outside, join(floor.folder('indigo'), 'cover.pdf'));
    await floor.addReady({ name: 'cover.pdf' });
    await floor.untilStates('sent');
    expect((await floor.handovers())[0]?.fileName).toBe('cover (2).pdf');
    await expect(readFile(outside)).rejects.toThrow('ENOENT');
  });

  test('a link that was planted under the temporary name is removed, never written through', async () => {
    const item = await floor.addItem({ name: 'cover.pdf' });
    await floor.start({ id: 'indigo' });
    await floor.hotFolders.stop();
    await floor.makeReady(item.fileIds);
    const [row] = await floor.handovers();
    const outside = join(floor.root, 'outside');
    await writeFile(outside, 'precious');
    await symlink(outside, join(floor.folder('indigo'), row?.temporaryName ?? ''));
    await floor.restart();
    await floor.untilStates('sent');
    expect(await readFile(outside, 'utf8')).toBe('precious');
    expect(await readdir(floor.folder('indigo'))).toEqual(['cover.pdf']);
  });
});

test('many files go in the order in which they became ready, reorders first', async () => {
  await floor.start({ id: 'indigo' });
  await floor.hotFolders.stop();
  const plain = await floor.addReady({ name: 'plain.pdf' });
  const reorder = await floor.addItem({ name: 'reorder.pdf' });
  await floor.store.write(async ({ db }) => {
    await db.updateTable('files').set({ priority: 1 }).where('itemId', '=', reorder.itemId).execute();
  });
  await floor.makeReady(reorder.fileIds);
  await floor.restart();
  await floor.untilStates('sent', 'sent');
  const sent = (await floor.history()).filter(({ code }) => code === 'handover.sent');
  expect(sent.map(({ detail }) => detail.fileName)).toEqual(['reorder.pdf', 'plain.pdf']);
  expect(plain.fileIds).toHaveLength(1);
});
