import { once } from 'node:events';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where a demo runs: a folder of its own, with the station's data and the hot folders in it. */
export interface DemoFolder {
  readonly root: string;
  readonly data: string;
  readonly config: string;
  readonly bookPress: string;
  readonly sheetPress: string;
  /** Where the station takes what is posted to it; the id of a connection follows. */
  readonly intakeUrl: string;
}

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
};

/** Makes the folders and the config file of a station with these connections. */
export const prepareDemoFolder = async (
  connections: readonly Readonly<Record<string, unknown>>[],
  undoSeconds: number,
): Promise<DemoFolder> => {
  const root = await mkdtemp(join(tmpdir(), 'platen-demo-'));
  const intakePort = await freePort();
  const folder: DemoFolder = {
    root,
    data: join(root, 'station'),
    config: join(root, 'platen.json'),
    bookPress: join(root, 'hot-folders', 'book-press'),
    sheetPress: join(root, 'hot-folders', 'sheet-press'),
    intakeUrl: `http://127.0.0.1:${intakePort}/in`,
  };
  await mkdir(folder.bookPress, { recursive: true });
  await mkdir(folder.sheetPress, { recursive: true });
  const config = {
    name: 'Demo shop',
    // Callbacks and webhooks come from this very machine.
    intake: { host: '127.0.0.1', port: intakePort, publicUrl: `http://127.0.0.1:${intakePort}` },
    signals: { undoSeconds },
    files: { minimumFreeBytes: 50_000_000 },
    hotFolders: [
      {
        id: 'book-press',
        name: 'Book press',
        path: folder.bookPress,
        mode: 'auto',
        accepts: { roles: ['cover', 'bookBlock', 'inside'] },
        pollSeconds: 2,
      },
      { id: 'sheet-press', name: 'Sheet press', path: folder.sheetPress, mode: 'auto', pollSeconds: 2 },
    ],
    connections,
  };
  await writeFile(folder.config, JSON.stringify(config, null, 2), { mode: 0o600 });
  return folder;
};
