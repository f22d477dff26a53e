import { EventEmitter } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { Frame, Page, Request as PageRequest } from 'playwright-core';
import { CancellableEvent } from './cancellable.ts';
import { type Decision, toApp, toStandIn } from './chromium.ts';
import { electronApp } from './electron-app.ts';
import type { ElectronSession } from './electron-session.ts';
import { report } from './messages.ts';
import { bindingName, pageWorld } from './page-world.ts';

interface WindowOptions {
  readonly webPreferences: { readonly session: ElectronSession; readonly preload: string };
}
interface FrameView {
  readonly url: string;
  readonly parent: FrameView | null;
}
type WindowOpenHandler = (details: { url: string }) => { action: 'allow' | 'deny' };

export const ipcMain = new EventEmitter();

const viewOf = (frame: Frame): FrameView => {
  const parent = frame.parentFrame();
  return { url: toApp(frame.url()), parent: parent === null ? null : viewOf(parent) };
};

class WebContents extends EventEmitter {
  readonly session: ElectronSession;
  readonly page: Promise<Page>;
  #openHandler: WindowOpenHandler = () => ({ action: 'allow' });
  #destroyed = false;
  /** True while the app itself loads the page: that is no navigation of the page's making. */
  #loading = false;

  constructor(options: WindowOptions) {
    super();
    this.session = options.webPreferences.session;
    this.page = this.#open(options.webPreferences.preload);
  }

  async #open(preload: string): Promise<Page> {
    const page = await electronApp.newPage();
    await page.exposeBinding(bindingName, ({ frame }, channel: string, args: readonly unknown[]) => {
      ipcMain.emit(channel, { sender: this, senderFrame: viewOf(frame) }, ...args);
    });
    await page.addInitScript({ content: pageWorld(await readFile(preload, 'utf8')) });
    const client = await page.context().newCDPSession(page);
    await client.send('Page.enable');
    client.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId === undefined) this.emit('did-navigate', new CancellableEvent(), toApp(frame.url));
    });
    page.on('popup', (popup) => void this.#onPopup(popup));
    page.on('download', (download) => {
      if (!this.session.allowsDownload(download.url())) void download.cancel();
    });
    page.on('crash', () =>
      this.emit('render-process-gone', new CancellableEvent(), { reason: 'crashed', exitCode: 1 }),
    );
    return page;
  }

  async #onPopup(popup: Page): Promise<void> {
    const url = toApp(popup.url());
    if (this.#openHandler({ url }).action === 'allow') return;
    report({ kind: 'refused', what: 'window', url });
    await popup.close();
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.#openHandler = handler;
  }

  async loadURL(url: string): Promise<void> {
    const page = await this.page;
    this.#loading = true;
    await page.goto(toStandIn(url)).finally(() => {
      this.#loading = false;
    });
    report({ kind: 'loaded', url });
  }

  reload(): void {
    void this.page.then((page) => this.loadURL(toApp(page.url())));
  }

  /** Asks the app's rules of a request of this page, as Electron does: first the navigation, then the session. */
  async decide(request: PageRequest, url: string): Promise<Decision> {
    if (request.isNavigationRequest() && !this.#loading && !this.#allowsNavigation(request.frame(), url)) {
      report({ kind: 'refused', what: 'navigation', url });
      return { kind: 'refuse' };
    }
    return this.session.decide(url, request.method(), request.headers());
  }

  #allowsNavigation(frame: Frame, url: string): boolean {
    const isMainFrame = frame.parentFrame() === null;
    const allowed = (name: string): boolean => {
      const event = Object.assign(new CancellableEvent(), { url, isMainFrame });
      this.emit(name, event);
      return !event.defaultPrevented;
    };
    return allowed('will-frame-navigate') && (!isMainFrame || allowed('will-navigate'));
  }

  send(channel: string, ...args: readonly unknown[]): void {
    const deliver = async (): Promise<void> => {
      const page = await this.page;
      await page.evaluate(
        ([name, values]) => {
          const receive: unknown = Reflect.get(window, Symbol.for('electronStandIn'));
          if (typeof receive === 'function') receive(name, values);
        },
        [channel, args] as const,
      );
    };
    // As in Electron, what is sent to a page that is just going away is lost.
    void deliver().catch(() => undefined);
  }

  startDrag({ file, files }: { file: string; files?: readonly string[] }): void {
    report({ kind: 'drag', files: files ?? [file] });
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  destroy(): void {
    this.#destroyed = true;
    this.emit('destroyed');
    void this.page.then((page) => page.close()).catch(() => undefined);
  }
}

export class BrowserWindow extends EventEmitter {
  readonly webContents: WebContents;
  #page: Page | null = null;
  #visible = false;

  constructor(options: WindowOptions) {
    super();
    this.webContents = new WebContents(options);
    void this.webContents.page.then((page) => {
      this.#page = page;
    });
    electronApp.windows.add(this);
    electronApp.emit('web-contents-created', new CancellableEvent(), this.webContents);
  }

  owns(page: Page): boolean {
    return this.#page === page;
  }
  decide(request: PageRequest, url: string): Promise<Decision> {
    return this.webContents.decide(request, url);
  }
  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }
  show(): void {
    this.#visible = true;
    report({ kind: 'visible', visible: true });
  }
  hide(): void {
    this.#visible = false;
    report({ kind: 'visible', visible: false });
  }
  focus(): void {}
  restore(): void {}
  maximize(): void {}
  setKiosk(): void {}
  isVisible(): boolean {
    return this.#visible;
  }
  isMinimized(): boolean {
    return false;
  }
  isMaximized(): boolean {
    return false;
  }
  isDestroyed(): boolean {
    return this.webContents.isDestroyed();
  }
  getNormalBounds(): { x: number; y: number; width: number; height: number } {
    return { x: 0, y: 0, width: 1440, height: 900 };
  }

  close(): void {
    const event = new CancellableEvent();
    this.emit('close', event);
    if (event.defaultPrevented) return;
    this.webContents.destroy();
    electronApp.windows.delete(this);
    this.emit('closed');
    if (electronApp.windows.size === 0) electronApp.emit('window-all-closed');
  }
}
