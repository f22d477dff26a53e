/** The language that was chosen at this screen. */
export interface LanguageMemory {
  /** Null when none was chosen. */
  readonly read: () => string | null;
  readonly write: (language: string) => void;
}

const key = 'platen.language';

/** Where the browser keeps nothing, a choice lasts until the page is loaded again. */
export const createLanguageMemory = (window: Window): LanguageMemory => ({
  read: () => {
    try {
      return window.localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  write: (language) => {
    try {
      window.localStorage.setItem(key, language);
    } catch {
      // The browser forbids it: nothing depends on it.
    }
  },
});
