import type { Wire } from '../../main/contract/wire.ts';

/** A wire that this side can end. */
export interface ClosableWire extends Wire {
  close(): void;
}

/** What opening a wire came to; `refused`: the host answers, but does not take this page's key. */
export type OpenOutcome =
  | { readonly kind: 'open'; readonly wire: ClosableWire }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'refused' };

/** The page's own address with the path of the contract's WebSocket: that of the real station, or of the one to practise with. */
export const contractUrl = (pageUrl: string, token: string, practising = false): string => {
  const url = new URL('/contract', pageUrl);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.searchParams.set('token', token);
  if (practising) url.searchParams.set('training', '1');
  return url.href;
};

const socketWire = (socket: WebSocket): ClosableWire => ({
  send: (message) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(message);
  },
  onMessage: (listener) => {
    const onMessage = (event: MessageEvent): void => {
      if (typeof event.data === 'string') listener(event.data);
    };
    socket.addEventListener('message', onMessage);
    return () => socket.removeEventListener('message', onMessage);
  },
  onClose: (listener) => {
    socket.addEventListener('close', listener, { once: true });
    return () => socket.removeEventListener('close', listener);
  },
  close: () => socket.close(),
});

export interface SocketDeps {
  readonly open: (url: string) => WebSocket;
  /** Whether the host that served this page answers at all. A browser hides why a WebSocket was not let in. */
  readonly hostAnswers: () => Promise<boolean>;
}

export const openSocketWire = (url: string, deps: SocketDeps): Promise<OpenOutcome> =>
  new Promise((resolve) => {
    const socket = deps.open(url);
    const onOpen = (): void => {
      socket.removeEventListener('close', onClose);
      resolve({ kind: 'open', wire: socketWire(socket) });
    };
    const onClose = (): void => {
      void deps.hostAnswers().then((answers) => resolve({ kind: answers ? 'refused' : 'unreachable' }));
    };
    socket.addEventListener('open', onOpen, { once: true });
    socket.addEventListener('close', onClose, { once: true });
  });
