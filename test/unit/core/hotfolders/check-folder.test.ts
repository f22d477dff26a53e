import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ShopFloor } from './shop-floor.ts';

const plain = { preset: 'plain' as const, outcome: { accepted: [], failed: [] } };

let floor: ShopFloor;
beforeEach(async () => {
  floor = await ShopFloor.open();
});
afterEach(() => floor.close());

describe('the doctor of a hot folder', () => {
  test('tries each step of a hand-over, measures, and leaves nothing behind', async () => {
    await mkdir(floor.folder('indigo'), { recursive: true });
    await writeFile(join(floor.folder('indigo'), 'work.pdf'), '');
    const check = await floor.hotFolders.check({ path: floor.folder('indigo'), ...plain });
    expect(check.steps.map(({ step, ok }) => [step, ok])).toEqual([
      ['folder', true],
      ['write', true],
      ['rename', true],
      ['list', true],
      ['delete', true],
      ['space', true],
    ]);
    expect(check.ok).toBe(true);
    expect(check.freeBytes).toBeGreaterThan(0);
    expect(check.latencyMs).toBeGreaterThanOrEqual(0);
    expect(await readdir(floor.folder('indigo'))).toEqual(['work.pdf']);
  });

  test('says in one line what is wrong, and stops there', async () => {
    expect(await floor.hotFolders.check({ path: join(floor.root, 'nowhere'), ...plain })).toEqual({
      ok: false,
      steps: [{ step: 'folder', ok: false, detail: 'the hot folder is not there' }],
      freeBytes: null,
      latencyMs: null,
    });
    await writeFile(join(floor.root, 'a-file'), '');
    expect((await floor.hotFolders.check({ path: join(floor.root, 'a-file'), ...plain })).steps[0]?.detail).toBe(
      'the path is not a folder',
    );
  });

  test('looks for the folders by which the RIP tells what became of a file', async () => {
    const path = floor.folder('indigo');
    await mkdir(path, { recursive: true });
    const outcomeStep = async () =>
      (await floor.hotFolders.check({ ...plain, path, preset: 'prinergy' })).steps.find(
        ({ step }) => step === 'outcome',
      );
    expect(await outcomeStep()).toMatchObject({ ok: false, detail: expect.stringContaining('Input_Error') });
    await mkdir(join(path, 'Input_Success'));
    // A link may lead anywhere, so it is none of them.
    await symlink(floor.root, join(path, 'Input_Error'));
    expect(await outcomeStep()).toEqual({
      step: 'outcome',
      ok: true,
      detail: 'found Input_Success; not there: Input_Warning, Input_Error, Input_Cancelled, Input_Unmatched',
    });
  });
});
