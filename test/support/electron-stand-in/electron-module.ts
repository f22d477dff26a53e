/** What `import { … } from 'electron'` gives the app under the stand-in. A name that is missing here fails at start. */
import { EventEmitter } from 'node:events';
import { electronApp } from './electron-app.ts';
import { type Command, report } from './messages.ts';

export { electronApp as app } from './electron-app.ts';
export { session } from './electron-session.ts';
export { BrowserWindow, ipcMain } from './electron-window.ts';

interface MenuItem {
  readonly label?: string;
  readonly click?: () => void;
}

export class Tray extends EventEmitter {
  #menu: readonly MenuItem[] = [];

  constructor() {
    super();
    process.on('message', (command: Command) => {
      if (command.kind === 'trayClick') this.emit('click');
      if (command.kind === 'trayMenu') this.#menu.find(({ label }) => label === command.label)?.click?.();
    });
  }
  setImage(): void {}
  setToolTip(toolTip: string): void {
    report({ kind: 'tray', toolTip });
  }
  setContextMenu(menu: readonly MenuItem[]): void {
    this.#menu = menu;
  }
}

export class Notification extends EventEmitter {
  readonly #options: { readonly title: string; readonly body: string };

  static isSupported(): boolean {
    return true;
  }
  constructor(options: { readonly title: string; readonly body: string }) {
    super();
    this.#options = options;
  }
  show(): void {
    newest.notification = this;
    report({ kind: 'notification', title: this.#options.title, text: this.#options.body });
  }
  close(): void {
    this.emit('close');
  }
}
const newest: { notification: Notification | null } = { notification: null };

export const Menu = {
  buildFromTemplate: (items: readonly MenuItem[]): readonly MenuItem[] => items,
  setApplicationMenu: (): void => undefined,
};

export const nativeImage = { createFromDataURL: () => ({ addRepresentation: (): void => undefined }) };
export const protocol = { registerSchemesAsPrivileged: (): void => undefined };

const workArea = { x: 0, y: 0, width: 1920, height: 1040 };
export const screen = { getPrimaryDisplay: () => ({ workArea }), getAllDisplays: () => [{ workArea }] };

/** This machine never sleeps. */
export const powerMonitor = new EventEmitter();

export const shell = {
  openExternal: async (url: string): Promise<void> => report({ kind: 'openExternal', url }),
};

export const dialog = {
  showErrorBox: (title: string, text: string): void => report({ kind: 'errorBox', title, text }),
};

/** A machine without a key store: the app must fall back to its key file. */
export const safeStorage = {
  isEncryptionAvailable: (): boolean => false,
  getSelectedStorageBackend: (): string => 'basic_text',
};

process.on('message', (command: Command) => {
  if (command.kind === 'tapNotification') newest.notification?.emit('click');
  if (command.kind === 'closeWindow') for (const window of electronApp.windows) window.close();
});
