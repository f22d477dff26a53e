import { BrowserWindow, nativeImage, type Session, screen } from 'electron';
import { dragImage } from './images.ts';
import { boundsOnScreen, smallestWindow, type WindowPlace } from './window-bounds.ts';

export interface MainWindowDeps {
  readonly session: Session;
  /** Absolute path of the built preload script. */
  readonly preload: string;
  readonly place: WindowPlace | null;
  /** Whether the app is on its way out: else closing the window only hides it. */
  readonly mayClose: () => boolean;
  /** Whether closing the window may hide it. */
  readonly mayHide: () => boolean;
  readonly onHidden: (place: WindowPlace) => void;
}

export interface MainWindow {
  readonly contents: Electron.WebContents;
  load(url: string): Promise<void>;
  show(): void;
  /** Whether it is on a display, be it behind other windows. */
  isShown(): boolean;
  /** Kiosk mode: nothing of the system is seen beside the window. */
  fillDisplay(isFull: boolean): void;
}

const placeOf = (window: BrowserWindow): WindowPlace => ({
  ...window.getNormalBounds(),
  maximized: window.isMaximized(),
});

/** Opens the app's one window, not yet shown, with the page shut into Chromium's sandbox. */
export const createMainWindow = (deps: MainWindowDeps): MainWindow => {
  const areas = screen.getAllDisplays().map((display) => display.workArea);
  const window = new BrowserWindow({
    ...boundsOnScreen(deps.place, screen.getPrimaryDisplay().workArea, areas),
    minWidth: smallestWindow.width,
    minHeight: smallestWindow.height,
    show: false,
    title: 'Platen',
    icon: nativeImage.createFromDataURL(dragImage),
    backgroundColor: '#808080',
    autoHideMenuBar: true,
    webPreferences: {
      session: deps.session,
      preload: deps.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      // Chromium fetches its dictionaries from the network, past every rule of the session.
      spellcheck: false,
      // A hidden station keeps its clocks and alarms running.
      backgroundThrottling: false,
    },
  });
  if (deps.place?.maximized === true) window.maximize();

  window.on('close', (event) => {
    deps.onHidden(placeOf(window));
    if (deps.mayClose()) return;
    event.preventDefault();
    if (deps.mayHide()) window.hide();
  });

  return {
    contents: window.webContents,
    load: (url) => window.loadURL(url),
    show: () => {
      if (window.isDestroyed()) return;
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    isShown: () => !window.isDestroyed() && window.isVisible() && !window.isMinimized(),
    fillDisplay: (isFull) => {
      if (!window.isDestroyed()) window.setKiosk(isFull);
    },
  };
};
