import { statSync } from 'node:fs';
import { join } from 'node:path';
import { type FolderDisk, FolderThread } from '../../../../main/core/hotfolders/folder-thread.ts';
import { createHotFolders } from '../../../../main/core/hotfolders/manager.ts';
import { systemClock } from '../../../../main/core/ports/clock.ts';
import { silentLogger } from '../../../../main/core/ports/logger.ts';
import { Store } from '../../../../main/core/store/store.ts';
import { readyLine } from './crash-points.ts';

/** A station of its own process that kills itself with SIGKILL at one point of its first hand-over, or runs until killed. */

const [root = '', point = ''] = process.argv.slice(2);

const die = (): Promise<never> => {
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => undefined);
};

const dieInTheMiddleOf = (path: string): void => {
  const look = setInterval(() => {
    const bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    if (bytes > 0) void die();
  }, 1);
  look.ref();
};

const openDisk = (onStuck: () => void): FolderDisk => {
  const thread = new FolderThread(onStuck);
  return {
    run: async (name, input) => {
      if (name === 'stage' && point === 'before the copy') return die();
      if (name === 'publish' && point === 'after the intent is committed') return die();
      if (name === 'stage' && point === 'in the middle of the copy' && 'temporaryName' in input) {
        dieInTheMiddleOf(join(input.folder, input.temporaryName));
      }
      const result = await thread.run(name, input);
      if (name === 'stage' && point === 'after the copy') return die();
      if (name === 'publish' && point === 'after the rename') return die();
      return result;
    },
    stuck: () => thread.stuck(),
    abort: () => thread.abort(),
    close: () => thread.close(),
  };
};

const store = await Store.open(join(root, 'data', 'platen.db'));
const dieWhenSent = async (): Promise<void> => {
  const sent = await store.read.selectFrom('handovers').select('id').where('state', '=', 'sent').execute();
  if (sent.length > 0) await die();
};
if (point === 'after the result is committed') store.changes.subscribe(() => void dieWhenSent());

const hotFolders = createHotFolders({
  store,
  clock: systemClock,
  logger: silentLogger,
  random: Math.random,
  filesFolder: join(root, 'data', 'files'),
  dataFolder: join(root, 'data'),
  openDisk,
});
await hotFolders.start();
process.stdout.write(`${readyLine}\n`);
// Bounded: a station that nobody kills ends by itself.
setTimeout(() => process.exit(3), 20_000);
