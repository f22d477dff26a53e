import { mkdir, symlink, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hotFolderSettings, outcomeFolders } from '../../../../main/contract/hot-folders.ts';
import { ShopFloor, visibleNames } from './shop-floor.ts';

let floor: ShopFloor;
beforeEach(async () => {
  floor = await ShopFloor.open();
});
afterEach(() => floor.close());

const ids = async (): Promise<string[]> => (await floor.hotFolders.list()).map(({ id }) => id);

describe('saving a hot folder', () => {
  beforeEach(() => floor.start());

  test('adds it at the end and changes it in its place', async () => {
    for (const id of ['b', 'a', 'c']) {
      await mkdir(floor.folder(id), { recursive: true });
      await floor.hotFolders.save(floor.settings({ id }));
    }
    const saved = await floor.hotFolders.save(floor.settings({ id: 'a', name: 'Press A', pollSeconds: 5 }));
    expect(saved).toMatchObject({ id: 'a', name: 'Press A', pollSeconds: 5, state: 'ok', fromConfig: false, lying: 0 });
    expect(await ids()).toEqual(['b', 'a', 'c']);
  });

  test('a path must be whole, and outside the station’s data', async () => {
    const save = (path: string) => floor.hotFolders.save(floor.settings({ id: 'x', path }));
    await expect(save('relative/path')).rejects.toMatchObject({ code: 'invalidInput' });
    await expect(save(join(floor.root, 'data'))).rejects.toMatchObject({ code: 'invalidInput' });
    await expect(save(join(floor.root, 'data', 'hot'))).rejects.toMatchObject({ code: 'invalidInput' });
    await expect(save(join(floor.root, 'hot', '..', 'data', 'files'))).rejects.toMatchObject({ code: 'invalidInput' });
    await save(join(floor.root, 'data-of-the-rip'));
  });

  test('a link to a folder may be one, unless it leads into the station’s data', async () => {
    await mkdir(join(floor.root, 'share'));
    await symlink(join(floor.root, 'share'), join(floor.root, 'good'));
    await symlink(join(floor.root, 'data', 'files'), join(floor.root, 'bad'));
    await expect(
      floor.hotFolders.save(floor.settings({ id: 'bad', path: join(floor.root, 'bad') })),
    ).rejects.toMatchObject({ code: 'invalidInput' });
    await floor.hotFolders.save(floor.settings({ id: 'good', path: join(floor.root, 'good') }));
    await floor.addReady({ name: 'a.pdf' });
    await floor.untilStates('sent');
    expect(await visibleNames(join(floor.root, 'share'))).toEqual(['a.pdf']);
  });

  test('one that is not there can be saved: it is offline, and used once it is there', async () => {
    await floor.hotFolders.save(floor.settings({ id: 'later' }));
    await floor.until(async () => (await floor.lane('later')).state === 'offline');
    await mkdir(floor.folder('later'), { recursive: true });
    await floor.until(async () => (await floor.lane('later')).state === 'ok');
  });

  test('a definition of the RIP’s own folders names at least one, each once, and none outside of the hot folder', async () => {
    const save = (outcome: { accepted: string[]; failed: string[] }) =>
      floor.hotFolders.save({ ...floor.settings({ id: 'own' }), preset: 'own', outcome });
    await expect(save({ accepted: [], failed: [] })).rejects.toMatchObject({ code: 'invalidInput' });
    await save({ accepted: ['Done'], failed: ['Not done'] });
    for (const name of ['..', '.', '../other', 'a/b', 'a\\b', 'C:', '', ' ', 'nul\u0000', 'dot.', '/etc']) {
      expect(outcomeFolders.safeParse({ failed: [name] }).success, JSON.stringify(name)).toBe(false);
    }
    expect(outcomeFolders.safeParse({ accepted: ['Done'], failed: ['DONE'] }).success).toBe(false);
    expect(outcomeFolders.safeParse({ accepted: ['Input_Success', '.done', '成功'], failed: [] }).success).toBe(true);
  });

  test('two hot folders cannot share a path', async () => {
    await floor.hotFolders.save(floor.settings({ id: 'one' }));
    await expect(
      floor.hotFolders.save(floor.settings({ id: 'two', path: `${floor.folder('one')}/` })),
    ).rejects.toMatchObject({ code: 'conflict' });
  });

  test('the path stays while files lie in it', async () => {
    await floor.start({ id: 'indigo' });
    await floor.addReady({ name: 'a.pdf' });
    await floor.untilStates('sent');
    const moved = floor.settings({ id: 'indigo', path: join(floor.root, 'elsewhere') });
    await expect(floor.hotFolders.save(moved)).rejects.toMatchObject({ code: 'conflict' });
    await unlink(join(floor.folder('indigo'), 'a.pdf'));
    await floor.untilStates('pickedUp');
    await floor.hotFolders.save(moved);
  });
});

describe('removing a hot folder', () => {
  beforeEach(() => floor.start({ id: 'indigo' }));

  test('is refused while files lie in it', async () => {
    await floor.addReady({ name: 'a.pdf' });
    await floor.untilStates('sent');
    await expect(floor.hotFolders.remove('indigo')).rejects.toMatchObject({ code: 'conflict' });
  });

  test('keeps the history of what went there, and the name can be used again', async () => {
    await floor.addReady({ name: 'a.pdf' });
    await floor.untilStates('sent');
    await unlink(join(floor.folder('indigo'), 'a.pdf'));
    await floor.untilStates('pickedUp');
    await floor.hotFolders.remove('indigo');
    expect(await ids()).toEqual([]);
    await floor.addReady({ name: 'b.pdf' });
    expect(await floor.states()).toEqual(['pickedUp']);
    const [old] = await floor.handovers();
    expect(await floor.hotFolders.handoversOfOrders([old?.orderId ?? 0])).toMatchObject([
      { hotFolder: 'indigo', hotFolderName: 'indigo', state: 'pickedUp' },
    ]);

    await floor.hotFolders.save(floor.settings({ id: 'indigo' }));
    await floor.addReady({ name: 'c.pdf' });
    await floor.untilStates('pickedUp', 'sent');
  });

  test('one that is not there is not found', async () => {
    await expect(floor.hotFolders.remove('nowhere')).rejects.toMatchObject({ code: 'notFound' });
  });
});

describe('hot folders of the config file', () => {
  const declare = async (...folderIds: readonly string[]): Promise<void> => {
    const { root } = floor;
    await floor.close();
    const declared = folderIds.map((id) =>
      hotFolderSettings.parse({ id, name: id, path: join(root, 'hot', id), mode: 'auto' }),
    );
    floor = await ShopFloor.open({ declared });
    await Promise.all(folderIds.map((id) => mkdir(floor.folder(id), { recursive: true })));
  };

  test('are there in its order, before those made on the screen, and are not edited', async () => {
    await declare('z', 'b');
    await floor.hotFolders.save(floor.settings({ id: 'a' }));
    await floor.hotFolders.start();
    expect(await ids()).toEqual(['z', 'b', 'a']);
    const [z] = await floor.hotFolders.list();
    expect(z?.fromConfig).toBe(true);
    await expect(floor.hotFolders.save(floor.settings({ id: 'z', name: 'other' }))).rejects.toMatchObject({
      code: 'notPermitted',
    });
    await expect(floor.hotFolders.remove('z')).rejects.toMatchObject({ code: 'notPermitted' });
  });

  test('one that is no longer declared is gone after the next start', async () => {
    await declare('z', 'b');
    await floor.hotFolders.start();
    await floor.restartDeclaring([floor.settings({ id: 'b' })]);
    expect(await ids()).toEqual(['b']);
  });

  test('one that is no longer declared stays for what lies in it, and takes nothing more by itself', async () => {
    await declare('z');
    await floor.restartDeclaring([floor.settings({ id: 'z' })]);
    await floor.addReady({ name: 'a.pdf' });
    await floor.untilStates('sent');
    await floor.restartDeclaring([]);
    expect(await floor.hotFolders.list()).toMatchObject([{ id: 'z', mode: 'manual', fromConfig: false }]);
    await unlink(join(floor.folder('z'), 'a.pdf'));
    await floor.untilStates('pickedUp');
    await floor.hotFolders.remove('z');
  });
});
