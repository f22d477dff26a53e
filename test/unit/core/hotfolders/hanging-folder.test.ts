import { execFile } from 'node:child_process';
import { open, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, test } from 'vitest';
import { ShopFloor, visibleNames } from './shop-floor.ts';

const run = promisify(execFile);

let floor: ShopFloor;
afterEach(() => floor.close());

test.skipIf(process.platform === 'win32')(
  'more hot folders than Node has file threads may hang in the system, and the next one still gets its file',
  async () => {
    floor = await ShopFloor.open();
    const hanging = ['h1', 'h2', 'h3', 'h4', 'h5'];
    const takes = (role: string) => ({ platforms: [], connections: [], products: [], roles: [role] });
    await floor.start(...hanging.map((id) => ({ id, accepts: takes(id) })), { id: 'sound', accepts: takes('sound') });
    // A pipe that nobody writes to keeps the thread inside a system call, as a dead share does.
    const pipes: string[] = [];
    for (const role of hanging) {
      const item = await floor.addItem({ role });
      const [file] = await floor.store.read
        .selectFrom('files')
        .select('relativePath')
        .where('role', '=', role)
        .execute();
      const path = join(floor.filesFolder, file?.relativePath ?? '');
      await unlink(path);
      await run('mkfifo', [path]);
      pipes.push(path);
      await floor.makeReady(item.fileIds);
    }
    await floor.untilStates(...hanging.map(() => 'copying'));
    await floor.addReady({ name: 'sound.pdf', role: 'sound' });
    await floor.untilStates(...hanging.map(() => 'copying'), 'sent');
    expect(await visibleNames(floor.folder('sound'))).toEqual(['sound.pdf']);

    for (const path of pipes) await (await open(path, 'w')).close();
    await floor.untilStates(...hanging.map(() => 'problem'), 'sent');
  },
);
