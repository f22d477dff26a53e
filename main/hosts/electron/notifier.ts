import { Notification } from 'electron';
import type { Handlers } from '../../contract/contract.ts';
import type { MainWindow } from './window.ts';

/** Beyond these the oldest is taken back: some desktops never say that a notification was closed. */
const mostOpen = 10;

/** Shows what the page has to tell in a notification of the system, but only while nobody can see the page itself. */
export const createNotifier = (window: Pick<MainWindow, 'isShown' | 'show'>): Handlers['desktop']['notify'] => {
  // Held here: a notification that nobody holds is collected, and its click is lost.
  const open = new Set<Notification>();
  return ({ title, text }) => {
    if (window.isShown() || !Notification.isSupported()) return Promise.resolve({ opened: false });
    const [oldest] = open;
    if (open.size >= mostOpen) oldest?.close();
    return new Promise((resolve) => {
      // The page has sounds and a volume of its own.
      const notification = new Notification({ title, body: text, silent: true });
      open.add(notification);
      const end = (opened: boolean): void => {
        open.delete(notification);
        resolve({ opened });
      };
      notification.on('click', () => {
        window.show();
        end(true);
      });
      notification.on('close', () => end(false));
      notification.on('failed', () => end(false));
      notification.show();
    });
  };
};
