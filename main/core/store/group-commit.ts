/** A group holds at most this many transactions, so that the first of them does not wait long for the sync. */
const largestGroup = 32;

/** Begins, divides and ends transactions of the one writer; stops and rejects at the first statement that fails. */
export interface TransactionControl {
  control(statements: readonly string[]): Promise<void>;
}

interface Group {
  /** Members that have done their work and wait for the commit. */
  readonly members: { resolve(): void; reject(error: unknown): void }[];
  /** Closes the member before; sent together with what opens the next one, or with the commit. */
  closing: readonly string[];
  /** Rejects once a member could not be opened or closed: then nothing of the group may be committed. */
  opened: Promise<void>;
}

const keepMember = ['RELEASE member'];
const dropMember = ['ROLLBACK TO member', 'RELEASE member'];

/**
 * Runs write transactions one after another on the one writer, and lets those that wait behind each other share one
 * commit: each is a savepoint of an outer transaction, and none is answered before that is on disk. One sync then
 * serves many orders that arrive at once; a lone transaction commits as it always would.
 */
export class GroupCommit {
  readonly #writer: TransactionControl;
  readonly #queue: (() => void)[] = [];
  #busy = false;
  #group: Group | null = null;

  constructor(writer: TransactionControl) {
    this.#writer = writer;
  }

  /** Waits for the writer and opens a savepoint. Does not wait for its answer: without one, the queries are refused. */
  async begin(): Promise<void> {
    await this.#lock();
    const before = this.#group;
    const opened = this.#writer.control([...(before?.closing ?? ['BEGIN IMMEDIATE']), 'SAVEPOINT member']);
    // The failure counts when the member ends; until then it must not count as unhandled.
    opened.catch(() => undefined);
    this.#group = { members: before?.members ?? [], closing: [], opened };
  }

  /** Keeps what the member did; resolves once the whole group is on disk. */
  async commit(): Promise<void> {
    const group = this.#openGroup();
    const onDisk = new Promise<void>((resolve, reject) => group.members.push({ resolve, reject }));
    // The group's failure reaches this promise; until it is awaited below, it must not count as unhandled.
    onDisk.catch(() => undefined);
    await this.#endMember(group, keepMember);
    await onDisk;
  }

  /** Drops what the member did; the others of its group are not touched. */
  async rollback(): Promise<void> {
    await this.#endMember(this.#openGroup(), dropMember);
  }

  /** Ends a member, then commits the group, or leaves it open for the transaction that waits next. */
  async #endMember(group: Group, closing: readonly string[]): Promise<void> {
    try {
      await group.opened;
      if (this.#queue.length === 0 || group.members.length >= largestGroup) {
        await this.#writer.control([...closing, 'COMMIT']);
        this.#group = null;
        for (const member of group.members) member.resolve();
      } else {
        group.closing = closing;
      }
    } catch (error) {
      // A full disk or an I/O error ends the outer transaction: nobody in the group may believe in its commit.
      await this.#abandon(group, error);
    } finally {
      this.#unlock();
    }
  }

  async #abandon(group: Group, error: unknown): Promise<void> {
    this.#group = null;
    await this.#writer.control(['ROLLBACK']).catch(() => undefined);
    for (const member of group.members) member.reject(error);
  }

  #openGroup(): Group {
    if (this.#group === null) throw new Error('no transaction is open');
    return this.#group;
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
