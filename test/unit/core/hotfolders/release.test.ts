import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { reprintItem } from '../../../../main/core/orders/reprint-item.ts';
import { type Item, ShopFloor, visibleNames } from './shop-floor.ts';

let floor: ShopFloor;
beforeEach(async () => {
  floor = await ShopFloor.open();
  await floor.start({ id: 'press', mode: 'manual' });
});
afterEach(() => floor.close());

const release = (item: Item, again = false, hotFolder = 'press') =>
  floor.hotFolders.release({ itemId: item.itemId, hotFolder, again }, 'AB');

describe('an operator hands an item over', () => {
  test('all its print files go, and the history says who said so', async () => {
    const item = await floor.addReady({ role: 'cover', name: 'c.pdf' }, { role: 'bookBlock', name: 'b.pdf' });
    const views = await release(item);
    expect(views.map(({ role, state, hotFolder }) => [role, state, hotFolder])).toEqual([
      ['cover', 'intended', 'press'],
      ['bookBlock', 'intended', 'press'],
    ]);
    await floor.untilStates('sent', 'sent');
    expect(await visibleNames(floor.folder('press'))).toEqual(['b.pdf', 'c.pdf']);
    expect((await floor.history())[0]).toMatchObject({ code: 'handover.intended', evidence: 'operatorSaid', by: 'AB' });
  });

  test('a file that was handed over goes again only when the operator says so', async () => {
    const item = await floor.addReady({ role: 'cover', name: 'c.pdf' });
    await release(item);
    await expect(release(item)).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('cover') });
    await floor.untilStates('sent');
    await expect(release(item)).rejects.toMatchObject({ code: 'conflict' });
    await release(item, true);
    await floor.untilStates('sent', 'sent');
    expect(await visibleNames(floor.folder('press'))).toEqual(['c (2).pdf', 'c.pdf']);
  });

  test('after a reprint it goes once more without a second word, and asks for one again after that', async () => {
    const item = await floor.addReady({ role: 'cover', name: 'c.pdf' });
    await release(item);
    await floor.untilStates('sent');
    const wentBefore = async () => (await floor.hotFolders.fits(item.itemId, null)).folders[0]?.files[0]?.handedOver;
    expect(await wentBefore()).toBe(true);
    await floor.store.write((transaction) =>
      reprintItem(transaction, {
        itemId: item.itemId,
        reason: 'creased',
        nowMs: floor.clock.nowMs(),
        undoMs: 0,
        by: 'AB',
      }),
    );
    expect(await wentBefore()).toBe(false);
    await floor.clock.advance(1);
    await release(item);
    await floor.untilStates('sent', 'sent');
    expect(await wentBefore()).toBe(true);
    await expect(release(item)).rejects.toMatchObject({ code: 'conflict' });
  });

  test('an item with a file that is not ready is refused, with the files that are missing', async () => {
    const item = await floor.addItem({ role: 'cover' }, { role: 'bookBlock' });
    await floor.makeReady(item.fileIds.slice(0, 1));
    await expect(release(item)).rejects.toMatchObject({
      code: 'conflict',
      message: 'not ready yet: bookBlock (fetching)',
    });
    expect(await floor.handovers()).toEqual([]);
  });

  test.each([
    ['held', { heldAtMs: 1 }],
    ['cancelled', { cancelledAtMs: 1 }],
  ])('an item that is %s is refused', async (word, set) => {
    const item = await floor.addReady({});
    await floor.setItem(item.itemId, set);
    await expect(release(item)).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining(word) });
  });

  test('an item without files is refused', async () => {
    await expect(release(await floor.addItem())).rejects.toThrow('no files');
  });

  test('an unknown item or folder is not found', async () => {
    const item = await floor.addReady({});
    await expect(release(item, false, 'nowhere')).rejects.toMatchObject({ code: 'notFound' });
    await expect(release({ ...item, itemId: 99 })).rejects.toMatchObject({ code: 'notFound' });
  });

  test('a shipping label stays behind unless the folder names it', async () => {
    const item = await floor.addReady({ role: 'cover', name: 'c.pdf' }, { role: 'shippingLabel', name: 'l.pdf' });
    await release(item);
    await floor.untilStates('sent');
    expect((await floor.item(item.itemId)).stage).toBe('handedOver');
    await floor.hotFolders.save(
      floor.settings({
        id: 'press',
        mode: 'manual',
        accepts: { platforms: [], connections: [], products: [], roles: ['shippingLabel'] },
      }),
    );
    await release(item);
    await floor.untilStates('sent', 'sent');
    expect(await visibleNames(floor.folder('press'))).toEqual(['c.pdf', 'l.pdf']);
  });

  test('a hand-over that is a problem is replaced by the next one', async () => {
    const item = await floor.addReady({ role: 'cover', name: 'c.pdf' });
    await floor.store.write(async ({ db }) => {
      await db.updateTable('files').set({ relativePath: 'nowhere' }).execute();
    });
    await release(item);
    await floor.untilStates('problem');
    await floor.store.write(async ({ db }) => {
      await db.updateTable('files').set({ relativePath: '1/0' }).execute();
    });
    await release(item);
    await floor.untilStates('undone', 'sent');
    expect((await floor.item(item.itemId)).problem).toBeNull();
  });
});
