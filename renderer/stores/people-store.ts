import { createStore } from 'zustand/vanilla';
import type { PersonView, ScreenRules, SignInOutcome } from '../../main/contract/people.ts';
import type { SessionMemory } from '../client/session-memory.ts';
import { Feed } from './feed.ts';
import { type Outcome, perform } from './perform.ts';
import type { LoadState, StoreDeps } from './store-deps.ts';

/** Why somebody is asked who they are: they want to change, or something is for people who say so, or for managers. */
export type PickerReason = 'change' | 'operator' | 'manager';

/** A person as a form has it; without an id it is a new one, without a PIN that stays as it is. */
export interface PersonDraft extends Omit<PersonView, 'id'> {
  readonly id: number | null;
  readonly pin: string;
}

export interface PeopleState {
  readonly load: LoadState;
  readonly people: readonly PersonView[];
  /** Who is signed in at this screen. */
  readonly signedIn: PersonView | null;
  readonly rules: ScreenRules;
  /** Why the picker is open; null while it is closed. */
  readonly picker: PickerReason | null;
  /** A manager has left station mode at this screen, until somebody else is before it. */
  readonly leftStationMode: boolean;
  readonly openPicker: (reason: PickerReason) => void;
  readonly closePicker: () => void;
  /** Opens the picker; answers whether somebody has signed in. */
  readonly askFor: (reason: PickerReason) => Promise<boolean>;
  readonly signIn: (person: number, pin: string) => Promise<Outcome<SignInOutcome>>;
  readonly signOut: () => Promise<void>;
  readonly save: (draft: PersonDraft) => Promise<Outcome<unknown>>;
  readonly remove: (id: number) => Promise<Outcome<unknown>>;
  readonly saveRules: (rules: ScreenRules) => Promise<Outcome<unknown>>;
  /** Asks for a manager first where none is signed in. */
  readonly leaveStationMode: () => Promise<void>;
  readonly returnToStationMode: () => void;
  /** Has the desktop app's window fill the display, or not. */
  readonly fillWindow: (fill: boolean) => void;
}

export interface PeopleStoreDeps extends StoreDeps {
  readonly sessions: SessionMemory;
}

const lookEveryMs = 5_000;
/** A session can end at the station alone: after its time, or with a new PIN. */
const askEveryMs = 60_000;
const minuteMs = 60_000;

/** The people of the station, who of them is before this screen, and the question for it. */
export const createPeopleStore = ({ link, now, hand, sessions }: PeopleStoreDeps) => {
  /** Those who wait for an answer to the question of who is there. */
  let waiting: ((permitted: boolean) => void)[] = [];
  const answer = (permitted: boolean): void => {
    const asked = waiting;
    waiting = [];
    for (const resolve of asked) resolve(permitted);
  };

  let filled = false;
  const store = createStore<PeopleState>()((set, get) => ({
    load: { kind: 'loading' },
    people: [],
    signedIn: null,
    rules: { signOutMinutes: 0, stationMode: false },
    picker: null,
    leftStationMode: false,
    openPicker: (reason) => set({ picker: reason }),
    askFor: (reason) =>
      new Promise((resolve) => {
        waiting.push(resolve);
        set({ picker: reason });
      }),
    closePicker: () => {
      set({ picker: null });
      answer(false);
    },
    signIn: async (person, pin) => {
      const outcome = await perform(link, (client) => client.people.signIn({ person, pin }));
      if (outcome.kind === 'failed' || outcome.value.kind === 'refused') return outcome;
      sessions.write(outcome.value.session);
      takePerson(outcome.value.person);
      set({ picker: null });
      answer(true);
      return outcome;
    },
    signOut: async () => {
      sessions.write(null);
      takePerson(null);
      get().closePicker();
      await perform(link, (client) => client.people.signOut({}));
    },
    save: async ({ id, pin, ...facts }) => {
      const first = get().people.length === 0;
      const outcome = await perform(link, (client) =>
        client.people.save({ ...facts, ...(id === null ? {} : { id }), ...(pin === '' ? {} : { pin }) }),
      );
      await feed.refresh();
      // From the first person on somebody must be signed in: it is whoever has just typed the PIN.
      if (first && outcome.kind === 'done') await get().signIn(outcome.value.person.id, pin);
      return outcome;
    },
    remove: async (id) => {
      const outcome = await perform(link, (client) => client.people.remove({ id }));
      await feed.refresh();
      return outcome;
    },
    saveRules: async (rules) => {
      const outcome = await perform(link, (client) => client.people.saveRules({ rules }));
      await feed.refresh();
      return outcome;
    },
    leaveStationMode: async () => {
      const isManager = get().signedIn?.role === 'manager';
      if (isManager) get().closePicker();
      if (isManager || (await get().askFor('manager'))) set({ leftStationMode: true });
    },
    returnToStationMode: () => {
      set({ leftStationMode: false });
      get().closePicker();
    },
    fillWindow: (fill) => {
      if (fill === filled) return;
      filled = fill;
      const { desktop } = link.client ?? {};
      // Where there is no such window, or no manager to leave it, all stays as it is.
      (fill ? desktop?.enterStationMode({}) : desktop?.leaveStationMode({}))?.catch(() => undefined);
    },
  }));

  const takePerson = (signedIn: PersonView | null): void => {
    const { leftStationMode } = store.getState();
    // Only as long as the manager who left it is there.
    store.setState({ signedIn, leftStationMode: leftStationMode && signedIn?.role === 'manager' });
  };

  const feed = new Feed(link, {
    events: (client) => client.people.onChanged,
    snapshot: async (client) => {
      const session = sessions.read();
      if (session !== null && (await client.people.resume({ session })).signedIn === null) sessions.write(null);
      return client.people.list({});
    },
    onSnapshot: ({ people, signedIn, rules }) => {
      store.setState({ people, rules, load: { kind: 'ready', asOf: now() } });
      takePerson(signedIn);
    },
    onEvent: ({ people, rules }) => {
      const { signedIn } = store.getState();
      store.setState({ people, rules });
      takePerson(people.find(({ id }) => id === signedIn?.id) ?? null);
    },
    onFailure: (error) => store.setState({ load: { kind: 'failed', message: error.message } }),
  });

  link.askWhenRefused(async () => {
    // The session may have ended without this page knowing.
    await feed.refresh();
    const { signedIn, people } = store.getState();
    if (people.length === 0 || signedIn?.role === 'manager') return false;
    return store.getState().askFor(signedIn === null ? 'operator' : 'manager');
  });

  let askedAt = now();
  const look = (): void => {
    const { signedIn, rules } = store.getState();
    const isAway = rules.signOutMinutes > 0 && hand.awayMs() >= rules.signOutMinutes * minuteMs;
    if (isAway && signedIn !== null) void store.getState().signOut();
    else if (signedIn !== null && now() - askedAt >= askEveryMs) {
      askedAt = now();
      void feed.refresh();
    }
    setTimeout(look, lookEveryMs);
  };
  setTimeout(look, lookEveryMs);
  return store;
};
