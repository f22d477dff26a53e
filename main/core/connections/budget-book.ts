import type { BudgetPlace } from '../platforms/http/platform-call.ts';
import { type Clock, readClock } from '../ports/clock.ts';
import type { Store } from '../store/store.ts';
import { type BudgetState, freshBudget, RateBudget, type RateLimit } from '../work/rate-budget.ts';
import { recallBudget, toStoredBudget } from './stored-budget.ts';

interface Account {
  readonly budget: RateBudget;
  readonly limit: RateLimit;
  /** Places that may still be taken before the next one has to be written down. */
  reserved: number;
  reserving: Promise<void> | null;
  /** Places that are taken and wait to be written down. */
  unwritten: number;
  /** Those that wait for a place, in the order of asking; called with the place taken for them. */
  readonly waiting: (() => void)[];
  cancelTimer: (() => void) | null;
}

export interface BudgetBookDeps {
  readonly store: Store;
  readonly clock: Clock;
  /** The limit of a connection; null when there is no such connection. */
  readonly limitOf: (connectionId: string) => RateLimit | null;
}

/** A budget as a screen shows it. */
export interface BudgetUse {
  readonly currentRequests: number;
  readonly inSpan: number;
}

/**
 * The request budget of each connection, shared by all that talks to its platform. It is written down in advance, a
 * block of places at a time, so that a crash loop cannot burst: after a crash the whole block counts as taken. It goes
 * by the time that passes: to set the station's clock makes no room in it.
 */
export class BudgetBook {
  readonly #deps: BudgetBookDeps;
  readonly #stored: Map<string, BudgetState>;
  readonly #accounts = new Map<string, Account>();

  private constructor(deps: BudgetBookDeps, stored: Map<string, BudgetState>) {
    this.#deps = deps;
    this.#stored = stored;
  }

  static async open(deps: BudgetBookDeps): Promise<BudgetBook> {
    const rows = await deps.store.read.selectFrom('budgets').selectAll().execute();
    const now = readClock(deps.clock);
    const stored = rows.flatMap(({ connectionId, stateJson }) => {
      const state = recallBudget(stateJson, now);
      return state === null ? [] : [[connectionId, state] as const];
    });
    return new BudgetBook(deps, new Map(stored));
  }

  /** How many requests may go now, beside those that wait for their turn. */
  free(connectionId: string): number {
    const { budget, waiting } = this.#account(connectionId);
    return Math.max(0, budget.free(this.#deps.clock.elapsedMs()) - waiting.length);
  }

  /** When a request may go, by the clock as it is set now and as far as time decides it; null: when one that is under way ends. */
  freeAtMs(connectionId: string): number | null {
    return this.#freeAtMs(this.#account(connectionId));
  }

  use(connectionId: string): BudgetUse {
    const elapsedMs = this.#deps.clock.elapsedMs();
    const { budget } = this.#account(connectionId);
    return { currentRequests: budget.currentRequests(elapsedMs), inSpan: budget.inSpan(elapsedMs) };
  }

  /** Resolves when there is room, in the order of asking; null when `abort` came first. */
  async acquire(connectionId: string, abort: AbortSignal): Promise<BudgetPlace | null> {
    const account = this.#account(connectionId);
    if (!(await this.#take(account, abort))) return null;
    let held = true;
    const release = (throttled: boolean): void => {
      if (!held) return;
      held = false;
      account.budget.end(this.#deps.clock.elapsedMs(), throttled);
      this.#wake(account);
    };
    try {
      await this.#reserve(connectionId, account);
    } catch (error) {
      release(false);
      throw error;
    }
    return { release: ({ throttled }) => release(throttled) };
  }

  /** Writes down what was really taken. */
  async close(): Promise<void> {
    for (const [id, account] of this.#accounts) await this.#write(id, account, 0).catch(() => undefined);
  }

  #freeAtMs({ budget }: Account): number | null {
    const { nowMs, elapsedMs } = readClock(this.#deps.clock);
    const atElapsedMs = budget.freeAtMs(elapsedMs);
    return atElapsedMs === null ? null : nowMs + atElapsedMs - elapsedMs;
  }

  #account(connectionId: string): Account {
    const limit = this.#deps.limitOf(connectionId) ?? { requests: 1, perSeconds: 1, concurrency: 1 };
    const known = this.#accounts.get(connectionId);
    if (known !== undefined) {
      known.budget.setLimit(limit);
      return known;
    }
    const budget = new RateBudget(limit, this.#stored.get(connectionId) ?? freshBudget);
    const account: Account = {
      budget,
      limit,
      reserved: 0,
      reserving: null,
      unwritten: 0,
      waiting: [],
      cancelTimer: null,
    };
    this.#accounts.set(connectionId, account);
    return account;
  }

  async #reserve(connectionId: string, account: Account): Promise<void> {
    account.unwritten += 1;
    try {
      while (account.reserved === 0) {
        account.reserving ??= this.#write(connectionId, account, this.#blockOf(connectionId))
          .then(() => {
            account.reserved = this.#blockOf(connectionId);
          })
          .finally(() => {
            account.reserving = null;
          });
        await account.reserving;
      }
      account.reserved -= 1;
    } finally {
      account.unwritten -= 1;
    }
  }

  #blockOf(connectionId: string): number {
    const requests = this.#deps.limitOf(connectionId)?.requests ?? 1;
    return Math.min(500, Math.max(1, Math.floor(requests / 10)));
  }

  async #write(connectionId: string, account: Account, block: number): Promise<void> {
    const writtenAt = readClock(this.#deps.clock);
    const stateJson = toStoredBudget({
      state: account.budget.state(writtenAt.elapsedMs),
      spanMs: account.limit.perSeconds * 1000,
      // Nobody knows when those under way will end: after a crash they count from the restart on, as the block does.
      reserved: block + account.budget.running - account.unwritten,
      writtenAt,
    });
    await this.#deps.store.write(async ({ db }) => {
      await db
        .insertInto('budgets')
        .values({ connectionId, stateJson })
        .onConflict((conflict) => conflict.column('connectionId').doUpdateSet({ stateJson }))
        .execute();
    });
  }

  /** Takes a place, at once or when it is its turn. Answers false when `abort` came first. */
  #take(account: Account, abort: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      if (abort.aborted) return resolve(false);
      if (account.waiting.length === 0 && account.budget.free(this.#deps.clock.elapsedMs()) > 0) {
        account.budget.take();
        return resolve(true);
      }
      const giveUp = (): void => {
        account.waiting.splice(account.waiting.indexOf(go), 1);
        this.#arm(account);
        resolve(false);
      };
      const go = (): void => {
        abort.removeEventListener('abort', giveUp);
        resolve(true);
      };
      abort.addEventListener('abort', giveUp, { once: true });
      account.waiting.push(go);
      this.#arm(account);
    });
  }

  #arm(account: Account): void {
    account.cancelTimer?.();
    const atMs = account.waiting.length === 0 ? null : this.#freeAtMs(account);
    account.cancelTimer = atMs === null ? null : this.#deps.clock.at(atMs, () => this.#wake(account));
  }

  /** Gives the places that there are to those that wait. They are taken here, so that nobody comes in between. */
  #wake(account: Account): void {
    const free = account.budget.free(this.#deps.clock.elapsedMs());
    for (const go of account.waiting.splice(0, free)) {
      account.budget.take();
      go();
    }
    this.#arm(account);
  }
}
