import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { ConnectionDirectory } from '../../main/core/connections/connection-directory.ts';
import { saveConnection } from '../../main/core/connections/connection-table.ts';
import { openChannels } from '../../main/core/connections/open-channels.ts';
import type { Platform } from '../../main/core/platforms/platform.ts';
import { Store } from '../../main/core/store/store.ts';
import { createFakePlatform } from './fake-platform.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A real store on a file of its own, closed and deleted after the test. */
export const openTestStore = async (folder?: string): Promise<{ readonly store: Store; readonly path: string }> => {
  const path = join(folder ?? (await temporaryFolder()), 'platen.db');
  const store = await Store.open(path);
  onTestFinished(() => store.close());
  return { store, path };
};

/** The directory of a store with a connection of this platform for each id, its channels open. */
export const connectTo = async (
  store: Store,
  platform: Platform = createFakePlatform(),
  ids: readonly string[] = ['shop'],
  settings: Readonly<Record<string, unknown>> = {},
): Promise<ConnectionDirectory> => {
  const connections = new ConnectionDirectory({ store, platforms: [platform], secret: () => null });
  await store.write(async (transaction) => {
    for (const id of ids) {
      await saveConnection(transaction, { id, platform: platform.id, settings, fromConfig: false }, 0, 'test');
    }
  });
  await connections.reload();
  await store.write((transaction) => openChannels(transaction, connections.all(), 0));
  return connections;
};
