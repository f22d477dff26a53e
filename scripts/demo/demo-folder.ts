import { once } from 'node:events';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CloudprinterSandbox } from '../../test/sandbox/cloudprinter/sandbox.ts';

/** Where a demo runs: a folder of its own, with the station's data and the hot folders in it. */
export interface DemoFolder {
  readonly root: string;
  readonly data: string;
  readonly config: string;
  readonly bookPress: string;
  readonly sheetPress: string;
  /** Where the station takes orders. */
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

/** Makes the folders and the config file of a station that knows the sandbox. */
export const prepareDemoFolder = async (
  sandbox: Pick<CloudprinterSandbox, 'signalUrl' | 'orderKey' | 'signalKey'>,
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
    intakeUrl: `http://127.0.0.1:${intakePort}/in/cp`,
  };
  await mkdir(folder.bookPress, { recursive: true });
  await mkdir(folder.sheetPress, { recursive: true });
  const config = {
    name: 'Demo shop',
    intake: { host: '127.0.0.1', port: intakePort },
    signals: { undoSeconds },
    files: { minimumFreeBytes: 50_000_000 },
    hotFolders: [
      {
        id: 'book-press',
        name: 'Book press',
        path: folder.bookPress,
        mode: 'auto',
        accepts: { roles: ['cover', 'bookBlock'] },
        pollSeconds: 2,
      },
      { id: 'sheet-press', name: 'Sheet press', path: folder.sheetPress, mode: 'auto', pollSeconds: 2 },
    ],
    connections: [
      {
        id: 'cp',
        platform: 'cloudprinter',
        orderKey: sandbox.orderKey,
        signalKey: sandbox.signalKey,
        signalUrl: sandbox.signalUrl,
        // The sandbox is on this very machine.
        allowPrivateAddresses: true,
      },
    ],
  };
  await writeFile(folder.config, JSON.stringify(config, null, 2), { mode: 0o600 });
  return folder;
};
