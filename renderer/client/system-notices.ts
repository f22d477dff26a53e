import type { StationLink } from './station-link.ts';

export interface SystemNotice {
  readonly title: string;
  readonly text: string;
}

/** `missing`: this browser has none. */
export type NoticePermission = 'granted' | 'ask' | 'refused' | 'missing';

/** Notifications of the system, for what happens while nobody sees the page. */
export interface SystemNotices {
  readonly permission: () => NoticePermission;
  /** Only at a person's tap: a browser asks them, and remembers a no for good. */
  readonly ask: () => Promise<void>;
  /** Whether one would be shown now, as far as the page can tell. */
  readonly wouldShow: () => boolean;
  /** Shows one if nobody sees the page; answers, once it is over, whether somebody opened it. */
  readonly show: (notice: SystemNotice) => Promise<boolean>;
}

/** The desktop app shows them itself, and knows itself whether its window is hidden. */
const desktopNotices = (link: StationLink): SystemNotices => ({
  permission: () => 'granted',
  ask: async () => undefined,
  wouldShow: () => link.client !== null,
  show: async (notice) => {
    const answer = await link.client?.desktop.notify({ ...notice }).catch(() => null);
    return answer?.opened ?? false;
  },
});

type BrowserWindow = Window & Partial<Pick<typeof globalThis, 'Notification'>>;

const permissionOf = ({ Notification }: BrowserWindow): NoticePermission => {
  if (Notification === undefined) return 'missing';
  if (Notification.permission === 'default') return 'ask';
  return Notification.permission === 'granted' ? 'granted' : 'refused';
};

const browserNotices = (window: BrowserWindow): SystemNotices => {
  const wouldShow = (): boolean => window.document.hidden && permissionOf(window) === 'granted';
  return {
    permission: () => permissionOf(window),
    ask: async () => {
      await window.Notification?.requestPermission();
    },
    wouldShow,
    show: ({ title, text }) =>
      new Promise((resolve) => {
        const { Notification } = window;
        if (Notification === undefined || !wouldShow()) return resolve(false);
        // The page has sounds and a volume of its own.
        const notification = new Notification(title, { body: text, silent: true });
        notification.addEventListener('click', () => {
          notification.close();
          window.focus();
          resolve(true);
        });
        notification.addEventListener('close', () => resolve(false));
        notification.addEventListener('error', () => resolve(false));
      }),
  };
};

/** In training: what happens there is no news for somebody who looks elsewhere. */
export const withoutShowing = (notices: SystemNotices): SystemNotices => ({
  ...notices,
  wouldShow: () => false,
  show: async () => false,
});

export const createSystemNotices = (
  host: 'desktop' | 'browser',
  deps: { readonly link: StationLink; readonly window: BrowserWindow },
): SystemNotices => (host === 'desktop' ? desktopNotices(deps.link) : browserNotices(deps.window));
