import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createMemoryWires } from '../../../../main/contract/memory-wire.ts';
import { ContractServer } from '../../../../main/contract/server.ts';
import { StationLink } from '../../../../renderer/client/station-link.ts';
import { createPeopleStore } from '../../../../renderer/stores/people-store.ts';
import { perform } from '../../../../renderer/stores/perform.ts';
import { noDesktop } from '../../../support/no-desktop.ts';
import { noTrainingCalls } from '../../../support/no-training.ts';
import { createStaffedStation } from '../../../support/staffed-station.ts';

type Store = ReturnType<typeof createPeopleStore>;

let station: Awaited<ReturnType<typeof createStaffedStation>>;
let link: StationLink;
let cut: () => void;
/** What the tab remembers. */
let session: string | null;
let awayMs: number;
let desktopCalls: string[];

const openStore = (): Store => {
  const note = (call: string) => async () => {
    desktopCalls.push(call);
    return {};
  };
  const server = new ContractServer({
    handlers: {
      ...station.handlers,
      desktop: { ...noDesktop, enterStationMode: note('enter'), leaveStationMode: note('leave') },
      training: noTrainingCalls,
    },
    access: station.access,
    events: station.events,
    version: '1',
    onUnexpected: () => undefined,
  });
  link = new StationLink({
    openWire: async () => {
      const ends = createMemoryWires();
      server.serve(ends.station, { by: 'screen' });
      cut = () => ends.station.close();
      return { kind: 'open', wire: ends.client };
    },
    now: () => Date.now(),
    setTimer: (run, delayMs) => {
      const timer = setTimeout(run, delayMs);
      return () => clearTimeout(timer);
    },
  });
  const sessions = {
    read: () => session,
    write: (written: string | null) => {
      session = written;
    },
  };
  const store = createPeopleStore({ link, now: () => Date.now(), hand: { awayMs: () => awayMs }, sessions });
  link.start();
  return store;
};
const signedIn = (store: Store): string | null => store.getState().signedIn?.initials ?? null;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  station = await createStaffedStation();
  session = null;
  awayMs = 0;
  desktopCalls = [];
});
afterEach(() => {
  link.stop();
  vi.useRealTimers();
});

const opened = async (): Promise<Store> => {
  const store = openStore();
  await vi.waitFor(() => expect(store.getState().load.kind).toBe('ready'));
  return store;
};

test('what is refused opens the picker, and is asked for again once somebody has signed in', async () => {
  const store = await opened();
  const held = perform(link, (client) => client.items.hold({ item: 11, note: 'why' }));
  await vi.waitFor(() => expect(store.getState().picker).toBe('operator'));
  expect(await store.getState().signIn(station.ids[1], '1234')).toMatchObject({ value: { kind: 'refused' } });
  expect(store.getState().picker).toBe('operator');
  await store.getState().signIn(station.ids[1], '2222');
  expect(await held).toMatchObject({ kind: 'done' });
  expect(store.getState().picker).toBeNull();
  expect(station.seen.filter(({ call }) => call === 'items.hold')).toMatchObject([{ by: 'OP' }]);
});

test('what is for managers asks an operator for a manager; a closed picker leaves it refused', async () => {
  const store = await opened();
  await store.getState().signIn(station.ids[1], '2222');
  const save = () => perform(link, (client) => client.hotFolders.remove({ id: 'indigo' }));
  const givenUp = save();
  await vi.waitFor(() => expect(store.getState().picker).toBe('manager'));
  store.getState().closePicker();
  expect(await givenUp).toMatchObject({ kind: 'failed', error: { code: 'notPermitted' } });

  await store.getState().signOut();
  const saved = save();
  await vi.waitFor(() => expect(store.getState().picker).toBe('operator'));
  await store.getState().signIn(station.ids[1], '2222');
  await vi.waitFor(() => expect(store.getState().picker, 'an operator is not enough').toBe('manager'));
  await store.getState().signIn(station.ids[0], '1111');
  expect(await saved).toMatchObject({ kind: 'done' });
});

test('the same person goes on after a lost wire and in a page loaded again, until they sign out', async () => {
  const store = await opened();
  await store.getState().signIn(station.ids[1], '2222');
  const before = link.client;
  cut();
  await vi.advanceTimersByTimeAsync(1000);
  await vi.waitFor(() => expect(link.client).not.toBe(before));
  await perform(link, (client) => client.items.resume({ item: 11 }));
  expect(station.seen.at(-1)).toMatchObject({ call: 'items.resume', by: 'OP' });

  const again = await opened();
  expect(signedIn(again)).toBe('OP');
  await again.getState().signOut();
  expect(session).toBeNull();
  expect(signedIn(await opened())).toBeNull();
});

test('a screen that nobody touches signs its person out after the time that is set', async () => {
  const store = await opened();
  await store.getState().signIn(station.ids[0], '1111');
  await store.getState().saveRules({ signOutMinutes: 2, stationMode: false });
  awayMs = 119_000;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(signedIn(store)).toBe('MA');
  awayMs = 120_000;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(signedIn(store)).toBeNull();
});

test('a session that ended at the station is over on the screen within a minute', async () => {
  const store = await opened();
  await store.getState().signIn(station.ids[1], '2222');
  const [, operator] = station.ids;
  await station.handlers.people.save(
    { id: operator, name: 'Floor', initials: 'OP', role: 'operator', pin: '3333' },
    { by: 'command line' },
  );
  await vi.advanceTimersByTimeAsync(55_000);
  expect(signedIn(store)).toBe('OP');
  await vi.advanceTimersByTimeAsync(10_000);
  await vi.waitFor(() => expect(signedIn(store)).toBeNull());
});

test('station mode is left by a manager, and comes back when the manager goes', async () => {
  const store = await opened();
  await store.getState().signIn(station.ids[1], '2222');
  const left = store.getState().leaveStationMode();
  expect(store.getState().picker).toBe('manager');
  await store.getState().signIn(station.ids[0], '1111');
  await left;
  expect(store.getState().leftStationMode).toBe(true);
  await store.getState().signIn(station.ids[1], '2222');
  expect(store.getState().leftStationMode).toBe(false);

  for (const fill of [false, true, true, false, true]) store.getState().fillWindow(fill);
  await vi.waitFor(() => expect(desktopCalls, 'only changes, and only what is permitted').toEqual(['enter', 'enter']));
});
