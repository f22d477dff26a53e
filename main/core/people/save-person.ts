import { ContractError } from '../../contract/failure.ts';
import type { PersonView } from '../../contract/people.ts';
import { appendHistory } from '../store/history.ts';
import type { WriteTransaction } from '../store/store.ts';
import { readPeople } from './person-rows.ts';

/** A person as somebody wants them to be; `id` is null for a new one, `pinHash` where the PIN stays as it is. */
export interface PersonDraft extends Omit<PersonView, 'id'> {
  readonly id: number | null;
  readonly pinHash: string | null;
}

const refuseWithoutManager = (rest: readonly PersonView[], what: string): void => {
  if (rest.some((person) => person.role === 'manager')) return;
  throw new ContractError('conflict', what);
};

/** Adds or changes a person; answers the id. A new PIN ends the waiting after wrong ones. */
export const savePerson = async (
  transaction: WriteTransaction,
  { id, name, initials, role, pinHash }: PersonDraft,
  nowMs: number,
  by: string,
): Promise<number> => {
  const { db, touched } = transaction;
  const people = await readPeople(db);
  const others = people.filter((person) => person.id !== id);
  if (id !== null && others.length === people.length) throw new ContractError('notFound', `there is no person ${id}`);
  const namesake = others.find((person) => person.initials === initials);
  if (namesake !== undefined) {
    throw new ContractError('conflict', `${initials} are the initials of ${namesake.name}: choose others`);
  }
  refuseWithoutManager(
    [...others, { id: 0, name, initials, role }],
    people.length === 0
      ? 'the first person must be a manager'
      : 'the last manager stays one: make somebody else a manager first',
  );
  let saved = id;
  if (saved === null) {
    if (pinHash === null) throw new ContractError('invalidInput', 'a new person needs a PIN');
    const { insertId } = await db
      .insertInto('people')
      .values({ name, initials, role, pinHash, createdAtMs: nowMs, removedAtMs: null, lockedUntilMs: null })
      .executeTakeFirstOrThrow();
    saved = Number(insertId);
  } else {
    const newPin = pinHash === null ? {} : { pinHash, failedTries: 0, lockedUntilMs: null };
    await db
      .updateTable('people')
      .set({ name, initials, role, ...newPin })
      .where('id', '=', saved)
      .execute();
  }
  touched.people.add(saved);
  await appendHistory(transaction, [
    {
      atMs: nowMs,
      code: id === null ? 'people.added' : 'people.changed',
      evidence: 'operatorSaid',
      detail: { initials, role, newPin: pinHash !== null },
      by,
    },
  ]);
  return saved;
};

/** Takes a person off; the row stays, because the history has the initials. */
export const removePerson = async (
  transaction: WriteTransaction,
  id: number,
  nowMs: number,
  by: string,
): Promise<void> => {
  const { db, touched } = transaction;
  const people = await readPeople(db);
  const person = people.find((candidate) => candidate.id === id);
  if (person === undefined) throw new ContractError('notFound', `there is no person ${id}`);
  refuseWithoutManager(
    people.filter((candidate) => candidate.id !== id),
    'the last manager cannot be removed: make somebody else a manager first',
  );
  await db.updateTable('people').set({ removedAtMs: nowMs }).where('id', '=', id).execute();
  touched.people.add(id);
  const { initials } = person;
  await appendHistory(transaction, [
    { atMs: nowMs, code: 'people.removed', evidence: 'operatorSaid', detail: { initials }, by },
  ]);
};
