import { mkdir, readdir, readFile, rename, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Item, ShopFloor } from './shop-floor.ts';

let floor: ShopFloor;
beforeEach(async () => {
  floor = await ShopFloor.open();
});
afterEach(() => floor.close());

const folder = (...names: readonly string[]): string => join(floor.folder('rip'), ...names);

const startPrinergy = async (): Promise<void> => {
  for (const name of ['Working', 'Input_Success', 'Input_Warning', 'Input_Error']) {
    await mkdir(folder(name), { recursive: true });
  }
  await floor.start({ id: 'rip', preset: 'prinergy' });
};

/** What the RIP does with a file that it takes: first it works on it, then it puts it aside under a name of its own. */
const ripPuts = async (name: string, into: string, as = name): Promise<void> => {
  await rename(folder(name), folder('Working', name));
  await rename(folder('Working', name), folder(into, as));
};

const handOver = async (name: string): Promise<Item> => {
  const before = (await floor.handovers()).length;
  const item = await floor.addReady({ name });
  await floor.until(async () => (await floor.handovers())[before]?.state === 'sent');
  return item;
};

const outcomes = async () => (await floor.handovers()).map(({ outcome }) => outcome);
const untilOutcomes = (...expected: readonly (string | null)[]): Promise<void> =>
  floor.until(async () => (await outcomes()).join() === expected.join());
const last = async () => (await floor.history()).at(-1);

describe('the RIP’s own folders', () => {
  beforeEach(startPrinergy);

  test('a file in Input_Success was accepted, which the history proves with the folder', async () => {
    const item = await handOver('a.pdf');
    await rename(folder('a.pdf'), folder('Working', 'a.pdf'));
    await floor.untilStates('pickedUp');
    expect(await outcomes()).toEqual([null]);
    await rename(folder('Working', 'a.pdf'), folder('Input_Success', 'a.pdf'));
    await untilOutcomes('accepted');
    expect(await last()).toMatchObject({
      code: 'handover.accepted',
      evidence: 'ripSaid',
      detail: { hotFolder: 'rip', fileName: 'a.pdf', folder: 'Input_Success' },
    });
    expect(await floor.item(item.itemId)).toMatchObject({ stage: 'pickedUp', problem: null });
    const [view] = await floor.hotFolders.handoversOfOrders([item.orderId]);
    expect(view).toMatchObject({ state: 'pickedUp', outcome: 'accepted', outcomeIn: 'Input_Success/a.pdf' });
    expect((await floor.lane('rip')).taken).toMatchObject([{ name: 'a.pdf', outcome: 'accepted' }]);
    expect(await readdir(folder('Input_Success'))).toEqual(['a.pdf']);
  });

  test('a file in Input_Error is a problem of its item: it was not produced, and can be handed over again', async () => {
    const item = await handOver('a.pdf');
    await ripPuts('a.pdf', 'Input_Error');
    await untilOutcomes('failed');
    expect(await floor.codes()).toEqual(['handover.intended', 'handover.sent', 'handover.pickedUp', 'handover.failed']);
    expect(await floor.item(item.itemId)).toMatchObject({
      stage: 'received',
      problem: 'a.pdf: the RIP put it into Input_Error',
      problemCode: 'handover',
    });
    expect(await floor.hotFolders.openHandovers()).toMatchObject([
      { state: 'problem', outcome: 'failed', outcomeIn: 'Input_Error/a.pdf', undoable: true },
    ]);

    await floor.hotFolders.release({ itemId: item.itemId, hotFolder: 'rip', again: false, files: item.fileIds }, 'AB');
    await floor.untilStates('undone', 'sent');
    expect((await floor.item(item.itemId)).problem).toBeNull();
    expect(await readdir(folder('Input_Error')), 'what the RIP refused stays where it is').toEqual(['a.pdf']);
  });

  test('a refused file can be set aside, and stays where the RIP put it', async () => {
    const item = await handOver('a.pdf');
    await ripPuts('a.pdf', 'Input_Error');
    await untilOutcomes('failed');
    const [row] = await floor.handovers();
    expect(await floor.hotFolders.undo(row?.id ?? 0, 'AB')).toMatchObject({ state: 'undone' });
    expect(await floor.item(item.itemId)).toMatchObject({ problem: null, handedOverAtMs: null });
    expect(await readdir(folder('Input_Error'))).toEqual(['a.pdf']);
  });

  test('the file of the last refusal proves nothing of the next hand-over, the next file does', async () => {
    const item = await handOver('a.pdf');
    await ripPuts('a.pdf', 'Input_Error');
    await untilOutcomes('failed');
    await floor.hotFolders.release({ itemId: item.itemId, hotFolder: 'rip', again: false }, 'AB');
    await floor.untilStates('undone', 'sent');
    await rename(folder('a.pdf'), folder('Working', 'a.pdf'));
    await floor.untilStates('undone', 'pickedUp');
    for (let look = 0; look < 3; look += 1) await floor.hotFolders.look('rip');
    expect(await outcomes()).toEqual(['failed', null]);
    // The RIP refuses it again: it lies there under the same name, but is another file.
    await utimes(folder('Working', 'a.pdf'), new Date(), new Date(Date.now() + 60_000));
    await rename(folder('Working', 'a.pdf'), folder('Input_Error', 'a.pdf'));
    await untilOutcomes('failed', 'failed');
  });

  test('the RIP may put something before or behind the name', async () => {
    await handOver('9000_1_cover.pdf');
    await ripPuts('9000_1_cover.pdf', 'Input_Warning', 'J0042_9000_1_cover_v1.pdf');
    await untilOutcomes('accepted');
    expect((await last())?.detail).toMatchObject({ folder: 'Input_Warning', ripName: 'J0042_9000_1_cover_v1.pdf' });
  });

  test('the very name counts more than a longer one, as of a report beside it', async () => {
    await handOver('9000_1_cover.pdf');
    await writeFile(folder('Input_Success', '9000_1_cover_report.pdf'), 'what went wrong');
    await ripPuts('9000_1_cover.pdf', 'Input_Error');
    await untilOutcomes('failed');
  });

  test('two files that lie there at once each have their own outcome', async () => {
    await handOver('9000_1_cover.pdf');
    await handOver('9000_1_cover_b.pdf');
    await ripPuts('9000_1_cover_b.pdf', 'Input_Error');
    await floor.until(async () => (await outcomes())[1] === 'failed');
    expect(await outcomes()).toEqual([null, 'failed']);
    await ripPuts('9000_1_cover.pdf', 'Input_Success');
    await untilOutcomes('accepted', 'failed');
  });

  test('files that never were ours are not heeded, and are not touched', async () => {
    await writeFile(folder('Input_Error', 'stranger.pdf'), 'not ours');
    await handOver('a.pdf');
    await ripPuts('a.pdf', 'Input_Success');
    await untilOutcomes('accepted');
    expect(await readFile(folder('Input_Error', 'stranger.pdf'), 'utf8')).toBe('not ours');
    expect(await floor.codes()).not.toContain('handover.failed');
  });

  test('a file that was there before with the same name is not taken for ours', async () => {
    await writeFile(folder('Input_Error', 'a.pdf'), 'somebody had the same name');
    await handOver('a.pdf');
    await rename(folder('a.pdf'), folder('Working', 'a.pdf'));
    await floor.untilStates('pickedUp');
    for (let look = 0; look < 3; look += 1) await floor.hotFolders.look('rip');
    expect(await outcomes()).toEqual([null]);
    await rename(folder('Working', 'a.pdf'), folder('Input_Success', 'a.pdf'));
    await untilOutcomes('accepted');
  });

  test('a file handed over again while the first is still in the RIP gets a name of its own', async () => {
    const item = await handOver('a.pdf');
    await rename(folder('a.pdf'), folder('Working', 'a.pdf'));
    await floor.untilStates('pickedUp');
    await floor.hotFolders.release({ itemId: item.itemId, hotFolder: 'rip', again: true }, 'AB');
    await floor.untilStates('pickedUp', 'sent');
    expect((await floor.handovers()).map(({ fileName }) => fileName)).toEqual(['a.pdf', 'a (2).pdf']);
    await ripPuts('a (2).pdf', 'Input_Error');
    await untilOutcomes(null, 'failed');
    await rename(folder('Working', 'a.pdf'), folder('Input_Success', 'a.pdf'));
    await untilOutcomes('accepted', 'failed');
  });

  test('what became of a file while the station was off is found at the next start', async () => {
    await handOver('a.pdf');
    await floor.hotFolders.stop();
    await ripPuts('a.pdf', 'Input_Error');
    await floor.restart();
    await untilOutcomes('failed');
  });

  test('a crash that left it open whether the file arrived is answered by the RIP', async () => {
    await handOver('a.pdf');
    await floor.hotFolders.stop();
    await floor.store.write(async ({ db }) => {
      await db.updateTable('handovers').set({ state: 'copying', renaming: 1, sentAtMs: null }).execute();
    });
    await rename(folder('a.pdf'), folder('Working', 'a.pdf'));
    await floor.restart();
    await floor.untilStates('maybeSent');
    await rename(folder('Working', 'a.pdf'), folder('Input_Success', 'a.pdf'));
    await floor.untilStates('pickedUp');
    expect(await outcomes()).toEqual(['accepted']);
    expect((await floor.lane('rip')).taken).toMatchObject([{ laySeconds: null }]);
  });

  test('a day after the pick-up nobody waits for a word of the RIP any more', async () => {
    await handOver('a.pdf');
    await rename(folder('a.pdf'), folder('Working', 'a.pdf'));
    await floor.untilStates('pickedUp');
    await floor.clock.advance(25 * 3_600_000);
    await rename(folder('Working', 'a.pdf'), folder('Input_Success', 'a.pdf'));
    await floor.hotFolders.look('rip');
    expect(await outcomes()).toEqual([null]);
  });
});

describe('where there is nothing to read', () => {
  test('a plain folder tells nothing, whatever its subfolders are called', async () => {
    await mkdir(folder('Input_Error'), { recursive: true });
    await floor.start({ id: 'rip' });
    await handOver('a.pdf');
    await rename(folder('a.pdf'), folder('Input_Error', 'a.pdf'));
    await floor.untilStates('pickedUp');
    await floor.hotFolders.look('rip');
    expect(await outcomes()).toEqual([null]);
    expect((await floor.lane('rip')).outcomes).toBe('none');
  });

  test('a link in the place of an outcome folder is not followed', async () => {
    const elsewhere = join(floor.root, 'elsewhere');
    await mkdir(elsewhere, { recursive: true });
    await mkdir(folder(), { recursive: true });
    await symlink(elsewhere, folder('Input_Error'));
    await floor.start({ id: 'rip', preset: 'prinergy' });
    await handOver('a.pdf');
    await rename(folder('a.pdf'), join(elsewhere, 'a.pdf'));
    await floor.untilStates('pickedUp');
    await floor.hotFolders.look('rip');
    expect(await outcomes()).toEqual([null]);
    expect((await floor.lane('rip')).outcomes).toBe('missing');
    // The control: a folder of this name is read.
    await mkdir(folder('Input_Success'));
    await rename(join(elsewhere, 'a.pdf'), folder('Input_Success', 'a.pdf'));
    await untilOutcomes('accepted');
    expect((await floor.lane('rip')).outcomes).toBe('read');
  });

  test('folders of one’s own definition are read in the place of Prinergy’s', async () => {
    for (const name of ['fertig', 'Fehler', 'Input_Error']) await mkdir(folder(name), { recursive: true });
    await floor.start({ id: 'rip', preset: 'own', outcome: { accepted: ['fertig'], failed: ['Fehler'] } });
    await handOver('a.pdf');
    await handOver('b.pdf');
    await rename(folder('a.pdf'), folder('fertig', 'a.pdf'));
    await rename(folder('b.pdf'), folder('Fehler', 'b.pdf'));
    await untilOutcomes('accepted', 'failed');
  });
});
