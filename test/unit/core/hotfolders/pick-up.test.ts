import { mkdir, readdir, rename, rm, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FolderThread } from '../../../../main/core/hotfolders/folder-thread.ts';
import { ripTakes, ShopFloor } from './shop-floor.ts';

let floor: ShopFloor;
const looks = { count: 0, identity: null as { device: string; inode: string } | null };

beforeEach(async () => {
  looks.count = 0;
  looks.identity = null;
  floor = await ShopFloor.open({
    openDisk: (onStuck) => {
      const thread = new FolderThread(onStuck);
      return {
        run: async (name, input) => {
          const result = await thread.run(name, input);
          if (name === 'look') looks.count += 1;
          // Another volume, as an unmounted share looks: what is listed there is not what was handed over to.
          const { identity } = looks;
          if (identity === null || result.kind === 'failed') return result;
          const value: unknown = name === 'look' ? Object.assign({}, result.value, { identity }) : identity;
          return name === 'look' || name === 'identify' ? ({ kind: 'done', value } as typeof result) : result;
        },
        stuck: () => thread.stuck(),
        abort: () => thread.abort(),
        close: () => thread.close(),
      };
    },
  });
});
afterEach(() => floor.close());

const looksAgain = async (): Promise<void> => {
  const before = looks.count;
  await floor.until(() => looks.count > before);
};

describe('a file that the RIP takes', () => {
  test('is picked up, with its time and what proves it', async () => {
    await floor.start({ id: 'indigo' });
    const item = await floor.addReady({ name: 'a.pdf' }, { name: 'b.pdf' });
    await floor.untilStates('sent', 'sent');
    await unlink(join(floor.folder('indigo'), 'a.pdf'));
    await floor.untilStates('pickedUp', 'sent');
    expect((await floor.item(item.itemId)).stage).toBe('handedOver');

    await ripTakes(floor.folder('indigo'));
    await floor.untilStates('pickedUp', 'pickedUp');
    expect(await floor.item(item.itemId)).toMatchObject({ stage: 'pickedUp' });
    expect((await floor.history()).at(-1)).toMatchObject({ code: 'handover.pickedUp', evidence: 'leftTheFolder' });
    expect((await floor.lane('indigo')).lastPickUpAt).not.toBeNull();
    expect(await floor.lane('indigo')).toMatchObject({ lying: 0, oldestLyingSince: null });
  });

  test('is picked up when the RIP only gives it another name', async () => {
    await floor.start({ id: 'indigo' });
    await floor.addReady({ name: 'a.pdf' });
    await floor.untilStates('sent');
    await rename(join(floor.folder('indigo'), 'a.pdf'), join(floor.folder('indigo'), 'a.pdf.processing'));
    await floor.untilStates('pickedUp');
  });

  test('is seen after a restart of the station too', async () => {
    await floor.start({ id: 'indigo' });
    await floor.addReady({ name: 'a.pdf' });
    await floor.untilStates('sent');
    await floor.hotFolders.stop();
    await ripTakes(floor.folder('indigo'));
    await floor.restart();
    await floor.untilStates('pickedUp');
  });

  test('the folder is looked at no more when nothing lies in it', async () => {
    await floor.start({ id: 'indigo' });
    await floor.addReady({ name: 'a.pdf' });
    await floor.untilStates('sent');
    await looksAgain();
    await ripTakes(floor.folder('indigo'));
    await floor.untilStates('pickedUp');
    const before = looks.count;
    await floor.clock.advance(600_000);
    expect(looks.count).toBe(before);
  });
});

describe('a file that stays', () => {
  test('raises one alarm after the folder’s alarm time', async () => {
    await floor.start({ id: 'indigo', pickUpAlarmSeconds: 60 });
    const item = await floor.addReady({ name: 'a.pdf' });
    await floor.untilStates('sent');
    await looksAgain();
    expect(floor.overdue).toEqual([]);
    await floor.until(() => floor.overdue.length > 0);
    expect(floor.overdue).toMatchObject([{ hotFolderId: 'indigo', fileName: 'a.pdf', orderId: item.orderId }]);
    expect(await floor.hotFolders.openHandovers()).toMatchObject([{ state: 'sent', overdue: true, undoable: true }]);
    await looksAgain();
    await floor.restart();
    await looksAgain();
    expect(floor.overdue).toHaveLength(1);
    expect((await floor.codes()).filter((code) => code === 'handover.overdue')).toHaveLength(1);

    await ripTakes(floor.folder('indigo'));
    await floor.untilStates('pickedUp');
    expect((await floor.handovers())[0]?.problem).toBeNull();
  });

  test('raises none while the folder cannot be looked at', async () => {
    await floor.start({ id: 'indigo', pickUpAlarmSeconds: 60 });
    await floor.addReady({ name: 'a.pdf' });
    await floor.untilStates('sent');
    await rename(floor.folder('indigo'), `${floor.folder('indigo')}-away`);
    await floor.until(async () => (await floor.lane('indigo')).state === 'offline');
    await floor.clock.advance(120_000);
    await looksAgain();
    expect(floor.overdue).toEqual([]);
    await rename(`${floor.folder('indigo')}-away`, floor.folder('indigo'));
    await floor.until(() => floor.overdue.length === 1);
  });
});

describe('an empty listing that proves nothing', () => {
  test('a share that is not mounted is offline, and its files are not picked up', async () => {
    await floor.start({ id: 'indigo' });
    await floor.addReady({ name: 'a.pdf' });
    await floor.untilStates('sent');
    // The mount point without its share: empty, and on another volume.
    await rename(join(floor.folder('indigo'), 'a.pdf'), join(floor.root, 'a.pdf'));
    looks.identity = { device: '1', inode: '1' };
    await floor.until(async () => (await floor.lane('indigo')).state === 'offline');
    expect((await floor.lane('indigo')).problem).toContain('another volume');
    expect(await floor.states()).toEqual(['sent']);

    await floor.addReady({ name: 'b.pdf' });
    await floor.untilStates('sent', 'waiting');
    expect(await readdir(floor.folder('indigo'))).toEqual([]);

    looks.identity = null;
    await rename(join(floor.root, 'a.pdf'), join(floor.folder('indigo'), 'a.pdf'));
    await floor.untilStates('sent', 'sent');
  });

  test('saving the hot folder again accepts the other volume, and asks about the files that were in the old one', async () => {
    await floor.start({ id: 'indigo' });
    await floor.addReady({ name: 'a.pdf' });
    await floor.untilStates('sent');
    await rm(join(floor.folder('indigo'), 'a.pdf'));
    looks.identity = { device: '1', inode: '1' };
    await floor.until(async () => (await floor.lane('indigo')).state === 'offline');
    await floor.hotFolders.save(floor.settings({ id: 'indigo' }));
    await floor.untilStates('maybeSent');
    expect((await floor.lane('indigo')).state).toBe('ok');
  });

  test('files that lay in a folder that was deleted and made again are asked about', async () => {
    await floor.start({ id: 'indigo' });
    const item = await floor.addReady({ name: 'a.pdf' });
    await floor.untilStates('sent');
    await rename(floor.folder('indigo'), `${floor.folder('indigo')}-old`);
    await mkdir(floor.folder('indigo'));
    await floor.untilStates('maybeSent');
    expect(await floor.item(item.itemId)).toMatchObject({ stage: 'handedOver', problemCode: 'maybeSent' });
  });
});

test('temporary files of an earlier run go when the table knows them, and others stay', async () => {
  await floor.start({ id: 'indigo' });
  await floor.addReady({ name: 'a.pdf' });
  await floor.untilStates('sent');
  await floor.hotFolders.stop();
  const [row] = await floor.handovers();
  await writeFile(join(floor.folder('indigo'), row?.temporaryName ?? ''), 'left over');
  await writeFile(join(floor.folder('indigo'), '.platen-99-somebody-else.part'), 'of another station');
  await floor.restart();
  await looksAgain();
  await floor.until(async () => (await readdir(floor.folder('indigo'))).length === 2);
  expect((await readdir(floor.folder('indigo'))).toSorted()).toEqual(['.platen-99-somebody-else.part', 'a.pdf']);
});
