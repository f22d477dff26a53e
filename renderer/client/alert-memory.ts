/** How this workstation draws attention, as the text that was written. */
export interface AlertMemory {
  readonly read: () => string | null;
  readonly write: (text: string) => void;
}

const key = 'platen.alerts';

/** Where the browser keeps nothing, the set-up lasts until the page is loaded again. */
export const createAlertMemory = (window: Window): AlertMemory => ({
  read: () => {
    try {
      return window.localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  write: (text) => {
    try {
      window.localStorage.setItem(key, text);
    } catch {
      // The browser forbids it: nothing depends on it.
    }
  },
});
