import { expect, test, vi } from 'vitest';
import { createRingingTab, type RingingTab } from '../../../../renderer/client/ringing-tab.ts';

interface Page {
  hidden: boolean;
  readonly comeInSight: () => void;
}

let lastName = 0;
/** Tabs of one browser; the locks are the platform's own. */
const browser = () => {
  lastName += 1;
  const name = `tabs ${lastName}`;
  const rivals = async (): Promise<number> =>
    ((await navigator.locks.query()).pending ?? []).filter((request) => request.name === name).length;
  const open = (
    hidden: boolean,
    { locks }: { readonly locks?: LockManager } = navigator,
  ): { tab: RingingTab; page: Page } => {
    const events = new EventTarget();
    const page = {
      hidden,
      addEventListener: events.addEventListener.bind(events),
      comeInSight: () => {
        page.hidden = false;
        events.dispatchEvent(new Event('visibilitychange'));
      },
    };
    const channel = new BroadcastChannel(name);
    // It keeps no test waiting.
    Reflect.get(channel, 'unref')?.call(channel);
    return { tab: createRingingTab({ name, page, locks, channel }), page };
  };
  return { open, rivals };
};
const untilRings = (tab: RingingTab, rings = true): Promise<void> => vi.waitFor(() => expect(tab.isHere()).toBe(rings));

test('the tab that comes in sight rings, and the one before does not any more', async () => {
  const { open } = browser();
  const first = open(false);
  await untilRings(first.tab);
  const second = open(false);
  await untilRings(second.tab);
  await untilRings(first.tab, false);
  first.page.comeInSight();
  await untilRings(first.tab);
  await untilRings(second.tab, false);
});

test('a tab that nobody sees rings where it is the only one, and not beside one that is seen', async () => {
  const { open, rivals } = browser();
  const hidden = open(true);
  await untilRings(hidden.tab);
  const seen = open(false);
  await untilRings(seen.tab);
  const late = open(true);
  await vi.waitFor(async () => expect(await rivals()).toBe(2));
  expect([hidden.tab.isHere(), late.tab.isHere(), seen.tab.isHere()]).toEqual([false, false, true]);
});

test('where a browser knows no locks each tab rings', () => {
  const { open } = browser();
  const { tab } = open(true, {});
  expect(tab.isHere()).toBe(true);
});
