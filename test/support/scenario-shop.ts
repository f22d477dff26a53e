import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import {
  type CloudprinterSandbox,
  type CloudprinterSandboxOptions,
  createCloudprinterSandbox,
} from '../sandbox/cloudprinter/sandbox.ts';

/** A print shop for one test: Cloudprinter's sandbox, a data folder, a hot folder, and the config file that joins them. */
export interface Shop {
  readonly root: string;
  readonly dataFolder: string;
  /** Where the station keeps the files it fetched. */
  readonly filesFolder: string;
  readonly hotFolder: string;
  readonly configPath: string;
  readonly configText: string;
  readonly sandbox: CloudprinterSandbox;
}

export interface ShopOptions {
  readonly sandbox?: CloudprinterSandboxOptions;
  /** Parts of the config file, in place of the usual ones; undefined leaves a part out. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** More settings of the connection `cp`. */
  readonly connection?: Readonly<Record<string, unknown>>;
}

const undoNothing = { undoSeconds: 0 };

/** Opens a shop that is gone after the test. Its one connection is `cp`, its one hot folder `press`, which takes all. */
export const openShop = async (options: ShopOptions = {}): Promise<Shop> => {
  const root = await mkdtemp(join(tmpdir(), 'platen-scenario-'));
  onTestFinished(() => rm(root, { recursive: true, force: true, maxRetries: 5 }));
  const sandbox = await createCloudprinterSandbox(options.sandbox);
  onTestFinished(() => sandbox.stop());
  const dataFolder = join(root, 'station');
  const hotFolder = join(root, 'press');
  await mkdir(hotFolder);
  const config = {
    name: 'Scenario shop',
    intake: { port: 0 },
    signals: undoNothing,
    hotFolders: [{ id: 'press', name: 'Press', path: hotFolder, mode: 'auto', pollSeconds: 1 }],
    connections: [connectionTo(sandbox, { id: 'cp', ...options.connection })],
    ...options.config,
  };
  const configPath = join(root, 'platen.json');
  const configText = JSON.stringify(config, null, 2);
  await writeFile(configPath, configText, { mode: 0o600 });
  return { root, dataFolder, filesFolder: join(dataFolder, 'files'), hotFolder, configPath, configText, sandbox };
};

/** A connection to the sandbox as the config file declares it. */
export const connectionTo = (
  { orderKey, signalKey, signalUrl }: CloudprinterSandbox,
  more: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> => ({
  platform: 'cloudprinter',
  orderKey,
  signalKey,
  signalUrl,
  // The sandbox is on this very machine.
  allowPrivateAddresses: true,
  // Many signals in a short time are no flood here.
  rate: { requests: 10_000, perSeconds: 1 },
  ...more,
});
