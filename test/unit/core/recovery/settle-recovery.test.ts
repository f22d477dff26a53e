import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { acceptOrder } from '../../../../main/core/intake/accept-order.ts';
import { silentLogger } from '../../../../main/core/ports/logger.ts';
import { holdDoubtful } from '../../../../main/core/recovery/hold-doubtful.ts';
import { type RecoveryNote, writeRecoveryNote } from '../../../../main/core/recovery/recovery-note.ts';
import {
  recoveryText,
  type SettleRecoveryDeps,
  settleRecovery,
} from '../../../../main/core/recovery/settle-recovery.ts';
import { Store } from '../../../../main/core/store/store.ts';
import { sampleOrder } from '../../../support/sample-order.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { connectTo, openTestStore } from '../../../support/test-store.ts';

const hourMs = 3_600_000;
const knownUntilMs = Date.UTC(2026, 0, 5, 8);
const nowMs = knownUntilMs + 5 * hourMs;

const note: RecoveryNote = {
  kind: 'backup',
  atMs: nowMs,
  knownUntilMs,
  from: 'platen-20260105-080000.db',
  setAside: '20260105-130000',
  cause: 'the database was damaged',
  handled: false,
  doubtFolders: [],
  report: null,
  seen: false,
};

const acceptInto = async (store: Store, externalIds: readonly string[]): Promise<void> => {
  const connection = (await connectTo(store)).find('shop');
  if (connection === null) throw new Error('no connection');
  for (const externalId of externalIds) {
    await store.write((transaction) =>
      acceptOrder(transaction, {
        connection,
        order: sampleOrder(externalId),
        nameTemplate: '{order}',
        nowMs: knownUntilMs,
        by: 'platform',
      }),
    );
  }
};

/** A restored database of the orders A1 to A4, and the folders beside it. */
const openRestored = async (changes: Partial<RecoveryNote> = {}) => {
  const dataFolder = await temporaryFolder();
  const filesFolder = join(dataFolder, 'files');
  const { store } = await openTestStore(dataFolder);
  await acceptInto(store, ['A1', 'A2', 'A3', 'A4']);
  await store.write((transaction) => writeRecoveryNote(transaction, { ...note, ...changes }));
  const imported: string[] = [];
  const deps: SettleRecoveryDeps = {
    store,
    logger: silentLogger,
    dataFolder,
    filesFolder,
    nowMs,
    shortestKeepDays: 7,
    importOrder: async (connectionId, document) => {
      imported.push(`${connectionId} ${document}`);
      return true;
    },
  };
  return {
    store,
    deps,
    imported,
    put: async (relativePath: string) => {
      await mkdir(dirname(join(filesFolder, relativePath)), { recursive: true });
      await writeFile(join(filesFolder, relativePath), 'pdf');
    },
    held: async () => {
      const rows = await store.read
        .selectFrom('items')
        .innerJoin('orders', 'orders.id', 'items.orderId')
        .select(['orders.externalId', 'orders.held'])
        .where('items.heldAtMs', 'is not', null)
        .orderBy('orders.id')
        .execute();
      expect(rows.every(({ held }) => held === 1)).toBe(true);
      return rows.map(({ externalId }) => externalId);
    },
  };
};

describe('after a restore, what may have happened since the backup', () => {
  it('is in doubt: commands and hand-overs are maybe, and an item whose file lies there is held', {
    timeout: 30_000,
  }, async () => {
    const { store, deps, put, held } = await openRestored();
    await put('shop/A2/A2.pdf');
    await store.write(async ({ db }) => {
      await db.updateTable('outbox').set({ repeatable: 0 }).where('orderId', '=', 1).execute();
      await db.updateTable('files').set({ state: 'ready', nextAtMs: null }).where('orderId', 'in', [2, 3]).execute();
      await db
        .insertInto('hotFolders')
        .values({ id: 'rip', name: 'RIP', settingsJson: '{}', fromConfig: 0, state: 'ok' })
        .execute();
      await db
        .insertInto('handovers')
        .values({
          fileId: 4,
          orderId: 4,
          itemId: 4,
          hotFolderId: 'rip',
          state: 'intended',
          fileName: 'x',
          temporaryName: 'y',
          renaming: 0,
          sha256: 'x',
          bytes: 1,
          intendedAtMs: 1,
          attempts: 0,
          createdBy: 'station',
          nextAtMs: 1,
        })
        .execute();
      await db
        .insertInto('sweeps')
        .values({ connectionId: 'shop', reconcileReason: 'hourly', cursor: 'page 9', nextAtMs: nowMs + hourMs })
        .execute();
    });
    const settled = await settleRecovery(deps);
    const report = settled?.report ?? null;
    expect(report).toMatchObject({ maybeCommands: 1, maybeHandovers: 1, heldItems: 1, missingFiles: 1 });
    const outbox = await store.read.selectFrom('outbox').select(['orderId', 'state']).orderBy('id').execute();
    // What may be repeated is sent, in its order; what may not is looked up.
    expect(outbox.map(({ state }) => state)).toEqual(['maybe', 'queued', 'queued', 'queued']);
    expect(await held()).toEqual(['A2']);
    const handover = await store.read.selectFrom('handovers').selectAll().executeTakeFirstOrThrow();
    expect(handover).toMatchObject({ state: 'maybeSent', nextAtMs: null });
    // A3 was ready and is gone: it is fetched again. A1 was never fetched, so nobody can have printed it.
    const files = await store.read.selectFrom('files').select('state').orderBy('id').execute();
    expect(files.map(({ state }) => state)).toEqual(['queued', 'ready', 'queued', 'queued']);
    expect(await store.read.selectFrom('sweeps').select(['cursor', 'nextAtMs']).execute()).toEqual([
      { cursor: null, nextAtMs: nowMs },
    ]);
    expect(report === null ? '' : recoveryText(note, report)).toMatch(
      /restored from platen-20260105-080000\.db .*2026-01-05 08:00 UTC.*1 item held, 2 hand-overs and commands in doubt/,
    );
    // Once: the next start finds it handled, and shows the same report.
    await store.write(({ db }) => db.updateTable('items').set({ heldAtMs: null }).execute());
    expect(await settleRecovery(deps)).toEqual(settled);
    expect(await held()).toEqual([]);
  });

  it('is every open item when more time is missing than files are kept', { timeout: 30_000 }, async () => {
    const { deps, held } = await openRestored({ knownUntilMs: nowMs - 8 * 24 * hourMs });
    await settleRecovery(deps);
    expect(await held()).toEqual(['A1', 'A2', 'A3', 'A4']);
  });

  it('has orders that are read from the database set aside, or named by their files, or held when they come again', {
    timeout: 30_000,
  }, async () => {
    const { store, deps, imported, put, held } = await openRestored();
    const aside = join(deps.dataFolder, 'set-aside', note.setAside);
    await mkdir(aside, { recursive: true });
    const old = await Store.open(join(aside, 'platen.db'));
    await acceptInto(old, ['A1', 'A2', 'A3', 'A4', 'A5', 'A6']);
    await old.write(({ db }) => db.updateTable('orders').set({ document: '' }).where('id', '=', 6).execute());
    await old.close();
    await put('shop/A7/A7.pdf');
    const settled = await settleRecovery(deps);
    expect(imported).toEqual(['shop {"id":"A5"}']);
    expect(settled?.report).toMatchObject({ takenInAgain: ['shop:A5'], missing: ['shop:A6', 'shop:A7'] });
    expect(await readdir(join(aside, 'orders'))).toEqual(['shop_A5.json']);
    // The platform sends A7 again: its file was there, so it waits for a person, who asks for it once.
    await acceptInto(store, ['A7', 'A8']);
    if (settled === null) throw new Error('no note');
    const filesOf = await store.read.selectFrom('files').select('id').where('orderId', '>', 4).execute();
    const ready = () =>
      store.write(async (transaction) => {
        for (const { id } of filesOf) await holdDoubtful(transaction, id, settled, nowMs);
        await transaction.db.updateTable('orders').set({ held: 1 }).where('externalId', '=', 'A7').execute();
      });
    await ready();
    expect(await held()).toEqual(['A7']);
    await store.write(async ({ db }) => {
      await db.updateTable('items').set({ heldAtMs: null }).execute();
      const item = await db
        .selectFrom('items')
        .select(['id', 'orderId'])
        .where('externalId', '=', 'A7-1')
        .executeTakeFirstOrThrow();
      await db
        .insertInto('events')
        .values({
          atMs: nowMs,
          orderId: item.orderId,
          itemId: item.id,
          code: 'item.resumed',
          detailJson: '{}',
          evidence: 'operatorSaid',
        })
        .execute();
    });
    await ready();
    expect(await held()).toEqual([]);
  });
});
