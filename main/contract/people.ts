import { z } from 'zod';
import { call, event } from './define.ts';
import { rowId, snapshotMark } from './values.ts';

/** What a person types to say who they are; it is kept as a slow hash and leaves the station never. */
export const pin = z.string().regex(/^\d{4,12}$/, 'must have 4 to 12 digits');
/** Written beside everything that the person does. */
export const initials = z
  .string()
  .trim()
  .regex(/^[\p{L}\p{N}]{1,4}$/u, 'must be 1 to 4 letters or digits')
  .transform((text) => text.toUpperCase());
export const role = z.enum(['operator', 'manager']);

/** Somebody who works here. */
export const personView = z.object({
  id: rowId,
  name: z.string(),
  initials: z.string(),
  role,
});
export type PersonView = z.infer<typeof personView>;

/** How the screens of this station deal with the people before them. */
export const screenRules = z.object({
  /** A screen that nobody touches for this many minutes signs its person out; 0: never. */
  signOutMinutes: z.number().int().min(0).max(480),
  /** Screens fill the display, and are left, or quit, by a manager only. */
  stationMode: z.boolean(),
});
export type ScreenRules = z.infer<typeof screenRules>;

/**
 * `refused`: a wrong PIN, or nobody such; nothing tells which. `waitSeconds`: how long this person's PIN is not looked
 * at after too many wrong ones; 0 when it may be tried again at once.
 */
export const signInOutcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('signedIn'), person: personView, session: z.string() }),
  z.object({ kind: z.literal('refused'), waitSeconds: z.number().int().nonnegative() }),
]);
export type SignInOutcome = z.infer<typeof signInOutcome>;

export const peopleGroup = {
  /** Everybody who works here, by name. While there is nobody, everything is permitted to whoever looks. */
  list: call(
    z.object({}),
    z.object({
      ...snapshotMark,
      people: z.array(personView),
      /** Who is signed in on this very wire. */
      signedIn: personView.nullable(),
      rules: screenRules,
    }),
    { for: 'everyone' },
  ),
  /** From here on the calls of this wire are this person's. The session signs the same screen in again on its next wire. */
  signIn: call(z.object({ person: rowId, pin }), signInOutcome, { for: 'everyone' }),
  /** Signs in with the session of an earlier wire; answers null when that has ended. */
  resume: call(z.object({ session: z.string().max(200) }), z.object({ signedIn: personView.nullable() }), {
    for: 'everyone',
  }),
  /** Ends the session of this wire. */
  signOut: call(z.object({}), z.object({}), { for: 'everyone' }),
  /**
   * Adds a person (then the PIN is needed), or changes one (then an absent PIN stays as it is). The first one must be a
   * manager, and there is always one.
   */
  save: call(
    z.object({
      id: rowId.optional(),
      name: z.string().trim().min(1, 'a name is needed').max(60),
      initials,
      role,
      pin: pin.optional(),
    }),
    z.object({ person: personView }),
    { for: 'manager' },
  ),
  /** What they did keeps their initials. */
  remove: call(z.object({ id: rowId }), z.object({}), { for: 'manager' }),
  saveRules: call(z.object({ rules: screenRules }), z.object({ rules: screenRules }), { for: 'manager' }),
  /** Everybody, so that one who was removed is missing. */
  changed: event(z.object({ ...snapshotMark, people: z.array(personView), rules: screenRules })),
};
