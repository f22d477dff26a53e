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

  constructor(thread: DatabaseThread, on: 'reader' | 'writer') {
    this.#thread = thread;
    this.#on = on;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const answer = await this.#thread.query(this.#on, query.sql, query.parameters);
    return {
      // Kysely's own boundary: the row type is what the query builder computed for this very text.
      rows: answer.rows as Row[],
      numAffectedRows: BigInt(answer.changes),
      insertId: BigInt(answer.lastInsertRowid),
    };
  }

  // biome-ignore lint/correctness/useYield: the station reads pages, never streams; this only satisfies the interface
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('streaming is not supported');
  }
}

class ThreadDriver implements Driver {
  readonly #connection: ThreadConnection;
  readonly #groupCommit: GroupCommit | null;

  constructor(thread: DatabaseThread, groupCommit: GroupCommit | null) {
    this.#groupCommit = groupCommit;
    this.#connection = new ThreadConnection(thread, groupCommit === null ? 'reader' : 'writer');
  }

  async init(): Promise<void> {}
  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection;
  }
  async beginTransaction(): Promise<void> {
    if (this.#groupCommit === null) throw new Error('the reader cannot write');
    await this.#groupCommit.begin();
  }
  async commitTransaction(): Promise<void> {
    await this.#groupCommit?.commit();
  }
  async rollbackTransaction(): Promise<void> {
    await this.#groupCommit?.rollback();
  }
  async releaseConnection(): Promise<void> {}
  async destroy(): Promise<void> {}
}

/** Kysely over the database thread: with a GroupCommit it is the writer, without one the reader of committed rows. */
export const createThreadDialect = (thread: DatabaseThread, groupCommit: GroupCommit | null): Dialect => ({
  createAdapter: () => new SqliteAdapter(),
  createDriver: () => new ThreadDriver(thread, groupCommit),
  createIntrospector: (db) => new SqliteIntrospector(db),
  createQueryCompiler: () => new SqliteQueryCompiler(),
});
