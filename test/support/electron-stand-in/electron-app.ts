import { EventEmitter } from 'node:events';
import type { BrowserContext, Page } from 'playwright-core';
import { CancellableEvent } from './cancellable.ts';
import { type Decide, startChromium } from './chromium.ts';
import type { BrowserWindow } from './electron-window.ts';
import { profileVariable } from './messages.ts';

/** Electron's `app`, and behind it the browser that all windows are pages of. */
class ElectronApp extends EventEmitter {
  readonly windows = new Set<BrowserWindow>();
  readonly #paths = new Map([['userData', process.env[profileVariable] ?? '']]);
  readonly #ready = Promise.withResolvers<void>();
  readonly #browser = Promise.withResolvers<BrowserContext>();
  #firstPage: Page | undefined;

  /** Called when the entry's top level has ended. */
  async becomeReady(): Promise<void> {
    const context = await startChromium(this.getPath('userData'), this.#decide);
    this.#firstPage = context.pages()[0];
    this.#browser.resolve(context);
    this.#ready.resolve();
    this.emit('ready');
  }

  async newPage(): Promise<Page> {
    const context = await this.#browser.promise;
    const page = this.#firstPage ?? (await context.newPage());
    this.#firstPage = undefined;
    return page;
  }

  readonly #decide: Decide = async (page, request, appUrl) => {
    const window = [...this.windows].find((each) => each.owns(page));
    return window === undefined ? null : window.decide(request, appUrl);
  };

  whenReady(): Promise<void> {
    return this.#ready.promise;
  }
  enableSandbox(): void {}
  setAppUserModelId(): void {}
  requestSingleInstanceLock(): boolean {
    return true;
  }
  getPath(name: string): string {
    return this.#paths.get(name) ?? '';
  }
  setPath(name: string, path: string): void {
    this.#paths.set(name, path);
  }
  getLocale(): string {
    return 'en-US';
  }
  getVersion(): string {
    return '0.0.0-stand-in';
  }

  quit(): void {
    const event = new CancellableEvent();
    this.emit('before-quit', event);
    if (event.defaultPrevented) return;
    for (const window of this.windows) window.close();
    if (this.windows.size === 0) this.exit(0);
  }

  exit(code = 0): void {
    const leave = async (): Promise<void> => {
      const context = await this.#browser.promise;
      await context.close();
      process.exit(code);
    };
    void leave();
  }
}

export const electronApp = new ElectronApp();
