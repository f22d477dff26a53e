import { beforeEach, expect, test, vi } from 'vitest';
import { createNotifier } from '../../../../main/hosts/electron/notifier.ts';
import { fakeElectron, resetElectron } from '../../../support/electron-fake.ts';

vi.mock('electron', async () => (await import('../../../support/electron-fake.ts')).electronModule);

beforeEach(() => resetElectron());

const caller = { by: 'screen' };
const news = { title: '5 new orders', text: 'Hall 2' };

const openWindow = (shown: boolean) => {
  const window = { shown, isShown: () => window.shown, show: () => (window.shown = true) };
  return window;
};

test('says what is new while the window is hidden, and a tap shows the window', async () => {
  const window = openWindow(false);
  const answer = createNotifier(window)(news, caller);
  const [notification] = fakeElectron.notifications;
  expect(notification).toMatchObject({
    options: { title: '5 new orders', body: 'Hall 2', silent: true },
    state: 'shown',
  });
  notification?.emit('click');
  expect(await answer).toEqual({ opened: true });
  expect(window.shown).toBe(true);
});

test('says nothing while the window is seen, and on a desktop without notifications', async () => {
  expect(await createNotifier(openWindow(true))(news, caller)).toEqual({ opened: false });
  fakeElectron.showsNotifications = false;
  expect(await createNotifier(openWindow(false))(news, caller)).toEqual({ opened: false });
  expect(fakeElectron.notifications).toEqual([]);
});

test('one that is put away, or that the system refuses, shows nothing', async () => {
  const window = openWindow(false);
  const notify = createNotifier(window);
  const answers = [notify(news, caller), notify(news, caller)];
  fakeElectron.notifications[0]?.emit('close');
  fakeElectron.notifications[1]?.emit('failed');
  expect(await Promise.all(answers)).toEqual([{ opened: false }, { opened: false }]);
  expect(window.shown).toBe(false);
});

test('does not pile them up: the oldest goes when there are many', async () => {
  const notify = createNotifier(openWindow(false));
  const oldest = notify(news, caller);
  for (let more = 0; more < 10; more += 1) void notify(news, caller);
  expect(await oldest).toEqual({ opened: false });
  expect(fakeElectron.notifications.filter(({ state }) => state === 'shown')).toHaveLength(10);
});
