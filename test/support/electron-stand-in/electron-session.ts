import { EventEmitter } from 'node:events';
import { CancellableEvent } from './cancellable.ts';
import type { Decision } from './chromium.ts';
import { report } from './messages.ts';

type BeforeRequest = (details: { url: string }, answer: (response: { cancel?: boolean }) => void) => void;
type Handler = (request: Request) => Promise<Response>;

/** A session: what it was told to do with requests is really done to the requests of its pages. */
export class ElectronSession extends EventEmitter {
  #beforeRequest: BeforeRequest = (_details, answer) => answer({});
  readonly #handlers = new Map<string, Handler>();

  readonly protocol = {
    handle: (scheme: string, handler: Handler): void => {
      this.#handlers.set(`${scheme}:`, handler);
    },
  };
  readonly webRequest = {
    onBeforeRequest: (listener: BeforeRequest): void => {
      this.#beforeRequest = listener;
    },
  };

  /** Permissions are asked of the real browser, which has nobody to grant them and refuses. */
  setPermissionRequestHandler(): void {}
  setPermissionCheckHandler(): void {}
  setDevicePermissionHandler(): void {}

  async decide(url: string, method: string, headers: Readonly<Record<string, string>>): Promise<Decision> {
    const { cancel } = await new Promise<{ cancel?: boolean }>((resolve) => this.#beforeRequest({ url }, resolve));
    const handler = this.#handlers.get(new URL(url).protocol);
    if (cancel === true || handler === undefined) {
      report({ kind: 'refused', what: 'request', url });
      return { kind: 'refuse' };
    }
    return { kind: 'answer', response: await handler(new Request(url, { method, headers })) };
  }

  /** Whether a download may go on. */
  allowsDownload(url: string): boolean {
    const event = new CancellableEvent();
    this.emit('will-download', event);
    if (event.defaultPrevented) report({ kind: 'refused', what: 'download', url });
    return !event.defaultPrevented;
  }
}

const sessions = new Map<string, ElectronSession>();

export const session = {
  fromPartition: (name: string): ElectronSession => {
    const known = sessions.get(name) ?? new ElectronSession();
    sessions.set(name, known);
    return known;
  },
};
