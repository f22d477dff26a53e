/** Which start report was read and put away on this screen; it stays away when the page is loaded again. */
export interface ReportMemory {
  /** When the station of that report was started; null when none was put away. */
  readonly read: () => string | null;
  readonly write: (startedAt: string) => void;
}

const key = 'platen.startReportRead';

/** Where the browser keeps nothing, a report is put away until the page is loaded again. */
export const createReportMemory = (window: Window): ReportMemory => ({
  read: () => {
    try {
      return window.localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  write: (startedAt) => {
    try {
      window.localStorage.setItem(key, startedAt);
    } catch {
      // The browser forbids it: nothing depends on it.
    }
  },
});
