import { EventEmitter } from 'node:events';
import type { DesktopBridge } from '../../../main/contract/wire.ts';

const pageFrame = { url: 'app://platen/index.html', parent: null };

type Listener = (...args: unknown[]) => void;

/** One window: its page's side of the IPC, and the contents as the main process sees them. */
export class FakeWindow {
  readonly page = new EventEmitter();
  readonly contents = new FakeContents(this.page);

  /** The preload's bridge as this window's page has it. */
  bridge(): DesktopBridge {
    return {
      send: (message) => inPage(this, () => exposedBridge().send(message)),
      onMessage: (listener) => {
        const off = inPage(this, () => exposedBridge().onMessage(listener));
        return () => inPage(this, off);
      },
    };
  }
}

/** What one side sends, the other hears in a later turn, in its order. */
class FakeContents extends EventEmitter {
  readonly #page: EventEmitter;
  #destroyed = false;

  constructor(page: EventEmitter) {
    super();
    this.#page = page;
  }
  send(channel: string, message: unknown): void {
    if (this.#destroyed) throw new Error('Object has been destroyed');
    setImmediate(() => this.#page.emit(channel, {}, message));
  }
  isDestroyed(): boolean {
    return this.#destroyed;
  }
  destroy(): void {
    this.#destroyed = true;
    this.emit('destroyed');
  }
}

/** The window whose page runs now: in Electron each page has a process of its own, here they take turns. */
let running: FakeWindow | null = null;
let exposed: unknown = null;

const inPage = <Result>(window: FakeWindow, run: () => Result): Result => {
  running = window;
  try {
    return run();
  } finally {
    running = null;
  }
};

const runningWindow = (): FakeWindow => {
  if (running === null) throw new Error('no page runs');
  return running;
};

const exposedBridge = (): DesktopBridge => {
  if (isBridge(exposed)) return exposed;
  throw new Error('the preload has put no bridge on the window');
};

const isBridge = (value: unknown): value is DesktopBridge =>
  typeof value === 'object' && value !== null && 'send' in value && 'onMessage' in value;

const ipcMain = new EventEmitter();

/** Stands in for the module `electron` in the preload and in the host's wire. */
export const electronModule = {
  ipcMain,
  ipcRenderer: {
    on: (channel: string, listener: Listener) => runningWindow().page.on(channel, listener),
    off: (channel: string, listener: Listener) => runningWindow().page.off(channel, listener),
    send: (channel: string, message: unknown) => {
      const sender = runningWindow().contents;
      setImmediate(() => ipcMain.emit(channel, { sender, senderFrame: pageFrame }, message));
    },
  },
  contextBridge: {
    exposeInMainWorld: (_name: string, value: unknown) => {
      exposed = value;
    },
  },
};
