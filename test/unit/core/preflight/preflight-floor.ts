import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { FileView } from '../../../../main/contract/files.ts';
import type { IncomingItem } from '../../../../main/core/domain/incoming-order.ts';
import { acceptOrder } from '../../../../main/core/intake/accept-order.ts';
import { silentLogger } from '../../../../main/core/ports/logger.ts';
import type { FileInspector } from '../../../../main/core/preflight/inspector.ts';
import { createPreflight, type Preflight } from '../../../../main/core/preflight/preflight.ts';
import type { Store } from '../../../../main/core/store/store.ts';
import { filesById } from '../../../../main/core/views/file-views.ts';
import { createFakeClock, type FakeClock } from '../../../support/fake-clock.ts';
import { sampleItem, sampleOrder } from '../../../support/sample-order.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { connectTo, openTestStore } from '../../../support/test-store.ts';

/** A store and a files folder, and the preflight on top of them. */
export interface PreflightFloor {
  readonly store: Store;
  readonly clock: FakeClock;
  /** Takes in an order with one item; answers the ids of its files. */
  order(item?: Partial<IncomingItem>): Promise<readonly number[]>;
  /** What a download does once it has verified a file. */
  makeReady(fileId: number, content: Uint8Array): Promise<void>;
  /** Looks into files until `stop()` or the end of the test; without an inspector in a real thread. */
  start(inspector?: FileInspector): Preflight;
  view(fileId: number): Promise<FileView>;
}

export const openPreflightFloor = async (): Promise<PreflightFloor> => {
  const { store } = await openTestStore();
  const filesFolder = await temporaryFolder();
  const clock = createFakeClock();
  const connection = (await connectTo(store)).find('shop');
  if (connection === null) throw new Error('no connection shop');
  let orders = 0;
  return {
    store,
    clock,
    order: async (item) => {
      orders += 1;
      const id = `order-${orders}`;
      const order = sampleOrder(id, 0, { items: [sampleItem(`${id}-1`, item)] });
      const input = { connection, order, nameTemplate: '{order}_{item}_{role}', nowMs: clock.nowMs(), by: 'platform' };
      const { orderId } = await store.write((transaction) => acceptOrder(transaction, input));
      const files = await store.read.selectFrom('files').select('id').where('orderId', '=', orderId).execute();
      return files.map((file) => file.id);
    },
    makeReady: async (fileId, content) => {
      const { relativePath } = await store.read
        .selectFrom('files')
        .select('relativePath')
        .where('id', '=', fileId)
        .executeTakeFirstOrThrow();
      const path = join(filesFolder, relativePath);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
      const sha256 = createHash('sha256').update(content).digest('hex');
      await store.write(async ({ db, touched }) => {
        await db
          .updateTable('files')
          .set({ state: 'ready', receivedBytes: content.length, sha256, readyAtMs: clock.nowMs() })
          .where('id', '=', fileId)
          .execute();
        touched.files.add(fileId);
      });
    },
    start: (inspector) => {
      const preflight = createPreflight({
        store,
        clock,
        logger: silentLogger,
        filesFolder,
        causeOf: (connectionId, finding, role) => `${connectionId} ${finding} ${role}`,
        ...(inspector === undefined ? {} : { inspector }),
      });
      onTestFinished(() => preflight.stop());
      preflight.start();
      return preflight;
    },
    view: async (fileId) => {
      const [file] = await filesById(store.read, [fileId], filesFolder);
      if (file === undefined) throw new Error(`no file ${fileId}`);
      return file;
    },
  };
};
