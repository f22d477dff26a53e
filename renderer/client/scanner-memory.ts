/** How the scanner of this workstation is set up, as the text that was written. */
export interface ScannerMemory {
  readonly read: () => string | null;
  readonly write: (text: string) => void;
}

const key = 'platen.scanner';

/** Where the browser keeps nothing, the set-up lasts until the page is loaded again. */
export const createScannerMemory = (window: Window): ScannerMemory => ({
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
