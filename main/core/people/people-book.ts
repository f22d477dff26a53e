import type { PersonView, ScreenRules } from '../../contract/people.ts';
import type { Store } from '../store/store.ts';
import { readPeople } from './person-rows.ts';
import { readScreenRules, usualRules } from './screen-rules.ts';

/** The people and rules in force, in memory: every call of every wire is measured by them. */
export class PeopleBook {
  readonly #store: Store;
  #people: readonly PersonView[] = [];
  #rules: ScreenRules = usualRules;

  private constructor(store: Store) {
    this.#store = store;
  }

  static async open(store: Store): Promise<PeopleBook> {
    const book = new PeopleBook(store);
    await book.reload();
    return book;
  }

  get all(): readonly PersonView[] {
    return this.#people;
  }

  get rules(): ScreenRules {
    return this.#rules;
  }

  find(id: number | null): PersonView | null {
    return this.#people.find((person) => person.id === id) ?? null;
  }

  /** After each change. */
  async reload(): Promise<void> {
    const [people, rules] = await Promise.all([readPeople(this.#store.read), readScreenRules(this.#store.read)]);
    this.#people = people;
    this.#rules = rules;
  }
}
