import { useSyncExternalStore } from 'react';

/** What of an order is put on paper. */
export type PrintSheet = 'ticket' | 'slip';

/** Which screen the address names. */
export type Route =
  | { readonly kind: 'today' }
  | { readonly kind: 'orders' }
  | { readonly kind: 'order'; readonly ref: number | string }
  | { readonly kind: 'print'; readonly sheet: PrintSheet; readonly ref: number | string }
  | { readonly kind: 'files' }
  | { readonly kind: 'signals' }
  | { readonly kind: 'hotFolders' }
  | { readonly kind: 'connections' }
  | { readonly kind: 'settings' }
  | { readonly kind: 'scannerTest' }
  | { readonly kind: 'commandSheet' };

export type ScreenKind = Exclude<Route['kind'], 'order' | 'print'>;

const paths: Readonly<Record<ScreenKind, string>> = {
  today: '/today',
  orders: '/orders',
  files: '/files',
  signals: '/signals',
  hotFolders: '/hot-folders',
  connections: '/connections',
  settings: '/settings',
  scannerTest: '/settings/scanner',
  commandSheet: '/print/commands',
};

/** The link to a screen. */
export const hrefOf = (kind: ScreenKind): string => `#${paths[kind]}`;

/** The link to an order, by the station's own id or as `connection:externalId`. */
export const orderHref = (ref: number | string): string => `#/orders/${encodeURIComponent(ref)}`;

/** The link to an order's sheets of paper. */
export const printHref = (sheet: PrintSheet, ref: number | string): string =>
  `#/print/${sheet}/${encodeURIComponent(ref)}`;

const orderRefOf = (text: string): number | string => (/^[1-9]\d{0,14}$/.test(text) ? Number(text) : text);

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** Reads the address; anything unknown is the Orders screen. */
export const parseRoute = (hash: string): Route => {
  const path = hash.replace(/^#/, '');
  const order = /^\/orders\/(.+)$/.exec(path)?.[1];
  if (order !== undefined) return { kind: 'order', ref: orderRefOf(decoded(order)) };
  const print = /^\/print\/(ticket|slip)\/(.+)$/.exec(path);
  if (print?.[2] !== undefined) {
    return { kind: 'print', sheet: print[1] === 'slip' ? 'slip' : 'ticket', ref: orderRefOf(decoded(print[2])) };
  }
  for (const [kind, known] of Object.entries(paths)) {
    // `paths` has exactly the screens as its keys.
    if (path === known) return { kind: kind as ScreenKind };
  }
  return { kind: 'orders' };
};

const subscribe = (listener: () => void): (() => void) => {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
};

/** The hash of the address, as it changes. */
export const useHash = (): string => useSyncExternalStore(subscribe, () => window.location.hash);

/** Goes to a screen; the back button leads here again. */
export const goTo = (href: string): void => {
  window.location.hash = href;
};
