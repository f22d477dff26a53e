import { unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ripTakes, ShopFloor, visibleNames } from './shop-floor.ts';

let floor: ShopFloor;
afterEach(() => floor.close());

const id = async (): Promise<number> => (await floor.handovers())[0]?.id ?? 0;
const path = (name: string): string => join(floor.folder('indigo'), name);

/** The station died right after the rename, and the RIP took the file before the next start. */
beforeEach(async () => {
  floor = await ShopFloor.open();
  await floor.start({ id: 'indigo' });
  await floor.addReady({ name: 'a.pdf', content: 'the work' });
  await floor.untilStates('sent');
  await floor.hotFolders.stop();
  await floor.store.write(async ({ db }) => {
    await db.updateTable('handovers').set({ state: 'copying', renaming: 1, sentAtMs: null }).execute();
  });
  await ripTakes(floor.folder('indigo'));
  await floor.restart();
  await floor.untilStates('maybeSent');
});

describe('a hand-over of which nobody knows whether it arrived', () => {
  test('is shown as a problem of its item and never sent again by itself', async () => {
    const [order] = await floor.store.read.selectFrom('orders').selectAll().execute();
    expect(order?.problemCount).toBe(1);
    await floor.clock.advance(3_600_000);
    await floor.restart();
    // The control: another file goes meanwhile.
    await floor.addReady({ name: 'b.pdf' });
    await floor.untilStates('maybeSent', 'sent');
    expect(await visibleNames(floor.folder('indigo'))).toEqual(['b.pdf']);
  });

  test('an operator says that it arrived: the RIP has it', async () => {
    const view = await floor.hotFolders.settle(await id(), 'sent', 'AB');
    expect(view).toMatchObject({ state: 'pickedUp', problem: null });
    const [order] = await floor.store.read.selectFrom('orders').selectAll().execute();
    expect(order).toMatchObject({ problemCount: 0, stage: 'pickedUp' });
    expect((await floor.history()).at(-1)).toMatchObject({
      code: 'handover.settled',
      evidence: 'operatorSaid',
      by: 'AB',
      detail: { outcome: 'sent' },
    });
  });

  test('an operator says that it arrived while it lies there: it is watched', async () => {
    await writeFile(path('a.pdf'), 'the work');
    expect(await floor.hotFolders.settle(await id(), 'sent', 'AB')).toMatchObject({ state: 'sent', undoable: true });
    await unlink(path('a.pdf'));
    await floor.untilStates('pickedUp');
  });

  test('an operator says that it did not arrive: it is handed over again', async () => {
    await floor.hotFolders.settle(await id(), 'notSent', 'AB');
    await floor.untilStates('sent');
    expect(await visibleNames(floor.folder('indigo'))).toEqual(['a.pdf']);
  });

  test('it cannot be said not to have arrived while it lies in the folder', async () => {
    await writeFile(path('a.pdf'), 'the work');
    await expect(floor.hotFolders.settle(await id(), 'notSent', 'AB')).rejects.toMatchObject({ code: 'conflict' });
    expect(await floor.states()).toEqual(['maybeSent']);
  });

  test('it is answered once', async () => {
    await floor.hotFolders.settle(await id(), 'sent', 'AB');
    await expect(floor.hotFolders.settle(await id(), 'notSent', 'AB')).rejects.toMatchObject({ code: 'conflict' });
    expect(await floor.states()).toEqual(['pickedUp']);
  });

  test('it cannot be taken back before it is answered', async () => {
    await expect(floor.hotFolders.undo(await id(), 'AB')).rejects.toThrow('answer first');
  });
});
