import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AcceptRules, acceptRules } from '../../../../main/contract/hot-folders.ts';
import { type Item, ShopFloor, visibleNames } from './shop-floor.ts';

let floor: ShopFloor;
beforeEach(async () => {
  floor = await ShopFloor.open();
});
afterEach(() => floor.close());

const accepts = (rules: Partial<typeof acceptRules._zod.input>): AcceptRules => acceptRules.parse(rules);
const a5 = { widthMm: 148, heightMm: 210 };
const a4 = { widthMm: 210, heightMm: 297 };

describe('an operator hands over to the wrong folder', () => {
  beforeEach(() =>
    floor.start(
      { id: 'covers', mode: 'manual', accepts: accepts({ roles: ['cover'] }) },
      { id: 'short', mode: 'manual', accepts: accepts({ pages: { least: 1, most: 8 }, trim: a5 }) },
      { id: 'posters', mode: 'manual', accepts: accepts({ products: ['poster_*'] }) },
    ),
  );

  const release = (item: Item, hotFolder: string, more: { anyway?: boolean; files?: readonly number[] } = {}) =>
    floor.hotFolders.release({ itemId: item.itemId, hotFolder, again: false, ...more }, 'AB');
  const book = async (): Promise<Item & { readonly cover: number; readonly block: number }> => {
    const item = await floor.addReady({ role: 'cover', name: 'c.pdf' }, { role: 'bookBlock', name: 'b.pdf' });
    return { ...item, cover: item.fileIds[0] ?? 0, block: item.fileIds[1] ?? 0 };
  };

  test('it is refused with the reasons, and nothing goes', async () => {
    const item = await book();
    await floor.inspect(item.block, { pages: 48, trim: a4 });
    await expect(release(item, 'short')).rejects.toMatchObject({
      code: 'conflict',
      message:
        'does not fit short: bookBlock: it takes 1 to 8 pages, this has 48; ' +
        'it takes 148 × 210 mm, this is 210 × 297 mm; say "anyway" to hand over all the same',
    });
    await expect(release(item, 'posters')).rejects.toThrow('it takes the product poster_*, this is textbook_pb_a4');
    expect(await floor.handovers()).toEqual([]);
  });

  test('it goes when the operator says so all the same', async () => {
    const item = await book();
    await floor.inspect(item.block, { pages: 48, trim: a4 });
    await release(item, 'short', { anyway: true });
    await floor.untilStates('sent', 'sent');
    expect(await visibleNames(floor.folder('short'))).toEqual(['b.pdf', 'c.pdf']);
  });

  test('of a whole item the parts that the folder does not take stay behind', async () => {
    const item = await book();
    await release(item, 'covers');
    await floor.untilStates('sent');
    expect(await visibleNames(floor.folder('covers'))).toEqual(['c.pdf']);
  });

  test('a part that the folder does not take is refused when it is named, or is all there is', async () => {
    const item = await book();
    await expect(release(item, 'covers', { files: [item.block] })).rejects.toThrow('it takes cover, no bookBlock');
    const poster = await floor.addReady({ role: 'product', name: 'p.pdf' });
    await expect(release(poster, 'covers')).rejects.toThrow('it takes cover, no product');
    await release(item, 'covers', { files: [item.block], anyway: true });
    await floor.untilStates('sent');
    expect(await visibleNames(floor.folder('covers'))).toEqual(['b.pdf']);
  });

  test('only files of the item can be named', async () => {
    const item = await book();
    const other = await floor.addReady({});
    await expect(release(item, 'short', { files: other.fileIds })).rejects.toMatchObject({ code: 'notFound' });
  });

  test('a named file need not wait for the others of its item', async () => {
    const item = await floor.addItem({ role: 'cover', name: 'c.pdf' }, { role: 'bookBlock' });
    await floor.makeReady(item.fileIds.slice(0, 1));
    await expect(release(item, 'short')).rejects.toThrow('not ready yet: bookBlock');
    await release(item, 'short', { files: item.fileIds.slice(0, 1) });
    await floor.untilStates('sent');
  });

  test('before the drop each folder says how the item fits it', async () => {
    const item = await book();
    await floor.inspect(item.block, { pages: 48, trim: a5 });
    await release(item, 'covers');
    const { folders, files, item: shown } = await floor.hotFolders.fits(item.itemId, null);
    expect(shown).toMatchObject({ id: item.itemId, number: 1, open: true, held: false });
    expect(files.map(({ role, state }) => [role, state])).toEqual([
      ['cover', 'ready'],
      ['bookBlock', 'ready'],
    ]);
    const said = folders.map(({ hotFolder, fits, files: each }) => [
      hotFolder,
      fits,
      ...each.map(({ verdict, reasons, unknown, handedOver }) => [
        verdict,
        reasons.map(({ code }) => code).join(),
        unknown.join(),
        handedOver,
      ]),
    ]);
    expect(said).toEqual([
      ['covers', true, ['goes', '', '', true], ['staysBehind', 'role', '', false]],
      ['short', false, ['goes', '', 'pages,trim', false], ['misfit', 'pages', '', false]],
      ['posters', false, ['misfit', 'product', '', false], ['misfit', 'product', '', false]],
    ]);
    expect((await floor.hotFolders.fits(item.itemId, 'short')).folders).toHaveLength(1);
    await expect(floor.hotFolders.fits(item.itemId, 'nowhere')).rejects.toMatchObject({ code: 'notFound' });
    await expect(floor.hotFolders.fits(99, null)).rejects.toMatchObject({ code: 'notFound' });
  });

  test('what was found in another content than the file has now does not count', async () => {
    const item = await book();
    await floor.inspect(item.block, { pages: 48, trim: a4 });
    await floor.store.write(async ({ db }) => {
      await db.updateTable('inspections').set({ sha256: 'of an older file' }).execute();
    });
    await release(item, 'short');
    await floor.untilStates('sent', 'sent');
  });
});

describe('the station hands over by itself', () => {
  const short = { id: 'short', accepts: accepts({ pages: { least: 1, most: 8 } }) };
  const long = { id: 'long', accepts: accepts({ pages: { least: 9, most: 900 } }) };

  test('a file that was inspected goes to the folder that it fits', async () => {
    await floor.start(short, long);
    const item = await floor.addItem({ name: 'a.pdf' });
    await floor.inspect(item.fileIds[0] ?? 0, { pages: 48 });
    await floor.makeReady(item.fileIds);
    await floor.untilStates('sent');
    expect(await visibleNames(floor.folder('long'))).toEqual(['a.pdf']);
  });

  test('a file that is still to be inspected waits for that, and then goes where it fits', async () => {
    await floor.start(short, long);
    const item = await floor.addReady({ name: 'a.pdf' });
    await floor.clock.advance(5_000);
    expect(await floor.states()).toEqual(['intended']);
    await floor.inspect(item.fileIds[0] ?? 0, { pages: 48 });
    await floor.untilStates('undone', 'sent');
    expect(await visibleNames(floor.folder('long'))).toEqual(['a.pdf']);
    expect(await visibleNames(floor.folder('short'))).toEqual([]);
  });

  test('a file that fits nowhere is a problem with the reason, until an operator decides', async () => {
    await floor.start(short);
    const item = await floor.addReady({ name: 'a.pdf' });
    await floor.inspect(item.fileIds[0] ?? 0, { pages: 48 });
    await floor.untilStates('problem');
    expect(await floor.item(item.itemId)).toMatchObject({ problem: 'a.pdf: it takes 1 to 8 pages, this has 48' });
    const request = { itemId: item.itemId, hotFolder: 'short', again: false };
    await expect(floor.hotFolders.release(request, 'AB')).rejects.toMatchObject({ code: 'conflict' });
    await floor.hotFolders.release({ ...request, anyway: true }, 'AB');
    await floor.untilStates('undone', 'sent');
    expect((await floor.item(item.itemId)).problem).toBeNull();
  });

  test('a file that is never inspected goes after a while: what is not known refuses nothing', async () => {
    await floor.start(short);
    await floor.addReady({ name: 'a.pdf' });
    const startedAtMs = floor.clock.nowMs();
    await floor.untilStates('sent');
    expect(floor.clock.nowMs() - startedAtMs).toBeGreaterThanOrEqual(60_000);
  });

  test('a folder without such rules waits for nothing', async () => {
    await floor.start({ id: 'any' });
    await floor.addReady({ name: 'a.pdf' });
    const startedAtMs = floor.clock.nowMs();
    await floor.untilStates('sent');
    expect(floor.clock.nowMs() - startedAtMs).toBeLessThan(60_000);
  });
});
