import { parentPort } from 'node:worker_threads';
import type Database from 'better-sqlite3';
import type { DatabaseAnswer, DatabaseRequest, QueryAnswer } from './database-protocol.ts';
import { DatabaseOpenError, openReader, openWriter, takeFolderLock } from './open-database.ts';

/** The database thread: better-sqlite3 is synchronous, so its commits and syncs wait here and not in the main thread. */

/** Prepared statements are kept; the queries of a station are a few hundred different texts. */
const statementCacheSize = 1000;

class Connection {
  readonly database: Database.Database;
  readonly #statements = new Map<string, Database.Statement>();

  constructor(database: Database.Database) {
    this.database = database;
  }

  run(sql: string, parameters: readonly unknown[]): QueryAnswer {
    const statement = this.#prepare(sql);
    if (statement.reader) return { rows: statement.all(parameters), changes: 0, lastInsertRowid: 0 };
    const { changes, lastInsertRowid } = statement.run(parameters);
    return { rows: [], changes, lastInsertRowid };
  }

  #prepare(sql: string): Database.Statement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.database.prepare(sql);
    if (this.#statements.size >= statementCacheSize) this.#statements.clear();
    this.#statements.set(sql, statement);
    return statement;
  }
}

let folderLock: Database.Database | null = null;
let writer: Connection | null = null;
let reader: Connection | null = null;

const connectionOf = (on: 'reader' | 'writer'): Connection => {
  const connection = on === 'writer' ? writer : reader;
  if (connection === null) throw new Error('the database is not open');
  return connection;
};

const answer = async (request: DatabaseRequest): Promise<QueryAnswer | null> => {
  switch (request.kind) {
    case 'open':
      folderLock = takeFolderLock(request.path);
      writer = new Connection(openWriter(request.path));
      reader = new Connection(openReader(request.path));
      return null;
    case 'query':
      return connectionOf(request.on).run(request.sql, request.parameters);
    case 'backup':
      await connectionOf('reader').database.backup(request.path);
      return null;
    case 'close':
      reader?.database.close();
      writer?.database.pragma('wal_checkpoint(TRUNCATE)');
      writer?.database.close();
      folderLock?.close();
      reader = null;
      writer = null;
      folderLock = null;
      return null;
  }
};

const failureOf = (id: number, error: unknown): DatabaseAnswer => ({
  id,
  kind: 'failed',
  message: error instanceof Error ? error.message : String(error),
  code: error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN',
  openFailure: error instanceof DatabaseOpenError ? error.failure : null,
});

const port = parentPort;
port?.on('message', (request: DatabaseRequest) => {
  void answer(request).then(
    (result) => port.postMessage({ id: request.id, kind: 'done', answer: result } satisfies DatabaseAnswer),
    (error: unknown) => port.postMessage(failureOf(request.id, error)),
  );
});
