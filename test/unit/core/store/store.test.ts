import { existsSync } from 'node:fs';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Touched } from '../../../../main/core/store/changes.ts';
import { remnantsMarkOf } from '../../../../main/core/store/log-remnants.ts';
import { Store } from '../../../../main/core/store/store.ts';
import { startNodeChild } from '../../../support/node-child.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { openTestStore } from '../../../support/test-store.ts';

const put = (store: Store, key: string): Promise<void> =>
  store.write(async ({ db }) => {
    await db.insertInto('settings').values({ key, valueJson: '1' }).execute();
  });

const keysOf = async (store: Store): Promise<string[]> =>
  (await store.read.selectFrom('settings').select('key').orderBy('key').execute()).map((row) => row.key);

const orphan = { by: null, evidence: 'stationDid', detailJson: '{}', code: 'x', atMs: 0, orderId: 999 } as const;

describe('a full disk', () => {
  it('leaves word that the log may hold what was given up, until the log begins anew', async () => {
    const path = `${await temporaryFolder()}/platen.db`;
    const store = await Store.open(path);
    await store.write(({ db }) => sql`PRAGMA max_page_count = 1`.execute(db));
    const big = store.write(({ db }) =>
      db
        .insertInto('settings')
        .values({ key: 'big', valueJson: 'x'.repeat(2_000_000) })
        .execute(),
    );
    await expect(big).rejects.toMatchObject({ code: 'SQLITE_FULL' });
    expect(existsSync(remnantsMarkOf(path))).toBe(true);
    await store.close();
    expect(existsSync(remnantsMarkOf(path))).toBe(false);
  });
});

describe('a commit', () => {
  it('waits for the disk: the writer keeps a log ahead and syncs it in full', async () => {
    const { store } = await openTestStore();
    const pragmas = await store.write(async ({ db }) => {
      const mode = await sql<{ journalMode: string }>`PRAGMA journal_mode`.execute(db);
      const synchronous = await sql<{ synchronous: number }>`PRAGMA synchronous`.execute(db);
      const foreignKeys = await sql<{ foreignKeys: number }>`PRAGMA foreign_keys`.execute(db);
      return { ...mode.rows[0], ...synchronous.rows[0], ...foreignKeys.rows[0] };
    });
    expect(pragmas).toEqual({ journalMode: 'wal', synchronous: 2, foreignKeys: 1 });
  });

  it('that has resolved is there after the process was killed', { timeout: 60_000 }, async () => {
    const path = `${await temporaryFolder()}/platen.db`;
    const child = startNodeChild(new URL('./commit-child.ts', import.meta.url), [path]);
    const printed: string[] = [];
    expect(await child.line()).toBe('open');
    while (printed.length < 60) printed.push(await child.line());
    await child.kill();
    const store = await Store.open(path);
    const kept = await keysOf(store);
    await store.close();
    expect(kept).toEqual(expect.arrayContaining(printed));
  });

  it('is seen by readers, and nothing is before it', async () => {
    const { store } = await openTestStore();
    const during = await store.write(async ({ db }) => {
      await db.insertInto('settings').values({ key: 'new', valueJson: '1' }).execute();
      const own = await db.selectFrom('settings').select('key').execute();
      return { own: own.length, reader: await keysOf(store) };
    });
    expect(during).toEqual({ own: 1, reader: [] });
    expect(await keysOf(store)).toEqual(['new']);
  });

  it('tells what it touched, once it is there; a transaction that fails tells nothing', async () => {
    const { store } = await openTestStore();
    const told: Touched[] = [];
    store.changes.subscribe((touched) => told.push(touched));
    await expect(
      store.write(async ({ touched }) => {
        touched.orders.add(1);
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(told).toEqual([]);
    await store.write(async ({ touched }) => {
      touched.orders.add(2);
    });
    expect(told.map(({ orders }) => [...orders])).toEqual([[2]]);
  });
});

describe('transactions at the same time', () => {
  it('lose nothing when one of them fails', async () => {
    const { store } = await openTestStore();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 40 }, (_, index) =>
        store.write(async ({ db }) => {
          await db
            .insertInto('settings')
            .values({ key: `k${String(index).padStart(2, '0')}`, valueJson: '1' })
            .execute();
          if (index % 4 === 3) throw new Error('this one fails');
        }),
      ),
    );
    const kept = outcomes.flatMap(({ status }, index) =>
      status === 'fulfilled' ? [`k${String(index).padStart(2, '0')}`] : [],
    );
    expect(kept).toHaveLength(30);
    expect(await keysOf(store)).toEqual(kept);
  });

  it('are all told when the commit that they share fails, and later ones go on', async () => {
    const { store } = await openTestStore();
    const outcomes = await Promise.allSettled([
      put(store, 'before'),
      store.write(async ({ db }) => {
        await sql`PRAGMA defer_foreign_keys = ON`.execute(db);
        await db.insertInto('events').values(orphan).execute();
      }),
      put(store, 'after'),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(await keysOf(store)).toEqual([]);
    await put(store, 'later');
    expect(await keysOf(store)).toEqual(['later']);
  });

  it('keep what they did when a commit fails while the next transaction is under way', async () => {
    const { store } = await openTestStore();
    const failing = store.write(async ({ db }) => {
      await sql`PRAGMA defer_foreign_keys = ON`.execute(db);
      await db.insertInto('events').values(orphan).execute();
    });
    const next = failing.catch(() => put(store, 'right after'));
    const rounds = Array.from({ length: 10 }, async (_, index) => {
      await failing.catch(() => null);
      await put(store, `round ${index}`);
    });
    await Promise.all([next, ...rounds]);
    expect(await keysOf(store)).toHaveLength(11);
  });
});

describe('a table', () => {
  it('refuses values of a wrong type', async () => {
    const { store } = await openTestStore();
    await expect(
      store.write(({ db }) =>
        sql`INSERT INTO channels (connection_id, name, state, since_ms) VALUES ('x', 'signals', 'open', 'yesterday')`.execute(
          db,
        ),
      ),
    ).rejects.toMatchObject({ code: 'SQLITE_CONSTRAINT_DATATYPE' });
  });

  it('is strict, every one of them', async () => {
    const { store } = await openTestStore();
    const { rows } = await sql<{ name: string; strict: number }>`
      SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%'`.execute(
      store.read,
    );
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.filter((row) => row.strict !== 1)).toEqual([]);
  });

  it('refuses a row whose order is not there', async () => {
    const { store } = await openTestStore();
    await expect(store.write(({ db }) => db.insertInto('events').values(orphan).execute())).rejects.toMatchObject({
      code: 'SQLITE_CONSTRAINT_FOREIGNKEY',
    });
  });
});

describe('a closed store', () => {
  it('refuses at once instead of letting its callers wait', async () => {
    const { store } = await openTestStore();
    await store.close();
    await expect(keysOf(store)).rejects.toThrow('the database is closed');
    await expect(put(store, 'late')).rejects.toThrow('the database is closed');
  });
});
