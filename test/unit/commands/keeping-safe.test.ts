import { mkdir, readdir, stat, truncate, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { acceptOrder } from '../../../main/core/intake/accept-order.ts';
import { rollBackups } from '../../../main/core/recovery/write-backup.ts';
import { Store } from '../../../main/core/store/store.ts';
import { sampleOrder } from '../../support/sample-order.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { connectTo } from '../../support/test-store.ts';
import { type Ran, startPlaten } from './platen.ts';

const platen = (args: readonly string[]): Promise<Ran> => startPlaten(args).ended;

const dayMs = 86_400_000;
/** The commands' now. */
const nowMs = Date.parse('2026-07-01T09:10:00.000Z');

/** A folder with two backups, of 1 and 2 orders, and a database of 3; each order has one ready file of 1000 bytes. */
const stoppedStation = async (): Promise<string> => {
  const folder = await temporaryFolder();
  const store = await Store.open(join(folder, 'platen.db'));
  const connection = (await connectTo(store)).find('shop');
  if (connection === null) throw new Error('no connection');
  for (const [index, daysAgo] of [2, 1, 0].entries()) {
    const order = sampleOrder(`A${index + 1}`);
    await store.write((transaction) =>
      acceptOrder(transaction, { connection, order, nameTemplate: '{order}', nowMs, by: 'platform' }),
    );
    await store.write(({ db }) =>
      db
        .updateTable('files')
        .set({ state: 'ready', nextAtMs: null, receivedBytes: 1000, sha256: sha256OfThousandZeros })
        .execute(),
    );
    if (daysAgo > 0) {
      await rollBackups({ store, folder: join(folder, 'backups'), nowMs: nowMs - daysAgo * dayMs, keepDays: 30 });
    }
  }
  const files = await store.read.selectFrom('files').select('relativePath').execute();
  for (const { relativePath } of files) {
    await mkdir(dirname(join(folder, 'files', relativePath)), { recursive: true });
    await writeFile(join(folder, 'files', relativePath), Buffer.alloc(1000));
  }
  await store.write(({ db }) =>
    db
      .updateTable('outbox')
      .set({ deadlineAtMs: nowMs + dayMs })
      .execute(),
  );
  await store.close();
  return folder;
};

const sha256OfThousandZeros = '541b3e9daa09b20bf85fa273e5cbd3e80185aa4ec298e765db87742b70138a53';

const ordersIn = (path: string): number => {
  const database = new Database(path, { readonly: true });
  try {
    return Number(database.prepare('SELECT count(*) FROM orders').pluck().get());
  } finally {
    database.close();
  }
};

describe('platen restore', () => {
  it('lists the backups, newest first, with age, size, orders, and whether they are good', {
    timeout: 30_000,
  }, async () => {
    const folder = await stoppedStation();
    await truncate(join(folder, 'backups', 'platen-20260629-091000.db'), 6000);
    const { out, exitCode } = await platen(['restore', '--data', folder]);
    expect(exitCode).toBe(0);
    expect(out.split('\n').slice(0, 3)).toEqual([
      expect.stringMatching(/^BACKUP +AGE +SIZE +ORDERS +STATE$/),
      expect.stringMatching(/^platen-20260630-091000\.db +1 d 0 h +\d+ kB +2 +good$/),
      expect.stringMatching(/^platen-20260629-091000\.db +2 d 0 h +6\.0 kB +damaged: .+$/),
    ]);
    const json: unknown = JSON.parse((await platen(['restore', '--data', folder, '--json'])).out);
    expect(json).toMatchObject([
      { good: true, orders: 2 },
      { good: false, orders: null },
    ]);
    // Looking leaves nothing behind.
    expect(await readdir(join(folder, 'backups'))).toHaveLength(2);
  });

  it('puts a backup in place, keeps the database before it, and leaves vault and files alone', {
    timeout: 30_000,
  }, async () => {
    const folder = await stoppedStation();
    await writeFile(join(folder, 'vault.json'), 'the vault');
    const { out, exitCode, err } = await platen(['restore', 'platen-20260629-091000.db', '--data', folder]);
    expect([err, exitCode]).toEqual(['', 0]);
    expect(out).toMatch(/^Restored: .*platen-20260629-091000\.db, 1 orders?, as it was 2 d 0 h ago\n/);
    expect(ordersIn(join(folder, 'platen.db'))).toBe(1);
    expect(ordersIn(join(folder, 'set-aside', '20260701-091000', 'platen.db'))).toBe(3);
    expect(await readdir(folder)).toEqual(expect.arrayContaining(['vault.json', 'files', 'backups']));
    // The other way round again: nothing is ever lost by it.
    const back = await platen(['restore', join(folder, 'set-aside', '20260701-091000', 'platen.db'), '--data', folder]);
    expect(back.exitCode).toBe(0);
    expect(ordersIn(join(folder, 'platen.db'))).toBe(3);
    expect((await readdir(join(folder, 'set-aside'))).toSorted()).toEqual(['20260701-091000', '20260701-091000-2']);
  });

  it('takes the newest that is good with --newest', { timeout: 30_000 }, async () => {
    const folder = await stoppedStation();
    await truncate(join(folder, 'backups', 'platen-20260630-091000.db'), 6000);
    expect((await platen(['restore', '--newest', '--data', folder])).out).toContain('platen-20260629-091000.db');
  });

  it('changes nothing when the file is damaged, or a station runs', { timeout: 30_000 }, async () => {
    const folder = await stoppedStation();
    await truncate(join(folder, 'backups', 'platen-20260630-091000.db'), 6000);
    const damaged = await platen(['restore', 'platen-20260630-091000.db', '--data', folder]);
    expect([damaged.exitCode, damaged.err]).toEqual([
      1,
      expect.stringMatching(/cannot be restored: it is damaged.*nothing was changed\n$/),
    ]);
    const store = await Store.open(join(folder, 'platen.db'));
    const running = await platen(['restore', 'platen-20260629-091000.db', '--data', folder]);
    await store.close();
    expect([running.exitCode, running.err]).toEqual([1, expect.stringContaining('stop it first')]);
    const unknown = await platen(['restore', 'nowhere.db', '--data', folder]);
    expect([unknown.exitCode, unknown.err]).toEqual([1, expect.stringContaining('there is no')]);
    expect(ordersIn(join(folder, 'platen.db'))).toBe(3);
    expect(await readdir(folder)).not.toContain('set-aside');
  });
});

const checked = z.object({
  findings: z.array(z.object({ code: z.string(), text: z.string(), advice: z.string() })),
});

describe('platen check', () => {
  it('finds nothing in a sound folder, also while the database is in use', { timeout: 30_000 }, async () => {
    const folder = await stoppedStation();
    const store = await Store.open(join(folder, 'platen.db'));
    const { out, exitCode } = await platen(['check', '--deep', '--data', folder]);
    await store.close();
    expect([out, exitCode]).toEqual(['Checked: 3 orders, 3 files: all is well.\n', 0]);
  });

  it('says of each finding what to do, and exits with 1', { timeout: 30_000 }, async () => {
    const folder = await stoppedStation();
    const file = (name: string): string => join(folder, 'files', 'shop', name, `${name}.pdf`);
    await truncate(file('A1'), 999);
    await writeFile(file('A2'), Buffer.alloc(1000, 1));
    await writeFile(join(folder, 'files', 'stray.pdf'), 'x');
    await mkdir(join(folder, 'files', 'shop', 'A9'));
    await mkdir(join(folder, 'set-aside', '20260501-000000'), { recursive: true });
    const database = new Database(join(folder, 'platen.db'));
    database.pragma('foreign_keys = OFF');
    database.exec(`UPDATE files SET relative_path = 'shop/gone.pdf' WHERE id = 3`);
    database.exec(`UPDATE outbox SET deadline_at_ms = ${nowMs - 1000} WHERE id = 1`);
    database.exec(`INSERT INTO notes (order_id, at_ms, by, text) VALUES (99, 1, 'AB', 'x')`);
    database.close();
    await truncate(join(folder, 'backups', 'platen-20260630-091000.db'), 6000);
    const { out, err, exitCode } = await platen(['check', '--deep', '--data', folder, '--json']);
    const { findings } = checked.parse(JSON.parse(out));
    expect(findings.map(({ code }) => code).toSorted()).toEqual([
      'brokenReference',
      'damagedBackup',
      'missingFile',
      'oldSetAside',
      'orphanFile',
      'orphanFile',
      'overdueSignal',
      'wrongContent',
      'wrongLength',
    ]);
    for (const { text, advice } of findings) expect(`${text}${advice}`).toMatch(/^[^\n]{20,}$/);
    expect([exitCode, err]).toEqual([1, 'platen: the check found 9 things to look at\n']);
    // Without --deep nobody reads the contents.
    expect((await platen(['check', '--data', folder])).err).toBe('platen: the check found 8 things to look at\n');
  });

  it('of a damaged or missing database says how to restore it', { timeout: 30_000 }, async () => {
    const folder = await stoppedStation();
    await truncate(join(folder, 'platen.db'), 5000);
    const { out, exitCode } = await platen(['check', '--data', folder]);
    expect(exitCode).toBe(1);
    expect(out).toMatch(/is damaged: .*platen restore/s);
    expect((await stat(join(folder, 'platen.db'))).size).toBe(5000);
    expect((await platen(['check', '--data', join(folder, 'nowhere')])).out).toContain('is missing');
  });

  it('has nobody delete what a newer version made', { timeout: 30_000 }, async () => {
    const folder = await stoppedStation();
    for (const name of ['platen.db', 'backups/platen-20260630-091000.db']) {
      const database = new Database(join(folder, name));
      database.pragma('user_version = 9999');
      database.close();
    }
    const { out } = await platen(['check', '--data', folder, '--json']);
    const { findings } = checked.parse(JSON.parse(out));
    expect(findings).toEqual([
      { code: 'database', text: expect.stringContaining('newer Platen'), advice: expect.stringMatching(/^install/) },
      { code: 'newerBackup', text: expect.stringContaining('newer Platen'), advice: 'keep it for that version' },
    ]);
  });
});
