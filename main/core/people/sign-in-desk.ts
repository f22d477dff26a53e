import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { Store } from '../store/store.ts';
import { type PinCost, pinMatches } from './pin-hash.ts';
import { waitAfterMs } from './pin-lock.ts';

export interface SignInDeskDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly pinCost: PinCost;
}

/** What became of a PIN; `waitMs`: how long the next one is not looked at. */
export type PinOutcome = { readonly kind: 'right' } | { readonly kind: 'wrong'; readonly waitMs: number };

/** Looks at PINs, one after another: of many at once each would be looked at before the first wrong one counts. */
export class SignInDesk {
  readonly #deps: SignInDeskDeps;
  #last: Promise<unknown> = Promise.resolve();

  constructor(deps: SignInDeskDeps) {
    this.#deps = deps;
  }

  tryPin(personId: number, pin: string): Promise<PinOutcome> {
    const outcome = this.#last.then(() => this.#try(personId, pin));
    this.#last = outcome.catch(() => undefined);
    return outcome;
  }

  async #try(personId: number, pin: string): Promise<PinOutcome> {
    const { store, clock, pinCost } = this.#deps;
    const person = await store.read
      .selectFrom('people')
      .select(['pinHash', 'failedTries', 'lockedUntilMs'])
      .where('id', '=', personId)
      .where('removedAtMs', 'is', null)
      .executeTakeFirst();
    const leftMs = (person?.lockedUntilMs ?? 0) - clock.nowMs();
    // More than there was to wait: the clock was ahead when the wait began, and nobody waits until it is as late again.
    const isSetBack = leftMs > waitAfterMs(person?.failedTries ?? 0);
    if (leftMs > 0 && !isSetBack) return { kind: 'wrong', waitMs: leftMs };
    const right = await pinMatches(pin, person?.pinHash ?? null, pinCost);
    if (person === undefined) return { kind: 'wrong', waitMs: 0 };
    const failedTries = right ? 0 : person.failedTries + 1;
    const waitMs = waitAfterMs(failedTries);
    const counted = await store.write(({ db }) =>
      db
        .updateTable('people')
        .set({ failedTries, lockedUntilMs: waitMs === 0 ? null : clock.nowMs() + waitMs })
        .where('id', '=', personId)
        .where('removedAtMs', 'is', null)
        // Somebody may have given the person another PIN meanwhile: then this one is of yesterday.
        .where('pinHash', '=', person.pinHash)
        .executeTakeFirst(),
    );
    if (right && counted.numUpdatedRows > 0n) return { kind: 'right' };
    if (waitMs > 0) this.#deps.logger.warn('too many wrong PINs', { person: personId, waitSeconds: waitMs / 1000 });
    return { kind: 'wrong', waitMs };
  }
}
