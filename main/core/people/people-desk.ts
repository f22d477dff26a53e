import type { Visit } from '../../contract/define.ts';
import { ContractError } from '../../contract/failure.ts';
import type { PersonView, ScreenRules, SignInOutcome } from '../../contract/people.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { Store } from '../store/store.ts';
import { PeopleBook } from './people-book.ts';
import { hashPin, type PinCost, usualPinCost } from './pin-hash.ts';
import { removePerson, savePerson } from './save-person.ts';
import { saveScreenRules } from './screen-rules.ts';
import { Sessions } from './sessions.ts';
import { SignInDesk } from './sign-in-desk.ts';
import { StationAccess } from './station-access.ts';

export interface PeopleDeskDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Default: what keeps a stolen database from being opened soon. */
  readonly pinCost?: PinCost;
}

/** A person to save, with the PIN as it was typed; null where it stays as it is. */
export interface PersonRequest extends Omit<PersonView, 'id'> {
  readonly id: number | null;
  readonly pin: string | null;
}

/** Who made a change, and at which visit. */
export interface Changer {
  readonly by: string;
  readonly visit: Visit | null;
}

/** The people of the station: who they are, who is signed in where, and so who may do what. */
export class PeopleDesk {
  readonly access: StationAccess;
  readonly #deps: Required<PeopleDeskDeps>;
  readonly #book: PeopleBook;
  readonly #sessions: Sessions;
  readonly #signIn: SignInDesk;

  private constructor(deps: Required<PeopleDeskDeps>, book: PeopleBook) {
    this.#deps = deps;
    this.#book = book;
    this.#sessions = new Sessions(() => deps.clock.nowMs());
    this.#signIn = new SignInDesk(deps);
    this.access = new StationAccess(book, this.#sessions);
  }

  static async open(deps: PeopleDeskDeps): Promise<PeopleDesk> {
    return new PeopleDesk({ pinCost: usualPinCost, ...deps }, await PeopleBook.open(deps.store));
  }

  get view(): { people: PersonView[]; rules: ScreenRules } {
    return { people: [...this.#book.all], rules: this.#book.rules };
  }

  signedInAt(visit: Visit): PersonView | null {
    return this.#book.find(this.#sessions.personAt(visit));
  }

  async signIn(visit: Visit, personId: number, pin: string): Promise<SignInOutcome> {
    const outcome = await this.#signIn.tryPin(personId, pin);
    if (outcome.kind === 'wrong') return { kind: 'refused', waitSeconds: Math.ceil(outcome.waitMs / 1000) };
    const person = this.#book.find(personId);
    if (person === null) return { kind: 'refused', waitSeconds: 0 };
    return { kind: 'signedIn', person, session: this.#sessions.begin(visit, personId) };
  }

  resume(visit: Visit, session: string): PersonView | null {
    const { signOutMinutes } = this.#book.rules;
    const longestAwayMs = signOutMinutes === 0 ? Number.POSITIVE_INFINITY : signOutMinutes * 60_000;
    return this.#sessions.resume(visit, session, longestAwayMs) ? this.signedInAt(visit) : null;
  }

  signOut(visit: Visit): void {
    this.#sessions.end(visit);
  }

  async save({ id, name, initials, role, pin }: PersonRequest, { by, visit }: Changer): Promise<PersonView> {
    // Before the transaction: everybody would wait for it.
    const pinHash = pin === null ? null : await hashPin(pin, this.#deps.pinCost);
    const saved = await this.#deps.store.write((transaction) =>
      savePerson(transaction, { id, name, initials, role, pinHash }, this.#deps.clock.nowMs(), by),
    );
    if (pinHash !== null) this.#sessions.endOf(saved, visit);
    await this.#book.reload();
    return { id: saved, name, initials, role };
  }

  async remove(id: number, { by }: Changer): Promise<void> {
    await this.#deps.store.write((transaction) => removePerson(transaction, id, this.#deps.clock.nowMs(), by));
    this.#sessions.endOf(id, null);
    await this.#book.reload();
  }

  async saveRules(rules: ScreenRules): Promise<ScreenRules> {
    if (rules.stationMode && this.#book.all.length === 0) {
      throw new ContractError('conflict', 'station mode is left with the PIN of a manager: add one first');
    }
    await this.#deps.store.write((transaction) => saveScreenRules(transaction, rules));
    await this.#book.reload();
    return this.#book.rules;
  }
}
