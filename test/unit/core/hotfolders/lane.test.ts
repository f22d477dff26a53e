import { chmod, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FolderDisk, FolderThread } from '../../../../main/core/hotfolders/folder-thread.ts';
import { ShopFloor, visibleNames } from './shop-floor.ts';

let floor: ShopFloor;
afterEach(() => floor.close());

describe('a hot folder that is away', () => {
  beforeEach(async () => {
    floor = await ShopFloor.open();
    await floor.start(
      { id: 'indigo' },
      { id: 'labels', accepts: { platforms: [], connections: [], roles: ['label'], products: [] } },
    );
    // The look at the start is over: what is noticed from now on is noticed by what a test does.
    await floor.hotFolders.look('indigo');
  });

  const away = () => rename(floor.folder('indigo'), `${floor.folder('indigo')}-away`);
  const back = () => rename(`${floor.folder('indigo')}-away`, floor.folder('indigo'));

  test('keeps its files waiting with the cause, and takes them by itself when it is back', async () => {
    await away();
    const item = await floor.addReady({ name: 'a.pdf' });
    await floor.until(async () => (await floor.lane('indigo')).state === 'offline');
    expect(await floor.lane('indigo')).toMatchObject({ problem: 'the hot folder is not there', waiting: 1, lying: 0 });
    await floor.untilStates('waiting');
    expect((await floor.handovers())[0]).toMatchObject({ problem: 'the hot folder is not there' });
    expect((await floor.item(item.itemId)).problem).toBeNull();

    await back();
    await floor.untilStates('sent');
    expect((await floor.lane('indigo')).state).toBe('ok');
    expect(floor.laneChanges.map(({ state }) => state)).toEqual(['offline', 'ok']);
    expect(await floor.codes()).toEqual([
      'handover.intended',
      'handover.waiting',
      'hotFolder.offline',
      'handover.sent',
      'hotFolder.ok',
    ]);
  });

  test('blocks no other folder', async () => {
    await away();
    await floor.addReady({ name: 'a.pdf' });
    await floor.until(async () => (await floor.lane('indigo')).state === 'offline');
    await floor.addReady({ name: 'label.pdf', role: 'label' });
    await floor.store.write(async ({ db, touched }) => {
      await db.updateTable('handovers').set({ hotFolderId: 'labels' }).where('fileName', '=', 'label.pdf').execute();
      touched.handovers.add(2);
    });
    await floor.untilStates('waiting', 'sent');
    expect(await visibleNames(floor.folder('labels'))).toEqual(['label.pdf']);
  });

  test('is tried by one file at a time, with growing waits', async () => {
    await away();
    for (const name of ['a.pdf', 'b.pdf', 'c.pdf']) await floor.addReady({ name });
    await floor.until(async () => (await floor.lane('indigo')).state === 'offline');
    const waitOf = async () => {
      const [first] = await floor.handovers();
      return (first?.nextAtMs ?? 0) - floor.clock.nowMs();
    };
    const firstWaitMs = await waitOf();
    expect(firstWaitMs).toBeLessThanOrEqual(2_200);
    await floor.until(async () => (await waitOf()) > 20_000);
    expect(await floor.states()).toEqual(['waiting', 'intended', 'intended']);
    await back();
    await floor.untilStates('sent', 'sent', 'sent');
  });

  test('a folder that was deleted and made again is used again', async () => {
    await floor.addReady({ name: 'a.pdf' });
    await floor.untilStates('sent');
    await rm(join(floor.folder('indigo'), 'a.pdf'));
    await floor.untilStates('pickedUp');
    await rm(floor.folder('indigo'), { recursive: true });
    await floor.addReady({ name: 'b.pdf' });
    await floor.untilStates('pickedUp', 'waiting');
    await mkdir(floor.folder('indigo'));
    await floor.untilStates('pickedUp', 'sent');
  });

  test('is noticed while files lie in it, and those files do not count as picked up', async () => {
    await floor.addReady({ name: 'a.pdf' });
    await floor.untilStates('sent');
    await away();
    await floor.until(async () => (await floor.lane('indigo')).state === 'offline');
    expect(await floor.states()).toEqual(['sent']);
    await back();
    await floor.until(async () => (await floor.lane('indigo')).state === 'ok');
    expect(await floor.states()).toEqual(['sent']);
    // The control: now it really leaves.
    await rm(join(floor.folder('indigo'), 'a.pdf'));
    await floor.untilStates('pickedUp');
  });

  test('an operator can call a waiting file off', async () => {
    await away();
    await floor.addReady({ name: 'a.pdf' });
    await floor.untilStates('waiting');
    const [row] = await floor.handovers();
    const view = await floor.hotFolders.undo(row?.id ?? 0, 'AB');
    expect(view).toMatchObject({ state: 'undone', problem: null });
    await back();
    await floor.until(async () => (await floor.lane('indigo')).state === 'ok');
    expect(await readdir(floor.folder('indigo'))).toEqual([]);
  });

  test('holding an item calls its waiting files off at once', async () => {
    await away();
    const item = await floor.addReady({ name: 'a.pdf' });
    await floor.untilStates('waiting');
    // Now and then the lane tries the file again, which then waits once more.
    await floor.until(async () => {
      await floor.store.write((transaction) => floor.hotFolders.callOffItem(transaction, item.itemId));
      return (await floor.states())[0] === 'undone';
    });
  });
});

/** Answers one kind of operation with an error of the system for as long as `failing` says so. */
const failingDisk = (operation: string, state: { code: string | null }) => (): FolderDisk => {
  const thread = new FolderThread();
  return {
    run: async (name, input) =>
      name === operation && state.code !== null
        ? { kind: 'failed', code: state.code, message: state.code }
        : thread.run(name, input),
    stuck: () => thread.stuck(),
    abort: () => thread.abort(),
    close: () => thread.close(),
  };
};

describe('errors of the system (answered in place of the disk, as not every machine may mount a small volume)', () => {
  test.each([
    ['ENOSPC', 'full'],
    ['EDQUOT', 'full'],
    ['EACCES', 'offline'],
    ['EROFS', 'offline'],
    ['ESTALE', 'offline'],
    ['EIO', 'offline'],
    ['ENOTCONN', 'offline'],
  ])('%s while copying makes the folder %s, and it is used again when that is over', async (code, laneState) => {
    const disk = { code: code as string | null };
    floor = await ShopFloor.open({ openDisk: failingDisk('stage', disk) });
    await floor.start({ id: 'indigo' });
    const item = await floor.addReady({});
    await floor.untilStates('waiting');
    expect((await floor.lane('indigo')).state).toBe(laneState);
    expect((await floor.item(item.itemId)).problem).toBeNull();
    disk.code = null;
    await floor.untilStates('sent');
    expect((await floor.lane('indigo')).state).toBe('ok');
  });

  test('a file that can never lie there is a problem of its own, and the folder goes on', async () => {
    const disk = { code: 'EFBIG' as string | null };
    floor = await ShopFloor.open({ openDisk: failingDisk('stage', disk) });
    await floor.start({ id: 'indigo' });
    await floor.addReady({});
    await floor.untilStates('problem');
    disk.code = null;
    await floor.addReady({});
    await floor.untilStates('problem', 'sent');
    expect(floor.laneChanges).toEqual([]);
  });

  test('a failure of this machine is tried a few times, then it is a problem of the file', async () => {
    floor = await ShopFloor.open({ openDisk: failingDisk('stage', { code: 'EMFILE' }) });
    await floor.start({ id: 'indigo' });
    await floor.addReady({});
    await floor.untilStates('problem');
    expect((await floor.handovers())[0]?.attempts).toBe(4);
    expect(floor.laneChanges).toEqual([]);
  });

  test('when the last step fails, the folder is looked at before the file goes once more', async () => {
    const disk = { code: 'EIO' as string | null };
    floor = await ShopFloor.open({ openDisk: failingDisk('publish', disk) });
    await floor.start({ id: 'indigo' });
    await floor.addReady({ name: 'a.pdf' });
    await floor.until(async () => (await floor.lane('indigo')).state === 'offline');
    expect((await floor.handovers())[0]).toMatchObject({ state: 'copying', renaming: 1 });
    disk.code = null;
    await floor.untilStates('sent');
    expect(await readdir(floor.folder('indigo'))).toEqual(['a.pdf']);
  });

  test('an answer that was lost after the last step is found out by looking, and nothing goes twice', async () => {
    floor = await ShopFloor.open({
      openDisk: () => {
        const thread = new FolderThread();
        return {
          run: async (name, input) => {
            const result = await thread.run(name, input);
            return name === 'publish' ? { kind: 'failed', code: 'ETIMEDOUT', message: 'lost' } : result;
          },
          stuck: () => false,
          abort: () => thread.abort(),
          close: () => thread.close(),
        };
      },
    });
    await floor.start({ id: 'indigo' });
    await floor.addReady({ name: 'a.pdf' });
    await floor.untilStates('sent');
    expect(await readdir(floor.folder('indigo'))).toEqual(['a.pdf']);
    expect((await floor.history()).at(-2)).toMatchObject({ code: 'handover.sent', evidence: 'foundInFolder' });
  });
});

test.skipIf(process.getuid?.() === 0)(
  'a folder without write permission is offline with a line that says so',
  async () => {
    floor = await ShopFloor.open();
    await floor.start({ id: 'indigo' });
    await chmod(floor.folder('indigo'), 0o500);
    await floor.addReady({});
    await floor.untilStates('waiting');
    expect((await floor.lane('indigo')).problem).toBe('no permission to write to the hot folder');
    await chmod(floor.folder('indigo'), 0o700);
    await floor.untilStates('sent');
  },
);

test('a path that is a file and no folder is offline with a line that says so', async () => {
  floor = await ShopFloor.open();
  await floor.start({ id: 'indigo' });
  await rm(floor.folder('indigo'), { recursive: true });
  await writeFile(floor.folder('indigo'), '');
  await floor.addReady({});
  await floor.untilStates('waiting');
  expect((await floor.lane('indigo')).problem).toBe('the path of the hot folder is not a folder');
});
