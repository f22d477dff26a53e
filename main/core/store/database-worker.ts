import { parentPort } from 'node:worker_threads';
import type Database from 'better-sqlite3';
import type { DatabaseAnswer, DatabaseRequest, QueryAnswer } from './database-protocol.ts';
import { dropRemnants, noteRemnants } from './log-remnants.ts';
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

let path = '';
let folderLock: Database.Database | null = null;
let writer: Connection | null = null;
let reader: Connection | null = null;

const opened = (connection: Connection | null): Connection => {
  if (connection === null) throw new Error('the database is not open');
  return connection;
};

/** Outside a transaction a statement would be its own: whoever it belongs to has failed already. */
const writerInTransaction = (): Connection => {
  const connection = opened(writer);
  if (!connection.database.inTransaction) throw new Error('the transaction has ended');
  return connection;
};

/**
 * The copy is taken from one snapshot of a connection of its own: on a connection that sees new commits, SQLite would
 * start the copy again after each of them, and a busy station would never finish one.
 */
const backup = async (to: string): Promise<null> => {
  opened(reader);
  const source = openReader(path);
  try {
    source.exec('BEGIN');
    source.prepare('SELECT count(*) FROM sqlite_schema').get();
    await source.backup(to);
    return null;
  } finally {
    source.close();
  }
};

const answer = (request: DatabaseRequest): QueryAnswer | null | Promise<null> => {
  switch (request.kind) {
    case 'open':
      path = request.path;
      folderLock = takeFolderLock(path);
      writer = new Connection(openWriter(path));
      dropRemnants(path, writer.database);
      reader = new Connection(openReader(path));
      return null;
    case 'query':
      return (request.on === 'writer' ? writerInTransaction() : opened(reader)).run(request.sql, request.parameters);
    case 'control':
      for (const statement of request.statements) opened(writer).run(statement, []);
      return null;
    case 'backup':
      return backup(request.path);
    case 'close':
      reader?.database.close();
      writer?.database.pragma('wal_checkpoint(TRUNCATE)');
      if (writer !== null) dropRemnants(path, writer.database);
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

const reply = (answers: readonly DatabaseAnswer[]): void => {
  if (answers.length > 0) port?.postMessage(answers);
};

port?.on('message', (requests: readonly DatabaseRequest[]) => {
  const answers: DatabaseAnswer[] = [];
  for (const request of requests) {
    const { id } = request;
    try {
      const result = answer(request);
      if (result instanceof Promise) {
        void result.then(
          () => reply([{ id, kind: 'done', answer: null }]),
          (error: unknown) => reply([failureOf(id, error)]),
        );
      } else {
        answers.push({ id, kind: 'done', answer: result });
      }
    } catch (error) {
      if (writer !== null) noteRemnants(path, error);
      answers.push(failureOf(id, error));
    }
  }
  reply(answers);
});
