import { mkdir, readdir, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { acceptOrder } from '../../../../main/core/intake/accept-order.ts';
import { silentLogger } from '../../../../main/core/ports/logger.ts';
import { deleteFiles } from '../../../../main/core/retention/delete-files.ts';
import { DeletionClock } from '../../../../main/core/retention/deletion-clock.ts';
import { dueOrders } from '../../../../main/core/retention/due-orders.ts';
import { type RetentionDeps, RetentionWork } from '../../../../main/core/retention/retention-work.ts';
import { refreshProgress } from '../../../../main/core/store/refresh-progress.ts';
import type { Store, WriteTransaction } from '../../../../main/core/store/store.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';
import { sampleItem, sampleOrder } from '../../../support/sample-order.ts';
import { createSettableClock } from '../../../support/settable-clock.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { connectTo, openTestStore } from '../../../support/test-store.ts';

const dayMs = 86_400_000;
const startMs = Date.UTC(2026, 0, 5, 8);
const secrets = ['Reader', 'Road 1', 'ref-', 'Fjord Books', 'Title of', 'wedding', 'TRACK-1', 'for aunt May'];

interface Floor {
  readonly store: Store;
  readonly filesFolder: string;
  /** An order whose items have all been shipped or cancelled at these moments, with one file of 1000 bytes each. */
  order(externalId: string, closedAtMs: readonly (number | null)[]): Promise<number>;
  write(change: (transaction: WriteTransaction) => Promise<unknown>): Promise<void>;
  /** Relative paths of the files that lie there, sorted. */
  lying(): Promise<readonly string[]>;
}

const openFloor = async (): Promise<Floor> => {
  const { store } = await openTestStore();
  const connection = (await connectTo(store)).find('shop');
  if (connection === null) throw new Error('no connection');
  const filesFolder = join(await temporaryFolder(), 'files');
  await mkdir(filesFolder);
  return {
    store,
    filesFolder,
    order: async (externalId, closedAtMs) => {
      const items = closedAtMs.map((_, index) => sampleItem(`${externalId}-${index + 1}`));
      const order = sampleOrder(externalId, 0, { items, document: '{"to":"Reader, Road 1"}' });
      const { orderId } = await store.write(async (transaction) => {
        const accepted = await acceptOrder(transaction, {
          connection,
          order,
          nameTemplate: '{order}_{item}_{title}',
          nowMs: startMs,
          by: 'platform',
        });
        const { db } = transaction;
        for (const [index, shippedAtMs] of closedAtMs.entries()) {
          await db
            .updateTable('items')
            .set({ shippedAtMs })
            .where('externalId', '=', `${externalId}-${index + 1}`)
            .execute();
        }
        await db
          .updateTable('files')
          .set({ state: 'ready', receivedBytes: 1000, nextAtMs: null, sha256: 'x', readyAtMs: startMs })
          .where('orderId', '=', accepted.orderId)
          .execute();
        await db
          .updateTable('outbox')
          .set({ state: 'sent', nextAtMs: null, payloadJson: '{"tracking":"TRACK-1"}' })
          .where('orderId', '=', accepted.orderId)
          .execute();
        await refreshProgress(transaction, accepted.orderId);
        return accepted;
      });
      const files = await store.read.selectFrom('files').selectAll().where('orderId', '=', orderId).execute();
      for (const { relativePath } of files) {
        await mkdir(dirname(join(filesFolder, relativePath)), { recursive: true });
        await writeFile(join(filesFolder, relativePath), Buffer.alloc(1000));
      }
      return orderId;
    },
    write: async (change) => {
      await store.write((transaction) => change(transaction));
    },
    lying: async () =>
      (await readdir(filesFolder, { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.isFile())
        .map(({ name }) => name)
        .toSorted(),
  };
};

const limits = { keepDaysAfterShipped: 30, keepDaysWhenFull: 7, minimumFreeBytes: 5000 };

/** Claims and runs until nothing is due any more, as the loop does. */
const drain = async (work: RetentionWork): Promise<void> => {
  for (let batches = await work.claim(); batches.length > 0; batches = await work.claim()) {
    for (const batch of batches) await work.run(batch);
  }
};

const workOn = (floor: Floor, nowMs: number, changes: Partial<RetentionDeps> = {}): RetentionWork =>
  new RetentionWork({
    store: floor.store,
    clock: createFakeClock(nowMs),
    deletionClock: { nowMs: async () => nowMs },
    logger: silentLogger,
    filesFolder: floor.filesFolder,
    limits: () => limits,
    freeBytes: async () => 1e9,
    ...changes,
  });

const runRetention = (floor: Floor, nowMs: number, freeBytes = 1e9): Promise<void> =>
  drain(workOn(floor, nowMs, { freeBytes: async () => freeBytes }));

const deletions = (store: Store) =>
  store.read.selectFrom('deletions').select(['orderId', 'what', 'fileCount', 'byteCount', 'by']).execute();

describe('retention: files and personal data are deleted N days after the last item was shipped or cancelled', () => {
  it('looks again within the hour when the clock was a year ahead and is set back', async () => {
    const floor = await openFloor();
    const clock = createSettableClock();
    const work = workOn(floor, 0, { clock, deletionClock: { nowMs: async () => clock.nowMs() } });
    clock.setAhead(365 * dayMs);
    await drain(work);
    expect(await work.nextDueMs(), 'the control').toBe(clock.nowMs() + 3_600_000);
    clock.setAhead(0);
    expect(await work.nextDueMs()).toBe(clock.nowMs());
    await drain(work);
    expect(await work.nextDueMs()).toBe(clock.nowMs() + 3_600_000);
  });

  it('deletes the files of what is over for so long, keeps the rest, and logs it once', {
    timeout: 30_000,
  }, async () => {
    const floor = await openFloor();
    const over = await floor.order('A1', [startMs, startMs + dayMs]);
    await floor.order('A2', [startMs, null]);
    await floor.order('A3', [startMs + 2 * dayMs]);
    const before = await floor.lying();
    await runRetention(floor, startMs + 31 * dayMs - 1);
    expect(await floor.lying()).toEqual(before);
    await runRetention(floor, startMs + 31 * dayMs);
    expect(await floor.lying()).toEqual(before.filter((name) => !name.startsWith('A1')));
    expect(await deletions(floor.store)).toEqual([
      { orderId: over, what: 'files', fileCount: 2, byteCount: 2000, by: 'retention' },
      { orderId: over, what: 'personal', fileCount: 0, byteCount: 23, by: 'retention' },
    ]);
    // The order's empty folder is gone, too; the others stay.
    await expect(stat(join(floor.filesFolder, 'shop', 'A1'))).rejects.toThrow('ENOENT');
    await runRetention(floor, startMs + 31 * dayMs);
    expect(await deletions(floor.store)).toHaveLength(2);
    const history = await floor.store.read
      .selectFrom('events')
      .select('code')
      .where('orderId', '=', over)
      .where('code', 'like', 'order.%Deleted')
      .execute();
    expect(history.map(({ code }) => code)).toEqual(['order.filesDeleted', 'order.personalDeleted']);
  });

  it('leaves no word of a person in the database file, and keeps the numbers', { timeout: 30_000 }, async () => {
    const floor = await openFloor();
    const orderId = await floor.order('A1', [startMs]);
    await floor.write(async ({ db }) => {
      await db.insertInto('notes').values({ orderId, atMs: 1, by: 'AB', text: 'wedding for aunt May' }).execute();
      await db
        .insertInto('events')
        .values({
          atMs: 1,
          orderId,
          code: 'item.held',
          evidence: 'operatorSaid',
          detailJson: '{"note":"wedding","role":"cover"}',
        })
        .execute();
      await db
        .insertInto('orderRevisions')
        .values({
          orderId,
          receivedAtMs: 1,
          contentHash: 'h',
          document: 'Reader',
          documentFormat: 'json',
          summary: 'Title of',
        })
        .execute();
    });
    const everything = async (): Promise<string> => {
      const { read } = floor.store;
      const rows = await Promise.all([
        read.selectFrom('orders').selectAll().execute(),
        read.selectFrom('items').selectAll().execute(),
        read.selectFrom('files').selectAll().execute(),
        read.selectFrom('outbox').selectAll().execute(),
        read.selectFrom('events').selectAll().execute(),
        read.selectFrom('notes').selectAll().execute(),
        read.selectFrom('orderRevisions').selectAll().execute(),
      ]);
      return JSON.stringify(rows);
    };
    const before = await everything();
    expect(secrets.filter((secret) => !before.includes(secret))).toEqual([]);
    await runRetention(floor, startMs + 31 * dayMs);
    const after = await everything();
    expect(secrets.filter((secret) => after.includes(secret))).toEqual([]);
    const item = await floor.store.read.selectFrom('items').selectAll().executeTakeFirstOrThrow();
    expect(item).toMatchObject({ externalId: 'A1-1', product: 'textbook_pb_a5_p_bw', copies: 2, shippedAtMs: startMs });
    expect(after).toContain('\\"role\\":\\"cover\\"');
  });

  const open: readonly (readonly [string, (db: WriteTransaction['db'], orderId: number) => Promise<unknown>])[] = [
    ['a held item', (db) => db.updateTable('orders').set({ held: 1 }).execute()],
    ...(['queued', 'sending', 'waiting', 'problem', 'maybe'] as const).map(
      (state) =>
        [
          `a signal that is ${state}`,
          (db: WriteTransaction['db']) => db.updateTable('outbox').set({ state }).execute(),
        ] as const,
    ),
    [
      'a signal that can be undone',
      (db) =>
        db
          .updateTable('outbox')
          .set({ undoUntilMs: startMs + 99 * dayMs })
          .execute(),
    ],
    ...(['intended', 'copying', 'maybeSent', 'waiting', 'problem'] as const).map(
      (state) =>
        [
          `a hand-over that is ${state}`,
          async (db: WriteTransaction['db'], orderId: number) => {
            await db
              .insertInto('hotFolders')
              .values({ id: 'rip', name: 'RIP', settingsJson: '{}', fromConfig: 0, state: 'ok' })
              .execute();
            const file = await db.selectFrom('files').select('id').executeTakeFirstOrThrow();
            await db
              .insertInto('handovers')
              .values({
                fileId: file.id,
                orderId,
                hotFolderId: 'rip',
                state,
                fileName: 'x',
                temporaryName: 'y',
                renaming: 0,
                sha256: 'x',
                bytes: 1,
                intendedAtMs: 1,
                attempts: 0,
                createdBy: 'station',
              })
              .execute();
          },
        ] as const,
    ),
    [
      'an action that can be undone',
      async (db) => {
        const item = await db.selectFrom('items').select('id').executeTakeFirstOrThrow();
        const values = { atMs: 1, by: 'AB', kind: 'shipped', detailJson: '{}', undoUntilMs: startMs + 99 * dayMs };
        const { id } = await db.insertInto('actions').values(values).returning('id').executeTakeFirstOrThrow();
        await db
          .insertInto('actionItems')
          .values({ actionId: id, itemId: item.id, beforeJson: '{}', outboxIdsJson: '[]' })
          .execute();
      },
    ],
    [
      'a revision that came later',
      (db, orderId) =>
        db
          .insertInto('orderRevisions')
          .values({
            orderId,
            receivedAtMs: startMs + 30 * dayMs,
            contentHash: 'h',
            document: '',
            documentFormat: '',
            summary: '',
          })
          .execute(),
    ],
    ['a transfer', (db) => db.updateTable('files').set({ state: 'fetching' }).execute()],
  ];

  it('never deletes what something is open about', { timeout: 60_000 }, async () => {
    const floor = await openFloor();
    const orderId = await floor.order('A1', [startMs]);
    const question = {
      what: 'files' as const,
      closedUntilMs: startMs + dayMs,
      nowMs: startMs + 31 * dayMs,
      limit: 9,
      except: [],
    };
    const dueWith = async (change: (typeof open)[number][1] | null): Promise<readonly number[]> => {
      let due: readonly number[] = [];
      const undone = new Error('undone');
      await floor
        .write(async ({ db }) => {
          if (change !== null) await change(db, orderId);
          due = await dueOrders(db, question);
          throw undone;
        })
        .catch((error: unknown) => {
          if (error !== undone) throw error;
        });
      return due;
    };
    expect(await dueWith(null)).toEqual([orderId]);
    for (const [what, change] of open) expect([what, await dueWith(change)]).toEqual([what, []]);
  });

  it('goes on after a crash between the row and the file: no orphan, and one line in the log', async () => {
    const floor = await openFloor();
    const orderId = await floor.order('A1', [startMs]);
    const [name = ''] = await floor.lying();
    const input = { orderIds: [orderId], by: 'retention', closedUntilMs: startMs, nowMs: startMs + 30 * dayMs };
    // The files cannot be reached, as after a kill in the middle: marked, and not gone.
    const [result] = await deleteFiles(floor.store, join(floor.filesFolder, '..', 'nowhere', '\0'), input);
    expect(result?.kind).toBe('refused');
    expect(await floor.lying()).toEqual([name]);
    await runRetention(floor, startMs + 31 * dayMs);
    expect(await floor.lying()).toEqual([]);
    expect((await deletions(floor.store)).filter(({ what }) => what === 'files')).toHaveLength(1);
  });

  it('never deletes through a link that leads out of the files folder', async () => {
    const floor = await openFloor();
    const orderId = await floor.order('A1', [startMs]);
    const outside = await temporaryFolder();
    await writeFile(join(outside, 'keep.pdf'), 'not ours');
    await symlink(outside, join(floor.filesFolder, 'shop', 'link'));
    await floor.write(({ db }) => db.updateTable('files').set({ relativePath: 'shop/link/keep.pdf' }).execute());
    const input = { orderIds: [orderId], by: 'retention', closedUntilMs: startMs, nowMs: startMs + 30 * dayMs };
    expect((await deleteFiles(floor.store, floor.filesFolder, input))[0]?.kind).toBe('refused');
    expect(await readdir(outside)).toEqual(['keep.pdf']);
  });
});

describe('a clock that leaps', () => {
  /** A station with one order that was shipped just now, and with a full disk. */
  const openShipped = async () => {
    const floor = await openFloor();
    await floor.order('A1', [startMs]);
    const clock = createSettableClock();
    const { store } = floor;
    const start = (): RetentionWork => {
      const deletionClock = new DeletionClock({ store, clock, logger: silentLogger });
      return workOn(floor, 0, { clock, deletionClock, freeBytes: async () => 0 });
    };
    /** Looks each hour, as the loop does. */
    const runHours = async (work: RetentionWork, hours: number): Promise<void> => {
      for (let hour = 0; hour < hours; hour += 1) {
        await clock.advance(3_600_000);
        await drain(work);
      }
    };
    const work = start();
    await drain(work);
    return { floor, clock, work, start, runHours, deleted: async () => (await deletions(store)).length };
  };

  it('deletes nothing for a day when it was set a year ahead, also with a full disk and over a restart', async () => {
    const { clock, work, start, runHours, deleted } = await openShipped();
    clock.setAhead(365 * dayMs);
    await runHours(work, 12);
    const second = start();
    await drain(second);
    await runHours(second, 11);
    expect(await deleted()).toBe(0);
    // The control: whoever leaves it so for a day means it.
    await runHours(second, 2);
    expect(await deleted()).toBe(2);
  });

  it('has lost nothing when it is set back within the day', async () => {
    const { clock, work, runHours, deleted, floor } = await openShipped();
    clock.setAhead(365 * dayMs);
    await runHours(work, 20);
    clock.setAhead(0);
    await runHours(work, 48);
    expect(await deleted()).toBe(0);
    expect(await floor.lying()).toHaveLength(1);
  });

  it('is no leap when the same time passes by itself', async () => {
    const { clock, work, deleted } = await openShipped();
    await clock.advance(31 * dayMs);
    await drain(work);
    expect(await deleted()).toBe(2);
  });
});

describe('the disk guard', () => {
  it('deletes early what may go early, shipped longest ago first, only until there is room', {
    timeout: 30_000,
  }, async () => {
    const floor = await openFloor();
    await floor.order('A3', [startMs + 2 * dayMs]);
    await floor.order('A1', [startMs]);
    await floor.order('A2', [startMs + dayMs]);
    await floor.order('A4', [startMs + 9 * dayMs]);
    await floor.order('A5', [null]);
    const freeBytes = async () => 7500 - (await floor.lying()).length * 1000;
    const work = workOn(floor, startMs + 10 * dayMs, { freeBytes });
    work.diskFull(4000);
    await drain(work);
    expect(await freeBytes()).toBe(5500);
    expect((await floor.lying()).map((name) => name.slice(0, 2))).toEqual(['A4', 'A5']);
    expect((await deletions(floor.store)).map(({ what, by }) => `${what} ${by}`)).toEqual(
      Array.from({ length: 3 }, () => 'files diskGuard'),
    );
  });

  it('never deletes unshipped work, however full the disk is', { timeout: 30_000 }, async () => {
    const floor = await openFloor();
    await floor.order('A1', [null]);
    await floor.order('A2', [startMs + 9 * dayMs]);
    const before = await floor.lying();
    await runRetention(floor, startMs + 10 * dayMs, 0);
    expect(await floor.lying()).toEqual(before);
    // The control: the same disk, when the second order is a week old.
    await runRetention(floor, startMs + 16 * dayMs, 0);
    expect((await floor.lying()).map((name) => name.slice(0, 2))).toEqual(['A1']);
  });
});
