import { open } from 'node:fs/promises';
import { CamelCasePlugin, Kysely, type Transaction } from 'kysely';
import { ChangeFeed, TouchList } from './changes.ts';
import { DatabaseThread } from './database-thread.ts';
import { GroupCommit } from './group-commit.ts';
import type { Tables } from './tables.ts';
import { createThreadDialect } from './thread-dialect.ts';

export type Reader = Kysely<Tables>;

/** One write transaction: its queries, and what it touched. */
export interface WriteTransaction {
  readonly db: Transaction<Tables>;
  readonly touched: TouchList;
}

/** The station's database: reads of committed rows, and write transactions that are on disk when they resolve. */
export class Store {
  readonly changes = new ChangeFeed();
  readonly read: Reader;
  readonly #writer: Kysely<Tables>;
  readonly #thread: DatabaseThread;

  private constructor(thread: DatabaseThread) {
    const plugins = [new CamelCasePlugin()];
    this.#thread = thread;
    this.read = new Kysely({ dialect: createThreadDialect(thread, null), plugins });
    this.#writer = new Kysely({ dialect: createThreadDialect(thread, new GroupCommit(thread)), plugins });
  }

  /** Opens, checks and migrates the database at `path`. Rejects with a DatabaseOpenError when it must not be used. */
  static async open(path: string): Promise<Store> {
    // Customers' addresses are in it: nobody else on the machine reads it, whatever the folder's mode.
    // Where that fails, opening says why.
    await open(path, 'a', 0o600).then(
      (file) => file.close(),
      () => undefined,
    );
    const thread = new DatabaseThread();
    try {
      await thread.open(path);
    } catch (error) {
      await thread.close();
      throw error;
    }
    return new Store(thread);
  }

  /**
   * Runs `work` in one transaction and resolves once it is on disk; then tells the change feed what it touched.
   * `work` awaits nothing but its own queries: everyone else waits for the writer.
   */
  async write<Result>(work: (transaction: WriteTransaction) => Promise<Result>): Promise<Result> {
    const touched = new TouchList();
    const result = await this.#writer.transaction().execute((db) => work({ db, touched }));
    this.changes.publish(touched);
    return result;
  }

  /** Writes a consistent copy while the station goes on working. */
  async backup(path: string): Promise<void> {
    await this.#thread.backup(path);
  }

  async close(): Promise<void> {
    await this.#thread.close();
  }
}
