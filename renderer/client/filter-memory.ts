/** The filters that were saved at this screen, as the text that was written. */
export interface FilterMemory {
  readonly read: () => string | null;
  readonly write: (text: string) => void;
}

const key = 'platen.savedFilters.orders';

/** Where the browser keeps nothing, a filter is saved until the page is loaded again. */
export const createFilterMemory = (window: Window): FilterMemory => ({
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
