import type { Handlers } from '../../contract/contract.ts';
import type { Caller, Visit } from '../../contract/define.ts';
import { ContractError } from '../../contract/failure.ts';
import type { StationParts } from './station-parts.ts';

const visitOf = ({ visit }: Caller): Visit => {
  if (visit === undefined) throw new ContractError('unavailable', 'only a screen can be signed in at');
  return visit;
};

export const createPeopleHandlers = ({
  people,
  snapshotMark,
}: Pick<StationParts, 'people' | 'snapshotMark'>): Handlers['people'] => ({
  list: async (_input, { visit }) => ({
    ...snapshotMark(),
    ...people.view,
    signedIn: visit === undefined ? null : people.signedInAt(visit),
  }),
  signIn: ({ person, pin }, caller) => people.signIn(visitOf(caller), person, pin),
  resume: async ({ session }, caller) => ({ signedIn: people.resume(visitOf(caller), session) }),
  signOut: async (_input, caller) => {
    people.signOut(visitOf(caller));
    return {};
  },
  save: async ({ id, pin, ...person }, { by, visit }) => ({
    person: await people.save({ ...person, id: id ?? null, pin: pin ?? null }, { by, visit: visit ?? null }),
  }),
  remove: async ({ id }, { by, visit }) => {
    await people.remove(id, { by, visit: visit ?? null });
    return {};
  },
  saveRules: async ({ rules }) => ({ rules: await people.saveRules(rules) }),
});
