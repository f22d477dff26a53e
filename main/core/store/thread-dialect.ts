import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { DatabaseThread } from './database-thread.ts';
import type { GroupCommit } from './group-commit.ts';

class ThreadConnection implements DatabaseConnection {
  readonly #thread: DatabaseThread;
  readonly #on: 'reader' | 'writer';
  /** Set while a transaction is open that still has to be committed or rolled back. */
  inTransaction = false;

  constructor(thread: DatabaseThread, on: 'reader' | 'writer') {
    this.#thread = thread;
    this.#on = on;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    // A straggler of a transaction that has ended must not slip into the one that has the writer now.
    if (this.#on === 'writer' && !this.inTransaction) throw new Error('the transaction has ended');
    const answer = await this.#thread.query(this.#on, query.sql, query.parameters);
    return {
      // Kysely's own boundary: the row type is what the query builder computed for this very text.
      rows: answer.rows as Row[],
      numAffectedRows: BigInt(answer.changes),
      insertId: BigInt(answer.lastInsertRowid),
    };
  }

  streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('the station reads pages, it never streams');
  }
}

class ThreadDriver implements Driver {
  readonly #thread: DatabaseThread;
  readonly #groupCommit: GroupCommit | null;

  constructor(thread: DatabaseThread, groupCommit: GroupCommit | null) {
    this.#thread = thread;
    this.#groupCommit = groupCommit;
  }

  async init(): Promise<void> {}
  async acquireConnection(): Promise<ThreadConnection> {
    return new ThreadConnection(this.#thread, this.#groupCommit === null ? 'reader' : 'writer');
  }
  async beginTransaction(connection: ThreadConnection): Promise<void> {
    if (this.#groupCommit === null) throw new Error('the reader cannot write');
    await this.#groupCommit.begin();
    connection.inTransaction = true;
  }
  async commitTransaction(connection: ThreadConnection): Promise<void> {
    connection.inTransaction = false;
    await this.#groupCommit?.commit();
  }
  async rollbackTransaction(connection: ThreadConnection): Promise<void> {
    // Kysely also rolls back after a commit that failed: by then the writer is another transaction's.
    if (!connection.inTransaction) return;
    connection.inTransaction = false;
    await this.#groupCommit?.rollback();
  }
  async releaseConnection(): Promise<void> {}
  async destroy(): Promise<void> {}
}

/** Kysely lets one query at a time onto a lone connection; here the thread keeps the order, and GroupCommit the writer. */
class ThreadAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

/** Kysely over the database thread: with a GroupCommit it is the writer, without one the reader of committed rows. */
export const createThreadDialect = (thread: DatabaseThread, groupCommit: GroupCommit | null): Dialect => ({
  createAdapter: () => new ThreadAdapter(),
  createDriver: () => new ThreadDriver(thread, groupCommit),
  createIntrospector: (db) => new SqliteIntrospector(db),
  createQueryCompiler: () => new SqliteQueryCompiler(),
});
