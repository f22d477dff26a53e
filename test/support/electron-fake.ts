/**
 * A small Electron that only remembers: what was registered, set and sent. Unit tests put it in the place of the
 * `electron` module, whose real package would try to download a browser when it is imported.
 */
import { EventEmitter } from 'node:events';

type PermissionRequestHandler = (contents: unknown, permission: string, answer: (granted: boolean) => void) => void;
type BeforeRequest = (details: { url: string }, answer: (response: { cancel: boolean }) => void) => void;
type ProtocolHandler = (request: Request) => Promise<Response>;

export class FakeEvent {
  defaultPrevented = false;
  preventDefault(): void {
    this.defaultPrevented = true;
  }
}

export class FakeSession extends EventEmitter {
  permissionRequestHandler: PermissionRequestHandler | null = null;
  permissionCheckHandler: (() => boolean) | null = null;
  devicePermissionHandler: (() => boolean) | null = null;
  beforeRequest: BeforeRequest | null = null;
  readonly protocols = new Map<string, ProtocolHandler>();
  readonly protocol = { handle: (scheme: string, handler: ProtocolHandler) => this.protocols.set(scheme, handler) };
  readonly webRequest = { onBeforeRequest: (listener: BeforeRequest) => this.#setBeforeRequest(listener) };

  setPermissionRequestHandler(handler: PermissionRequestHandler): void {
    this.permissionRequestHandler = handler;
  }
  setPermissionCheckHandler(handler: () => boolean): void {
    this.permissionCheckHandler = handler;
  }
  setDevicePermissionHandler(handler: () => boolean): void {
    this.devicePermissionHandler = handler;
  }
  #setBeforeRequest(listener: BeforeRequest): void {
    this.beforeRequest = listener;
  }
}

export interface FakeFrame {
  readonly url: string;
  readonly parent: FakeFrame | null;
}

export class FakeWebContents extends EventEmitter {
  readonly sent: { readonly channel: string; readonly message: unknown }[] = [];
  readonly drags: { readonly file: string; readonly files?: readonly string[] }[] = [];
  windowOpenHandler: ((details: { url: string }) => { action: string }) | null = null;
  reloads = 0;
  #destroyed = false;

  send(channel: string, message: unknown): void {
    if (this.#destroyed) throw new Error('Object has been destroyed');
    this.sent.push({ channel, message });
  }
  startDrag(item: { file: string; files?: readonly string[] }): void {
    this.drags.push(item);
  }
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.windowOpenHandler = handler;
  }
  reload(): void {
    this.reloads += 1;
  }
  isDestroyed(): boolean {
    return this.#destroyed;
  }
  destroy(): void {
    this.#destroyed = true;
    this.emit('destroyed');
  }
}

export class FakeBrowserWindow extends EventEmitter {
  readonly webContents = new FakeWebContents();
  readonly options: Record<string, unknown>;
  visible = false;
  maximized = false;
  minimized = false;
  kiosk = false;
  loaded: string[] = [];

  constructor(options: Record<string, unknown>) {
    super();
    this.options = options;
    fakeElectron.windows.push(this);
    fakeElectron.app.emit('web-contents-created', new FakeEvent(), this.webContents);
  }
  loadURL(url: string): Promise<void> {
    this.loaded.push(url);
    return fakeElectron.pageFails ? Promise.reject(new Error('ERR_FAILED (-2)')) : Promise.resolve();
  }
  show(): void {
    this.visible = true;
  }
  hide(): void {
    this.visible = false;
  }
  focus(): void {
    this.visible = true;
  }
  restore(): void {
    this.minimized = false;
  }
  maximize(): void {
    this.maximized = true;
  }
  isVisible(): boolean {
    return this.visible;
  }
  setKiosk(kiosk: boolean): void {
    this.kiosk = kiosk;
  }
  isMaximized(): boolean {
    return this.maximized;
  }
  isMinimized(): boolean {
    return this.minimized;
  }
  isDestroyed(): boolean {
    return this.webContents.isDestroyed();
  }
  getNormalBounds(): { x: number; y: number; width: number; height: number } {
    return { x: 10, y: 20, width: 1200, height: 800 };
  }
  /** What the window manager does when a person closes the window; answers whether it was closed. */
  close(): boolean {
    const event = new FakeEvent();
    this.emit('close', event);
    if (!event.defaultPrevented) this.webContents.destroy();
    return !event.defaultPrevented;
  }
}

export class FakeApp extends EventEmitter {
  firstInstance = true;
  sandboxed = false;
  exitCode: number | null = null;
  userModelId: string | null = null;
  quits = 0;
  relaunches = 0;
  readonly paths = new Map<string, string>([['userData', '/profile/of/platen']]);
  readonly calls: string[] = [];

  requestSingleInstanceLock(): boolean {
    return this.firstInstance;
  }
  enableSandbox(): void {
    this.calls.push('enableSandbox');
    this.sandboxed = true;
  }
  setAppUserModelId(id: string): void {
    this.userModelId = id;
  }
  whenReady(): Promise<void> {
    this.calls.push('whenReady');
    return Promise.resolve();
  }
  getPath(name: string): string {
    return this.paths.get(name) ?? '';
  }
  setPath(name: string, path: string): void {
    this.paths.set(name, path);
  }
  getLocale(): string {
    return 'en-GB';
  }
  getVersion(): string {
    return '0.0.0-test';
  }
  relaunch(): void {
    this.relaunches += 1;
  }
  exit(code: number): void {
    this.exitCode = code;
  }
  /** As Electron does it: asks first, then closes the windows. */
  quit(): void {
    const event = new FakeEvent();
    this.emit('before-quit', event);
    if (event.defaultPrevented) return;
    this.quits += 1;
    for (const window of fakeElectron.windows) if (!window.isDestroyed()) window.close();
  }
}

export interface FakeMenuItem {
  readonly label?: string;
  readonly type?: string;
  readonly enabled?: boolean;
  readonly click?: () => void;
}

interface FakeImage {
  readonly dataUrl: string;
  addRepresentation(representation: { scaleFactor: number; dataURL: string }): void;
}

export class FakeTray extends EventEmitter {
  image: FakeImage;
  toolTip = '';
  menu: readonly FakeMenuItem[] = [];

  constructor(image: FakeImage) {
    super();
    this.image = image;
    fakeElectron.trays.push(this);
  }
  setImage(image: FakeImage): void {
    this.image = image;
  }
  setToolTip(text: string): void {
    this.toolTip = text;
  }
  setContextMenu(menu: readonly FakeMenuItem[]): void {
    this.menu = menu;
  }
}

export class FakeNotification extends EventEmitter {
  readonly options: { readonly title: string; readonly body: string; readonly silent?: boolean };
  state: 'made' | 'shown' | 'closed' = 'made';

  static isSupported(): boolean {
    return fakeElectron.showsNotifications;
  }
  constructor(options: FakeNotification['options']) {
    super();
    this.options = options;
    fakeElectron.notifications.push(this);
  }
  show(): void {
    this.state = 'shown';
  }
  close(): void {
    this.state = 'closed';
    this.emit('close');
  }
}

/** What the code under test did to Electron since `resetElectron`. */
export const fakeElectron = {
  app: new FakeApp(),
  windows: [] as FakeBrowserWindow[],
  trays: [] as FakeTray[],
  notifications: [] as FakeNotification[],
  showsNotifications: true,
  sessions: new Map<string, FakeSession>(),
  ipc: new EventEmitter(),
  power: new EventEmitter(),
  privilegedSchemes: [] as unknown[],
  openedLinks: [] as string[],
  errorBoxes: [] as { readonly title: string; readonly text: string }[],
  menuBar: undefined as unknown,
  pageFails: false,
  safeStorage: { available: true, backend: 'gnome_libsecret' },
};

export const resetElectron = (): void => {
  Object.assign(fakeElectron, {
    app: new FakeApp(),
    windows: [],
    trays: [],
    notifications: [],
    showsNotifications: true,
    sessions: new Map(),
    ipc: new EventEmitter(),
    power: new EventEmitter(),
    privilegedSchemes: [],
    openedLinks: [],
    errorBoxes: [],
    menuBar: undefined,
    pageFails: false,
    safeStorage: { available: true, backend: 'gnome_libsecret' },
  });
};

const imageFrom = (dataUrl: string): FakeImage => ({ dataUrl, addRepresentation: () => undefined });
const sealed = 'sealed:';

/** The module as `import { … } from 'electron'` sees it. Each test's state is looked up when it is used. */
export const electronModule = {
  app: new Proxy({} as FakeApp, {
    get: (_target, name) => {
      const member: unknown = Reflect.get(fakeElectron.app, name);
      return typeof member === 'function' ? member.bind(fakeElectron.app) : member;
    },
  }),
  BrowserWindow: FakeBrowserWindow,
  Tray: FakeTray,
  Notification: FakeNotification,
  Menu: {
    buildFromTemplate: (items: readonly FakeMenuItem[]) => items,
    setApplicationMenu: (menu: unknown) => {
      fakeElectron.menuBar = menu;
    },
  },
  nativeImage: { createFromDataURL: imageFrom },
  powerMonitor: { on: (event: string, listener: () => void) => fakeElectron.power.on(event, listener) },
  protocol: {
    registerSchemesAsPrivileged: (schemes: readonly unknown[]) => fakeElectron.privilegedSchemes.push(...schemes),
  },
  session: {
    fromPartition: (name: string): FakeSession => {
      const known = fakeElectron.sessions.get(name) ?? new FakeSession();
      fakeElectron.sessions.set(name, known);
      return known;
    },
  },
  ipcMain: {
    on: (channel: string, listener: (...args: unknown[]) => void) => fakeElectron.ipc.on(channel, listener),
    off: (channel: string, listener: (...args: unknown[]) => void) => fakeElectron.ipc.off(channel, listener),
  },
  screen: {
    getPrimaryDisplay: () => ({ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }),
    getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }],
  },
  shell: {
    openExternal: (url: string): Promise<void> => {
      fakeElectron.openedLinks.push(url);
      return Promise.resolve();
    },
  },
  dialog: { showErrorBox: (title: string, text: string) => fakeElectron.errorBoxes.push({ title, text }) },
  safeStorage: {
    isEncryptionAvailable: () => fakeElectron.safeStorage.available,
    getSelectedStorageBackend: () => fakeElectron.safeStorage.backend,
    encryptString: (text: string) => Buffer.from(`${sealed}${text}`),
    decryptString: (data: Buffer) => data.toString().slice(sealed.length),
  },
};
