import { readdir, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ripTakes, ShopFloor, visibleNames } from './shop-floor.ts';

let floor: ShopFloor;
beforeEach(async () => {
  floor = await ShopFloor.open();
});
afterEach(() => floor.close());

const firstId = async (): Promise<number> => (await floor.handovers())[0]?.id ?? 0;
const path = (name: string): string => join(floor.folder('indigo'), name);

describe('undo', () => {
  beforeEach(() => floor.start({ id: 'indigo' }));

  test('takes a file back while it lies in the folder, and the item is handed over no more', async () => {
    const item = await floor.addReady({ name: 'a.pdf' });
    await floor.untilStates('sent');
    expect((await floor.item(item.itemId)).handedOverAtMs).not.toBeNull();

    const view = await floor.hotFolders.undo(await firstId(), 'AB');
    expect(view).toMatchObject({ state: 'undone', undoable: false });
    expect(await readdir(floor.folder('indigo'))).toEqual([]);
    expect(await floor.item(item.itemId)).toMatchObject({ handedOverAtMs: null, stage: 'received' });
    expect((await floor.history()).at(-1)).toMatchObject({
      code: 'handover.undone',
      evidence: 'operatorSaid',
      by: 'AB',
    });
  });

  test('is refused when the RIP was faster, and the file counts as picked up', async () => {
    await floor.addReady({ name: 'a.pdf' });
    await floor.untilStates('sent');
    await ripTakes(floor.folder('indigo'));
    await expect(floor.hotFolders.undo(await firstId(), 'AB')).rejects.toMatchObject({
      code: 'conflict',
      message: 'the RIP has already taken it',
    });
    expect(await floor.states()).toEqual(['pickedUp']);
    await expect(floor.hotFolders.undo(await firstId(), 'AB')).rejects.toThrow('the RIP has already taken it');
  });

  test('leaves a file alone that is not the one that was handed over', async () => {
    await floor.addReady({ name: 'a.pdf' });
    await floor.untilStates('sent');
    await writeFile(path('a.pdf'), 'another file');
    await expect(floor.hotFolders.undo(await firstId(), 'AB')).rejects.toThrow('not the one');
    expect(await readdir(floor.folder('indigo'))).toEqual(['a.pdf']);
    expect(await readFile(path('a.pdf'), 'utf8')).toBe('another file');
    expect(await floor.states()).toEqual(['sent']);
  });

  test('is refused with a line that says so while the folder is away', async () => {
    await floor.addReady({ name: 'a.pdf' });
    await floor.untilStates('sent');
    await rename(floor.folder('indigo'), `${floor.folder('indigo')}-away`);
    await expect(floor.hotFolders.undo(await firstId(), 'AB')).rejects.toMatchObject({
      code: 'unavailable',
      retryable: true,
    });
    expect(await floor.states()).toEqual(['sent']);
    await rename(`${floor.folder('indigo')}-away`, floor.folder('indigo'));
    await floor.hotFolders.undo(await firstId(), 'AB');
    expect(await floor.states()).toEqual(['undone']);
  });

  test('of two at the same time one does it', async () => {
    await floor.addReady({ name: 'a.pdf' });
    await floor.untilStates('sent');
    const id = await firstId();
    const answers = await Promise.allSettled([floor.hotFolders.undo(id, 'AB'), floor.hotFolders.undo(id, 'CD')]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect((await floor.codes()).filter((code) => code === 'handover.undone')).toHaveLength(1);
  });

  test('a file that was taken back is handed over again when the operator releases it', async () => {
    const item = await floor.addReady({ name: 'a.pdf' });
    await floor.untilStates('sent');
    await floor.hotFolders.undo(await firstId(), 'AB');
    await floor.hotFolders.release({ itemId: item.itemId, hotFolder: 'indigo', again: false }, 'AB');
    await floor.untilStates('undone', 'sent');
    expect(await visibleNames(floor.folder('indigo'))).toEqual(['a.pdf']);
  });

  test('of a hand-over that does not exist is not found', async () => {
    await expect(floor.hotFolders.undo(77, 'AB')).rejects.toMatchObject({ code: 'notFound' });
  });
});

describe('an undo that a crash interrupted', () => {
  const interruptedAfter = async (renamed: boolean): Promise<void> => {
    await floor.start({ id: 'indigo' });
    await floor.addReady({ name: 'a.pdf' });
    await floor.untilStates('sent');
    await floor.hotFolders.stop();
    const [row] = await floor.handovers();
    await floor.store.write(async ({ db }) => {
      await db.updateTable('handovers').set({ leaseOwner: 'undo:AB' }).execute();
    });
    if (renamed) await rename(path('a.pdf'), path(row?.temporaryName ?? ''));
  };

  test('is finished when the file was out of sight already: it is no pick-up', async () => {
    await interruptedAfter(true);
    await floor.restart();
    await floor.untilStates('undone');
    expect((await floor.history()).at(-1)).toMatchObject({ code: 'handover.undone', by: 'AB' });
    // What was written down first is deleted then.
    await floor.until(async () => (await readdir(floor.folder('indigo'))).length === 0);
  });

  test('is forgotten when the file still lies there, which is then watched as before', async () => {
    await interruptedAfter(false);
    await floor.restart();
    await floor.until(async () => (await floor.handovers())[0]?.leaseOwner === null);
    expect(await visibleNames(floor.folder('indigo'))).toEqual(['a.pdf']);
    await unlink(path('a.pdf'));
    await floor.untilStates('pickedUp');
  });
});
