import { type IpcMainEvent, ipcMain, type WebContents } from 'electron';
import { desktopChannel, longestMessage, type Wire } from '../../contract/wire.ts';
import type { Logger } from '../../core/ports/logger.ts';
import { parseUrl } from './app-origin.ts';
import { isTrustedSender } from './trusted-sender.ts';

/** The wire of one loaded page. */
class PageWire implements Wire {
  readonly #contents: WebContents;
  readonly #listeners = new Set<(message: string) => void>();
  readonly #closeListeners = new Set<() => void>();
  #closed = false;

  constructor(contents: WebContents) {
    this.#contents = contents;
  }

  send(message: string): void {
    if (!this.#closed && !this.#contents.isDestroyed()) this.#contents.send(desktopChannel, message);
  }

  onMessage(listener: (message: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  onClose(listener: () => void): () => void {
    this.#closeListeners.add(listener);
    return () => this.#closeListeners.delete(listener);
  }

  receive(message: string): void {
    for (const listener of this.#listeners) listener(message);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const listener of this.#closeListeners) listener();
  }
}

/**
 * Gives `accept` one wire for each page that the contents load, with the page's address: it opens with the page's first message, when the page
 * is sure to listen, and closes when the page is left, reloaded, crashed or destroyed.
 */
export const acceptWires = (
  contents: WebContents,
  accept: (wire: Wire, page: URL | null) => void,
  logger: Logger,
): void => {
  let current: PageWire | null = null;

  const closeCurrent = (): void => {
    current?.close();
    current = null;
  };

  const openWire = (page: string): PageWire => {
    const wire = new PageWire(contents);
    accept(wire, parseUrl(page));
    return wire;
  };

  const onMessage = (event: IpcMainEvent, message: unknown): void => {
    if (!isTrustedSender(event, contents)) {
      logger.warn('message from an unknown sender dropped');
    } else if (typeof message !== 'string' || message.length > longestMessage) {
      logger.warn('message of a wrong form dropped');
    } else {
      current ??= openWire(event.senderFrame?.url ?? '');
      current.receive(message);
    }
  };

  ipcMain.on(desktopChannel, onMessage);
  contents.on('did-navigate', closeCurrent);
  contents.on('render-process-gone', closeCurrent);
  contents.once('destroyed', () => {
    ipcMain.off(desktopChannel, onMessage);
    closeCurrent();
  });
};
