import { copyFile, open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { DatabaseOpenError, openWriter } from '../../../../main/core/store/open-database.ts';
import { Store } from '../../../../main/core/store/store.ts';
import { startNodeChild } from '../../../support/node-child.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const refusalOf = async (path: string): Promise<DatabaseOpenError> => {
  const opened = await Store.open(path).catch((error: unknown) => error);
  if (opened instanceof Store) await opened.close();
  if (!(opened instanceof DatabaseOpenError)) throw new Error(`not refused: ${String(opened)}`);
  return opened;
};

const oneLine = /^[^\n]+$/;

/** A database with some rows, cleanly closed. */
const makeDatabase = async (folder: string): Promise<string> => {
  const path = join(folder, 'platen.db');
  const store = await Store.open(path);
  await store.write(async ({ db }) => {
    for (let index = 0; index < 500; index += 1) {
      await db
        .insertInto('settings')
        .values({ key: `key ${index}`, valueJson: `"${'x'.repeat(200)}"` })
        .execute();
    }
  });
  await store.close();
  return path;
};

describe('opening the database', () => {
  it('refuses one of a newer version in one line, and leaves it as it was', async () => {
    const path = await makeDatabase(await temporaryFolder());
    const database = new Database(path);
    database.pragma('journal_mode = DELETE');
    database.pragma('user_version = 99');
    database.close();
    const before = await readFile(path);
    const refusal = await refusalOf(path);
    expect(refusal.failure).toBe('newer');
    expect(refusal.message).toMatch(oneLine);
    expect(refusal.message).toMatch(/newer Platen \(schema 99/);
    expect((await readFile(path)).equals(before)).toBe(true);
  });

  it('refuses a damaged one in one line, wherever the damage is', async () => {
    const folder = await temporaryFolder();
    const sound = await makeDatabase(folder);
    const { length } = await readFile(sound);
    const pages = length / 4096;
    for (const page of [0, 1, Math.floor(pages / 2)]) {
      const damagedFolder = await temporaryFolder();
      const path = join(damagedFolder, 'platen.db');
      await copyFile(sound, path);
      const file = await open(path, 'r+');
      await file.write(Buffer.alloc(4096, 0xa5), 0, 4096, page * 4096);
      await file.close();
      const refusal = await refusalOf(path);
      expect(refusal.failure).toBe('damaged');
      expect(refusal.message).toMatch(oneLine);
      expect(refusal.message).toContain('restore a file of backups/');
    }
  });

  it('refuses a file that is no database', async () => {
    const path = join(await temporaryFolder(), 'platen.db');
    await writeFile(path, 'This is a text, and long enough to be looked at as a header of a database. '.repeat(20));
    expect((await refusalOf(path)).failure).toBe('damaged');
  });

  it('refuses one that was cut off', async () => {
    const path = await makeDatabase(await temporaryFolder());
    const bytes = await readFile(path);
    await writeFile(path, bytes.subarray(0, Math.floor(bytes.length / 2)));
    expect((await refusalOf(path)).failure).toBe('damaged');
  });

  it('says in one line that the data folder is not there', async () => {
    const refusal = await refusalOf(join(await temporaryFolder(), 'missing', 'platen.db'));
    expect(refusal.failure).toBe('unreadable');
    expect(refusal.message).toMatch(oneLine);
  });

  it('is refused while another process has the data folder, and not after that was killed', {
    timeout: 60_000,
  }, async () => {
    const path = join(await temporaryFolder(), 'platen.db');
    const child = startNodeChild(new URL('./commit-child.ts', import.meta.url), [path]);
    expect(await child.line()).toBe('open');
    const refusal = await refusalOf(path);
    expect(refusal.failure).toBe('inUse');
    expect(refusal.message).toMatch(/^the data folder .+ is in use by another Platen$/);
    await child.kill();
    const store = await Store.open(path);
    await store.close();
  });

  it('is refused a second time in the same process, too', async () => {
    const path = join(await temporaryFolder(), 'platen.db');
    const store = await Store.open(path);
    expect((await refusalOf(path)).failure).toBe('inUse');
    await store.close();
    await (await Store.open(path)).close();
  });

  it('is free again when a migration failed, and half of the step is not left behind', async () => {
    const path = join(await temporaryFolder(), 'platen.db');
    expect(() =>
      openWriter(path, [{ number: 1, statements: ['CREATE TABLE one (id INTEGER) STRICT', 'CREATE TABLE broken ('] }]),
    ).toThrow();
    const database = new Database(path);
    expect(database.prepare('SELECT name FROM sqlite_schema').all()).toEqual([]);
    expect(database.pragma('user_version', { simple: true })).toBe(0);
    database.close();
  });
});
