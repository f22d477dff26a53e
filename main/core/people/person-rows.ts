import type { PersonView } from '../../contract/people.ts';
import type { Reader } from '../store/store.ts';

/** Everybody who works here now, by name. */
export const readPeople = (db: Reader): Promise<PersonView[]> =>
  db
    .selectFrom('people')
    .select(['id', 'name', 'initials', 'role'])
    .where('removedAtMs', 'is', null)
    .orderBy('name')
    .orderBy('id')
    .execute();
