import { join } from 'node:path';
import { Kysely, sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DatabaseThread } from '../../../../main/core/store/database-thread.ts';
import { GroupCommit } from '../../../../main/core/store/group-commit.ts';
import type { Tables } from '../../../../main/core/store/tables.ts';
import { createThreadDialect } from '../../../../main/core/store/thread-dialect.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const openLogged = async () => {
  const thread = new DatabaseThread();
  await thread.open(join(await temporaryFolder(), 'platen.db'));
  onTestFinished(() => thread.close());
  const log: string[] = [];
  const faults = new Map<string, string>();
  const control = (statements: readonly string[]): Promise<void> => {
    log.push(...statements);
    return thread.control(statements.map((statement) => faults.get(statement) ?? statement));
  };
  const dialect = createThreadDialect(thread, new GroupCommit({ control }));
  return { writer: new Kysely<Tables>({ dialect }), thread, log, faults };
};

const put = (writer: Kysely<Tables>, key: string): Promise<unknown> =>
  writer.transaction().execute((db) => sql`INSERT INTO settings (key, value_json) VALUES (${key}, '1')`.execute(db));

const count = (log: readonly string[], statement: string): number => log.filter((line) => line === statement).length;

const stored = async (thread: DatabaseThread): Promise<number> =>
  (await thread.query('reader', 'SELECT key FROM settings')).rows.length;

describe('transactions that wait behind each other', () => {
  it('share commits', async () => {
    const { writer, thread, log } = await openLogged();
    await Promise.all(Array.from({ length: 100 }, (_, index) => put(writer, `k${index}`)));
    expect(await stored(thread)).toBe(100);
    expect(count(log, 'COMMIT')).toBeLessThanOrEqual(5);
    expect(count(log, 'SAVEPOINT member')).toBe(100);
  });

  it('do not wait for company: alone, each has its own commit', async () => {
    const { writer, log } = await openLogged();
    for (let index = 0; index < 5; index += 1) await put(writer, `k${index}`);
    expect(count(log, 'COMMIT')).toBe(5);
  });

  it('are all rejected when the commit fails on the disk, and the writer is free again', async () => {
    const { writer, thread, faults } = await openLogged();
    faults.set('COMMIT', 'SELECT no_such_thing');
    const outcomes = await Promise.allSettled([put(writer, 'a'), put(writer, 'b'), put(writer, 'c')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(await stored(thread)).toBe(0);
    faults.clear();
    await put(writer, 'd');
    expect(await stored(thread)).toBe(1);
  });

  it('are all rejected when one of them cannot be closed', async () => {
    const { writer, thread, faults } = await openLogged();
    faults.set('RELEASE member', 'SELECT no_such_thing');
    const outcomes = await Promise.allSettled([put(writer, 'a'), put(writer, 'b')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    faults.clear();
    await put(writer, 'c');
    expect(await stored(thread)).toBe(1);
  });

  it('write nothing when no transaction could be begun', async () => {
    const { writer, thread, faults } = await openLogged();
    faults.set('BEGIN IMMEDIATE', 'SELECT no_such_thing');
    await expect(put(writer, 'a')).rejects.toThrow();
    faults.clear();
    expect(await stored(thread)).toBe(0);
    await put(writer, 'b');
    expect(await stored(thread)).toBe(1);
  });

  it('keep a query of a transaction that has ended out of the next one', async () => {
    const { writer, thread } = await openLogged();
    let late: Promise<unknown> = Promise.resolve();
    await writer.transaction().execute(async (db) => {
      late = new Promise((resolve) => setTimeout(resolve, 20)).then(() =>
        sql`INSERT INTO settings (key, value_json) VALUES ('late', '1')`.execute(db),
      );
      late.catch(() => undefined);
    });
    await writer.transaction().execute(async (db) => {
      await new Promise((resolve) => setTimeout(resolve, 60));
      await sql`INSERT INTO settings (key, value_json) VALUES ('own', '1')`.execute(db);
    });
    await expect(late).rejects.toThrow();
    expect(await stored(thread)).toBe(1);
  });
});
