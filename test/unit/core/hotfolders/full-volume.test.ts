import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rmdir, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, test } from 'vitest';
import { ShopFloor } from './shop-floor.ts';

const run = promisify(execFile);
const mountSmallVolume = (folder: string) => run('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]);
const unmount = (folder: string) => run('umount', [folder]);

const mayMount = async (): Promise<boolean> => {
  const folder = await mkdtemp(join(tmpdir(), 'platen-mount-'));
  try {
    await mountSmallVolume(folder);
    await unmount(folder);
    return true;
  } catch {
    return false;
  } finally {
    await rmdir(folder);
  }
};

let floor: ShopFloor;
let mounted: string | null = null;
afterEach(async () => {
  await floor.hotFolders.stop();
  if (mounted !== null) await unmount(mounted);
  mounted = null;
  await floor.close();
});

const allowed = await mayMount();

test.skipIf(!allowed)(
  'a hot folder on a volume that is really full waits until there is room (needs the right to mount)',
  async () => {
    floor = await ShopFloor.open();
    mounted = floor.folder('indigo');
    await mkdir(mounted, { recursive: true });
    await mountSmallVolume(mounted);
    await floor.start({ id: 'indigo' }, { id: 'other' });
    await writeFile(join(mounted, 'spool'), Buffer.alloc(800_000));
    await floor.addReady({ name: 'large.pdf', content: Buffer.alloc(500_000) });
    await floor.untilStates('waiting');
    expect(await floor.lane('indigo')).toMatchObject({ state: 'full', problem: 'the disk of the hot folder is full' });
    expect(await readdir(mounted)).toEqual(['spool']);

    await unlink(join(mounted, 'spool'));
    await floor.untilStates('sent');
    expect((await floor.lane('indigo')).state).toBe('ok');
  },
);

test.skipIf(!allowed)(
  'a share that is unmounted while files lie in it is away, and they are not picked up (needs the right to mount)',
  async () => {
    floor = await ShopFloor.open();
    const share = floor.folder('indigo');
    await mkdir(share, { recursive: true });
    await mountSmallVolume(share);
    mounted = share;
    await floor.start({ id: 'indigo' });
    await floor.addReady({ name: 'a.pdf' });
    await floor.untilStates('sent');
    await unmount(share);
    mounted = null;
    await floor.until(async () => (await floor.lane('indigo')).state === 'offline');
    await floor.addReady({ name: 'b.pdf' });
    await floor.untilStates('sent', 'waiting');
    expect(await readdir(share)).toEqual([]);
  },
);
