import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ShopFloor } from './shop-floor.ts';

let floor: ShopFloor;
beforeEach(async () => {
  floor = await ShopFloor.open();
});
afterEach(() => floor.close());

describe('the doctor of a hot folder', () => {
  test('tries each step of a hand-over, measures, and leaves nothing behind', async () => {
    await mkdir(floor.folder('indigo'), { recursive: true });
    await writeFile(join(floor.folder('indigo'), 'work.pdf'), '');
    const check = await floor.hotFolders.check(floor.folder('indigo'));
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
    expect(await floor.hotFolders.check(join(floor.root, 'nowhere'))).toEqual({
      ok: false,
      steps: [{ step: 'folder', ok: false, detail: 'the hot folder is not there' }],
      freeBytes: null,
      latencyMs: null,
    });
    await writeFile(join(floor.root, 'a-file'), '');
    expect((await floor.hotFolders.check(join(floor.root, 'a-file'))).steps[0]?.detail).toBe(
      'the path is not a folder',
    );
  });
});
