import type { DatabaseThread } from './database-thread.ts';

/** A group holds at most this many transactions, so that the first of them does not wait long for the sync. */
const largestGroup = 32;

interface Group {
  readonly members: { resolve(): void; reject(error: unknown): void }[];
}

/**
 * Runs write transactions one after another on the one writer, and lets those that wait behind each other share one
 * commit: each is a savepoint of an outer transaction, and none is answered before that is on disk. One sync then
 * serves many orders that arrive at once; a lone transaction commits as it always would.
 */
export class GroupCommit {
  readonly #thread: DatabaseThread;
  readonly #queue: (() => void)[] = [];
  #busy = false;
  #group: Group | null = null;

  constructor(thread: DatabaseThread) {
    this.#thread = thread;
  }

  /** Waits for the writer and opens a savepoint. */
  async begin(): Promise<void> {
    await this.#lock();
    try {
      if (this.#group === null) {
        await this.#run('BEGIN IMMEDIATE');
        this.#group = { members: [] };
      }
      await this.#run('SAVEPOINT member');
    } catch (error) {
      await this.#abandon(error);
      this.#unlock();
      throw error;
    }
  }

  /** Closes the savepoint; resolves once the whole group is on disk. */
  async commit(): Promise<void> {
    const group = this.#openGroup();
    const onDisk = new Promise<void>((resolve, reject) => group.members.push({ resolve, reject }));
    // The group's failure reaches this promise; until it is awaited below, it must not count as unhandled.
    onDisk.catch(() => undefined);
    await this.#endMember(group, ['RELEASE member']);
    await onDisk;
  }

  async rollback(): Promise<void> {
    await this.#endMember(this.#openGroup(), ['ROLLBACK TO member', 'RELEASE member']);
  }

  /** Ends a member, then commits the group, or leaves it open for the transaction that waits next. */
  async #endMember(group: Group, statements: readonly string[]): Promise<void> {
    try {
      for (const statement of statements) await this.#run(statement);
      if (this.#queue.length === 0 || group.members.length >= largestGroup) {
        await this.#run('COMMIT');
        this.#group = null;
        for (const member of group.members) member.resolve();
      }
    } catch (error) {
      // A full disk or an I/O error ends the outer transaction: nobody in the group may believe in its commit.
      await this.#abandon(error);
    } finally {
      this.#unlock();
    }
  }

  async #abandon(error: unknown): Promise<void> {
    const group = this.#group;
    this.#group = null;
    await this.#run('ROLLBACK').catch(() => undefined);
    for (const member of group?.members ?? []) member.reject(error);
  }

  #openGroup(): Group {
    if (this.#group === null) throw new Error('no transaction is open');
    return this.#group;
  }

  async #run(sql: string): Promise<void> {
    await this.#thread.query('writer', sql);
  }

  async #lock(): Promise<void> {
    if (!this.#busy) {
      this.#busy = true;
      return;
    }
    await new Promise<void>((resolve) => this.#queue.push(resolve));
  }

  #unlock(): void {
    const next = this.#queue.shift();
    if (next === undefined) this.#busy = false;
    else next();
  }
}
