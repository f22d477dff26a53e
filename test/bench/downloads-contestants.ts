import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createDownloads } from '../../main/core/downloads/manager.ts';
import { TransferPool } from '../../main/core/downloads/transfer-pool.ts';
import { systemClock } from '../../main/core/ports/clock.ts';
import { silentLogger } from '../../main/core/ports/logger.ts';
import { Store } from '../../main/core/store/store.ts';
import type { BenchFile } from './downloads-source.ts';

const atOnce = 4;

/** Runs a program to its end; throws when it fails. */
const runProgram = async (program: string, args: readonly string[], cwd?: string): Promise<void> => {
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'], ...(cwd === undefined ? {} : { cwd }) });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-500);
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${program} ended with ${String(code)}: ${complaint}`);
};

/** Everything on the disk, whoever wrote it. */
export const syncDisk = (): Promise<void> => runProgram('sync', []);

/** Whether a program can be started at all. */
export const isInstalled = async (program: string): Promise<boolean> => {
  const child = spawn('sh', ['-c', `PATH="$PATH:/usr/sbin" command -v ${program}`], { stdio: 'ignore' });
  const [code] = await once(child, 'exit');
  return code === 0;
};

/** aria2c checks each file against its MD5 once it is whole. Several connections a file were its fastest setting here. */
export const fetchWithAria2 = async (files: readonly BenchFile[], folder: string): Promise<void> => {
  const input = files.map(({ url, name, md5 }) => `${url}\n  out=${name}\n  checksum=md5=${md5}\n`).join('');
  await writeFile(join(folder, 'input.txt'), input);
  const settings = ['--file-allocation=none', '--quiet', `-j${atOnce}`, '-x4', '-s4', '-k5M'];
  await runProgram('aria2c', ['-i', join(folder, 'input.txt'), '-d', folder, ...settings]);
};

/** curl fetches four at once; md5sum then checks them all. */
export const fetchWithCurl = async (files: readonly BenchFile[], folder: string): Promise<void> => {
  const config = files.map(({ url, name }) => `url = "${url}"\noutput = "${join(folder, name)}"\n`).join('');
  await writeFile(join(folder, 'curl.txt'), config);
  await writeFile(join(folder, 'sums.txt'), files.map(({ md5, name }) => `${md5}  ${name}\n`).join(''));
  await runProgram('curl', ['-s', '-f', '-Z', '--parallel-max', String(atOnce), '-K', join(folder, 'curl.txt')]);
  await runProgram('md5sum', ['--quiet', '-c', 'sums.txt'], folder);
};

const seedFiles = async (store: Store, files: readonly BenchFile[], dueMs: number): Promise<void> => {
  await store.write(async ({ db }) => {
    await db
      .insertInto('files')
      .values(
        files.map((file) => ({
          orderId: 1,
          itemId: null,
          connectionId: 'cp',
          role: 'product',
          format: 'pdf',
          sourceUrl: file.url,
          sourceHost: new URL(file.url).host,
          expectedBytes: file.bytes,
          expectedMd5: file.md5,
          state: 'queued' as const,
          name: file.name,
          relativePath: `cp/1/${file.name}`,
          receivedBytes: 0,
          attempts: 0,
          mismatches: 0,
          priority: 0,
          nextAtMs: dueMs,
        })),
      )
      .execute();
  });
};

const seedOrder = async (store: Store, nowMs: number): Promise<void> => {
  await store.write(async ({ db }) => {
    await db
      .insertInto('connections')
      .values({
        id: 'cp',
        platform: 'cloudprinter',
        settingsJson: '{}',
        fromConfig: 0,
        pausedByPerson: 0,
        createdAtMs: nowMs,
      })
      .execute();
    await db
      .insertInto('orders')
      .values({
        connectionId: 'cp',
        externalId: '1',
        customer: '',
        reference: '',
        titles: '',
        platformPriority: '',
        shippingMethod: '',
        consignor: '',
        document: '{}',
        documentFormat: 'json',
        contentHash: '',
        unknownFieldsJson: '[]',
        receivedAtMs: nowMs,
        reorder: 0,
        stage: 'received',
        problemCount: 0,
        held: 0,
        open: 1,
      })
      .execute();
  });
};

const untilReady = async (store: Store, count: number): Promise<void> => {
  const done = Promise.withResolvers<void>();
  const ready = new Set<number>();
  const look = async (ids: readonly number[]): Promise<void> => {
    const rows = await store.read
      .selectFrom('files')
      .select(['id', 'state', 'problem'])
      .where('id', 'in', ids)
      .execute();
    for (const row of rows) {
      if (row.state === 'ready') ready.add(row.id);
      if (row.problem !== null) done.reject(new Error(row.problem));
    }
    if (ready.size === count) done.resolve();
  };
  const unsubscribe = store.changes.subscribe(({ files }) => {
    if (files.size > 0) void look([...files]).catch(done.reject);
  });
  try {
    await done.promise;
  } finally {
    unsubscribe();
  }
};

const builtWorker = new URL('../../out/main/transfer-worker.js', import.meta.url);

/** The transfer threads as they are shipped, when they have been built; else from source. */
const startTransferPool = async (): Promise<TransferPool> => {
  const built = await access(builtWorker).then(
    () => true,
    () => false,
  );
  return new TransferPool(built ? { workerUrl: builtWorker } : {});
};

/** A station's store and downloads in this process, running before the work comes, as on the floor. */
export const startPlaten = async (folder: string, warmUp: BenchFile) => {
  await mkdir(folder, { recursive: true });
  const store = await Store.open(join(folder, 'platen.db'));
  const downloads = createDownloads({
    store,
    clock: systemClock,
    logger: silentLogger,
    random: () => 0.5,
    filesFolder: join(folder, 'files'),
    runner: await startTransferPool(),
    limits: { concurrency: atOnce, perHostConcurrency: atOnce, bandwidthBytesPerSecond: 0, minimumFreeBytes: 0 },
    connection: () => ({ allowPrivateAddresses: true, platformName: 'Cloudprinter' }),
  });
  const fetchAll = async (files: readonly BenchFile[]): Promise<void> => {
    const ready = untilReady(store, files.length);
    await seedFiles(store, files, systemClock.nowMs());
    downloads.poke();
    await ready;
  };
  await seedOrder(store, systemClock.nowMs());
  await downloads.start();
  await fetchAll([1, 2].map((number) => ({ ...warmUp, name: `warm-up-${number}.pdf` })));
  return {
    fetchAll,
    stop: async () => {
      await downloads.stop();
      await store.close();
    },
  };
};

/** Watches how late the main thread's timers are, while `work` runs. */
export const withLoopDelay = async (work: () => Promise<void>): Promise<ReturnType<typeof monitorEventLoopDelay>> => {
  const histogram = monitorEventLoopDelay({ resolution: 1 });
  histogram.enable();
  await work();
  histogram.disable();
  return histogram;
};
