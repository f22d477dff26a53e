import { Worker } from 'node:worker_threads';
import type { DatabaseAnswer, DatabaseRequest, QueryAnswer } from './database-protocol.ts';
import { DatabaseOpenError } from './open-database.ts';

/** A statement that SQLite refused; `code` is SQLite's own, such as `SQLITE_CONSTRAINT_UNIQUE` or `SQLITE_FULL`. */
class DatabaseError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'DatabaseError';
    this.code = code;
  }
}

// From source the worker is TypeScript beside this file; built, it is one of the bundles beside this one.
const workerUrl = (): URL =>
  new URL(import.meta.url.endsWith('.ts') ? './database-worker.ts' : './database-worker.js', import.meta.url);

type WithoutId<Request> = Request extends unknown ? Omit<Request, 'id'> : never;
interface Waiting {
  resolve(answer: QueryAnswer | null): void;
  reject(error: Error): void;
}

/** The main thread's end of the database thread. */
export class DatabaseThread {
  readonly #worker = new Worker(workerUrl());
  readonly #waiting = new Map<number, Waiting>();
  #outgoing: DatabaseRequest[] = [];
  #ended: Error | null = null;
  #lastId = 0;

  constructor() {
    this.#worker.on('message', (answers: readonly DatabaseAnswer[]) => {
      for (const answer of answers) this.#settle(answer);
    });
    this.#worker.on('error', (error: Error) => this.#end(error));
    this.#worker.on('exit', () => this.#end(new DatabaseError('CLOSED', 'the database is closed')));
  }

  /** Opens, checks and migrates. Rejects with a DatabaseOpenError when the database must not be used. */
  async open(path: string): Promise<void> {
    await this.#ask({ kind: 'open', path });
  }

  async query(on: 'reader' | 'writer', sql: string, parameters: readonly unknown[] = []): Promise<QueryAnswer> {
    const answer = await this.#ask({ kind: 'query', on, sql, parameters });
    return answer ?? { rows: [], changes: 0, lastInsertRowid: 0 };
  }

  /** Begins, divides and ends transactions of the writer; rejects at the first statement that fails. */
  async control(statements: readonly string[]): Promise<void> {
    await this.#ask({ kind: 'control', statements });
  }

  async backup(path: string): Promise<void> {
    await this.#ask({ kind: 'backup', path });
  }

  async close(): Promise<void> {
    await this.#ask({ kind: 'close' }).catch(() => null);
    await this.#worker.terminate();
  }

  #ask(request: WithoutId<DatabaseRequest>): Promise<QueryAnswer | null> {
    if (this.#ended !== null) return Promise.reject(this.#ended);
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      // What is asked in one turn crosses in one message: a tick comes after all promises that are settled by now.
      if (this.#outgoing.length === 0) process.nextTick(() => this.#flush());
      this.#outgoing.push({ ...request, id });
    });
  }

  #flush(): void {
    const requests = this.#outgoing;
    this.#outgoing = [];
    this.#worker.postMessage(requests);
  }

  #settle(answer: DatabaseAnswer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if (waiting === undefined) return;
    if (answer.kind === 'done') waiting.resolve(answer.answer);
    else if (answer.openFailure !== null) waiting.reject(new DatabaseOpenError(answer.openFailure, answer.message));
    else waiting.reject(new DatabaseError(answer.code, answer.message));
  }

  #end(error: Error): void {
    this.#ended ??= error;
    for (const waiting of this.#waiting.values()) waiting.reject(this.#ended);
    this.#waiting.clear();
  }
}
