import { expect, test, vi } from 'vitest';
import { createRingingTab, type RingingTab } from '../../../../renderer/client/ringing-tab.ts';

interface Circumstances {
  readonly hidden?: boolean;
  /** Nobody has tapped it yet, so its browser does not let it be heard. */
  readonly locked?: boolean;
  readonly locks?: LockManager | undefined;
}

let lastName = 0;
/** Tabs of one browser; the locks are the platform's own. */
const browser = () => {
  lastName += 1;
  const name = `tabs ${lastName}`;
  const waitingTabs = async (): Promise<number> =>
    ((await navigator.locks.query()).pending ?? []).filter((request) => request.name === name).length;
  const open = (circumstances: Circumstances = {}) => {
    const { hidden = false, locked = false, locks } = { locks: navigator.locks, ...circumstances };
    const events = new EventTarget();
    const state = { hidden, locked };
    const page = {
      get hidden() {
        return state.hidden;
      },
      addEventListener: events.addEventListener.bind(events),
    };
    const sounds = {
      isLocked: () => state.locked,
      onUnlocked: (listener: () => void) => events.addEventListener('unlocked', listener),
    };
    const channel = new BroadcastChannel(name);
    // It keeps no test waiting.
    Reflect.get(channel, 'unref')?.call(channel);
    return {
      tab: createRingingTab({ name, page, locks, sounds, channel }),
      comeInSight: () => {
        state.hidden = false;
        events.dispatchEvent(new Event('visibilitychange'));
      },
      tap: () => {
        state.locked = false;
        events.dispatchEvent(new Event('unlocked'));
      },
    };
  };
  return { open, waitingTabs };
};
const untilRings = (tab: RingingTab, rings = true): Promise<void> => vi.waitFor(() => expect(tab.isHere()).toBe(rings));

test('the tab that comes in sight rings, and the one before does not any more', async () => {
  const { open } = browser();
  const first = open();
  await untilRings(first.tab);
  const second = open();
  await untilRings(second.tab);
  await untilRings(first.tab, false);
  first.comeInSight();
  await untilRings(first.tab);
  await untilRings(second.tab, false);
});

test('a tab that nobody sees rings where it is the only one, and not beside one that is seen', async () => {
  const { open, waitingTabs } = browser();
  const hidden = open({ hidden: true });
  await untilRings(hidden.tab);
  const seen = open();
  await untilRings(seen.tab);
  const late = open({ hidden: true });
  await vi.waitFor(async () => expect(await waitingTabs()).toBe(2));
  expect([hidden.tab.isHere(), late.tab.isHere(), seen.tab.isHere()]).toEqual([false, false, true]);
});

test('a tab that cannot be heard yet leaves the bell to one that can, until somebody taps it', async () => {
  const { open, waitingTabs } = browser();
  const heard = open();
  await untilRings(heard.tab);
  const fresh = open({ locked: true });
  await vi.waitFor(async () => expect(await waitingTabs()).toBe(1));
  expect([heard.tab.isHere(), fresh.tab.isHere()]).toEqual([true, false]);
  fresh.tap();
  await untilRings(fresh.tab);
  await untilRings(heard.tab, false);
});

test('where a browser knows no locks each tab rings', () => {
  const { open } = browser();
  expect(open({ hidden: true, locks: undefined }).tab.isHere()).toBe(true);
});
