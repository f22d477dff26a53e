/** What the stand-in tells the test. */
export type Report =
  | { readonly kind: 'browser'; readonly endpoint: string }
  | { readonly kind: 'loaded'; readonly url: string }
  | { readonly kind: 'visible'; readonly visible: boolean }
  | { readonly kind: 'tray'; readonly toolTip: string }
  | { readonly kind: 'notification'; readonly title: string; readonly text: string }
  | { readonly kind: 'refused'; readonly what: 'navigation' | 'window' | 'request' | 'download'; readonly url: string }
  | { readonly kind: 'drag'; readonly files: readonly string[] }
  | { readonly kind: 'openExternal'; readonly url: string }
  | { readonly kind: 'errorBox'; readonly title: string; readonly text: string };

/** What a person at the desktop would do. */
export type Command =
  | { readonly kind: 'trayMenu'; readonly label: string }
  | { readonly kind: 'trayClick' }
  | { readonly kind: 'closeWindow' }
  /** Taps the newest notification. */
  | { readonly kind: 'tapNotification' };

export const report = (message: Report): void => {
  process.send?.(message);
};

/** The stand-in's environment: where its browser and its profile are. */
export const profileVariable = 'ELECTRON_STAND_IN_PROFILE';
export const chromiumVariable = 'ELECTRON_STAND_IN_CHROMIUM';
