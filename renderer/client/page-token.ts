/** What the part of the address after `#` says: the station's key, where the page should open, or both. */
export interface Fragment {
  readonly token: string | null;
  /** Starts with `/`; empty when the fragment names no screen. */
  readonly path: string;
}

/** Reads `#token=…`, `#token=…&path=/orders/5` and `#/orders/5`. */
export const readFragment = (hash: string): Fragment => {
  const text = hash.startsWith('#') ? hash.slice(1) : hash;
  if (text.startsWith('/') || text === '') return { token: null, path: text };
  const parts = new URLSearchParams(text);
  const path = parts.get('path') ?? '';
  return { token: parts.get('token') || null, path: path.startsWith('/') ? path : '' };
};

const storageKey = 'platen.token';

/** The parts of a browser window that keep the key. */
export interface TokenPlace {
  readonly location: Pick<Location, 'hash' | 'pathname' | 'search'>;
  readonly history: Pick<History, 'replaceState'>;
  readonly sessionStorage: Pick<Storage, 'getItem' | 'setItem'>;
}

/** Moves the key from the address bar, where others could read or copy it, into this tab's own storage, and answers it. */
export const takePageToken = (place: TokenPlace): string | null => {
  const { token, path } = readFragment(place.location.hash);
  if (token === null) return place.sessionStorage.getItem(storageKey);
  place.sessionStorage.setItem(storageKey, token);
  place.history.replaceState(null, '', `${place.location.pathname}${place.location.search}#${path || '/orders'}`);
  return token;
};
