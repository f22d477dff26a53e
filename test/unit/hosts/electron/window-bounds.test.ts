import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { boundsOnScreen, readWindowPlace, writeWindowPlace } from '../../../../main/hosts/electron/window-bounds.ts';

const main = { x: 0, y: 0, width: 1920, height: 1040 };
const second = { x: 1920, y: 0, width: 1280, height: 1000 };

describe('where the window opens', () => {
  test('the first time, in the middle of the main screen', () => {
    expect(boundsOnScreen(null, main, [main])).toEqual({ x: 240, y: 70, width: 1440, height: 900 });
  });

  test('where it was, on whichever screen', () => {
    const wanted = { x: 2000, y: 50, width: 1000, height: 700 };
    expect(boundsOnScreen(wanted, main, [main, second])).toEqual(wanted);
  });

  test('in the middle of the main screen, when its screen was unplugged', () => {
    const wanted = { x: 2000, y: 50, width: 1000, height: 700 };
    expect(boundsOnScreen(wanted, main, [main])).toEqual({ x: 460, y: 170, width: 1000, height: 700 });
  });

  test.each([
    ['above the screen', { x: 100, y: -300, width: 1000, height: 700 }],
    ['below the screen', { x: 100, y: 1020, width: 1000, height: 700 }],
    ['all but a sliver to the left', { x: -990, y: 10, width: 1000, height: 700 }],
  ])('in reach again, when its title bar was %s', (_where, wanted) => {
    expect(boundsOnScreen(wanted, main, [main])).toEqual({ x: 460, y: 170, width: 1000, height: 700 });
  });

  test('no larger than the screen it is on', () => {
    const wanted = { x: 0, y: 0, width: 5000, height: 4000 };
    expect(boundsOnScreen(wanted, main, [main])).toEqual(main);
  });
});

describe('the place of the window', () => {
  test('is read back as it was written, and a damaged file is as good as none', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'platen-window-'));
    try {
      const file = path.join(folder, 'window.json');
      const place = { x: 1, y: 2, width: 1000, height: 700, maximized: true };
      expect(await readWindowPlace(file)).toBeNull();
      await writeWindowPlace(file, place);
      expect(await readWindowPlace(file)).toEqual(place);
      for (const text of ['', '{"x":', '{"x":"left"}', '[]']) {
        await writeFile(file, text);
        expect(await readWindowPlace(file)).toBeNull();
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
