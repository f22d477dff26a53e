/** The session of who is signed in at this tab; it is shown to the station again after a lost wire or a reload. */
export interface SessionMemory {
  readonly read: () => string | null;
  /** Null forgets it. */
  readonly write: (session: string | null) => void;
}

const key = 'platen.session';

/** Kept for the life of the tab. Where the browser keeps nothing, a reload asks for the PIN again. */
export const createSessionMemory = (window: Window): SessionMemory => {
  let known: string | null = null;
  try {
    known = window.sessionStorage.getItem(key);
  } catch {
    // The browser forbids it.
  }
  return {
    read: () => known,
    write: (session) => {
      known = session;
      try {
        if (session === null) window.sessionStorage.removeItem(key);
        else window.sessionStorage.setItem(key, session);
      } catch {
        // The browser forbids it: the session lasts until the page is loaded again.
      }
    },
  };
};
