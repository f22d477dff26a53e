import type { DesktopBridge } from '../../main/contract/wire.ts';
import type { ClosableWire } from './socket-wire.ts';

declare global {
  interface Window {
    /** Only in the desktop app. */
    readonly platen?: DesktopBridge;
  }
}

/** The desktop app's bridge as a wire. It ends only when this side closes it. */
export const desktopWire = (bridge: DesktopBridge): ClosableWire => {
  const closeListeners = new Set<() => void>();
  const stops = new Set<() => void>();
  return {
    send: (message) => bridge.send(message),
    onMessage: (listener) => {
      const stop = bridge.onMessage(listener);
      stops.add(stop);
      return stop;
    },
    onClose: (listener) => {
      closeListeners.add(listener);
      return () => closeListeners.delete(listener);
    },
    close: () => {
      for (const stop of stops) stop();
      for (const listener of closeListeners) listener();
    },
  };
};
