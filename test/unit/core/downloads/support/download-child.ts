import { join } from 'node:path';
import { createDownloads } from '../../../../../main/core/downloads/manager.ts';
import { systemClock } from '../../../../../main/core/ports/clock.ts';
import { silentLogger } from '../../../../../main/core/ports/logger.ts';
import { Store } from '../../../../../main/core/store/store.ts';

/** A process that does nothing but download into a folder, and tells of each step that is on the disk: it is there to be killed. */
const folder = process.argv[2] ?? '';
const store = await Store.open(join(folder, 'platen.db'));
const downloads = createDownloads({
  store,
  clock: systemClock,
  logger: silentLogger,
  random: () => 0.5,
  filesFolder: join(folder, 'files'),
  limits: { concurrency: 2, perHostConcurrency: 2, bandwidthBytesPerSecond: 0, minimumFreeBytes: 0 },
  connection: () => ({ allowPrivateAddresses: true, platformName: 'Cloudprinter' }),
});
const told = new Set<string>();
store.changes.subscribe(() => {
  void store.read
    .selectFrom('files')
    .select(['id', 'state', 'validator'])
    .execute()
    .then((files) => {
      for (const { id, state, validator } of files) {
        const line = state === 'ready' ? `ready ${id}` : validator === null ? null : `resumable ${id}`;
        if (line === null || told.has(line)) continue;
        told.add(line);
        process.stdout.write(`${line}\n`);
      }
    });
});
await downloads.start();
