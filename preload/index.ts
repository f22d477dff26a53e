import { contextBridge, ipcRenderer } from 'electron';
import { type DesktopBridge, desktopChannel } from '../main/contract/wire.ts';

/** All that the page gets of Electron: text out, text in. No event object and no return value of Electron's passes. */
const bridge: DesktopBridge = Object.freeze({
  send: (message: string): void => {
    ipcRenderer.send(desktopChannel, message);
  },
  onMessage: (listener: (message: string) => void): (() => void) => {
    const forward = (_event: unknown, message: string): void => listener(message);
    ipcRenderer.on(desktopChannel, forward);
    return () => {
      ipcRenderer.off(desktopChannel, forward);
    };
  },
});

contextBridge.exposeInMainWorld('platen', bridge);
