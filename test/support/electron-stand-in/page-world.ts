/** The name under which the page's side calls the main side; taken away before any script of the page runs. */
export const bindingName = '__electronStandIn';

/**
 * The script that runs in each page before its own: Electron's half of the preload, and the built preload itself.
 * `Symbol.for('electronStandIn')` is how a message comes in: no name on the window, so the page's face stays as it is.
 */
export const pageWorld = (preload: string): string => `(() => {
  if (window !== window.top) return;
  const post = globalThis.${bindingName};
  delete globalThis.${bindingName};
  const listeners = new Map();
  const ipcRenderer = {
    send: (channel, ...args) => { void post(channel, args); },
    on: (channel, listener) => { listeners.set(channel, [...(listeners.get(channel) ?? []), listener]); return ipcRenderer; },
    off: (channel, listener) => {
      listeners.set(channel, (listeners.get(channel) ?? []).filter((each) => each !== listener));
      return ipcRenderer;
    },
  };
  const contextBridge = {
    exposeInMainWorld: (name, value) => Object.defineProperty(window, name, { value, enumerable: true }),
  };
  Object.defineProperty(window, Symbol.for('electronStandIn'), {
    value: (channel, args) => { for (const listener of listeners.get(channel) ?? []) listener({}, ...args); },
  });
  const require = (name) => {
    if (name !== 'electron') throw new Error('a sandboxed preload has no module ' + name);
    return { ipcRenderer, contextBridge };
  };
  const module = { exports: {} };
  const exports = module.exports;
  ${preload}
})();`;
