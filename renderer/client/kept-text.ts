import type { z } from 'zod';

/** A text that the browser keeps for this page. */
export interface KeptText {
  /** Null while there is none. */
  readonly read: () => string | null;
  readonly write: (text: string) => void;
}

/**
 * A text under a key of a storage, which is asked for each time: a browser may forbid even that. Where it keeps
 * nothing, the text is not there when the page is loaded again, and nothing may depend on it.
 */
export const keptText = (storage: () => Pick<Storage, 'getItem' | 'setItem'>, key: string): KeptText => ({
  read: () => {
    try {
      return storage().getItem(key);
    } catch {
      return null;
    }
  },
  write: (text) => {
    try {
      storage().setItem(key, text);
    } catch {
      // Forbidden, or full.
    }
  },
});

/** A kept text of which other tabs tell when they write it. */
export interface SharedText extends KeptText {
  readonly onChanged: (listener: () => void) => void;
}

export const sharedText = (window: Window, key: string): SharedText => ({
  ...keptText(() => window.localStorage, key),
  onChanged: (listener) =>
    window.addEventListener('storage', (event) => {
      if (event.key === key) listener();
    }),
});

/** What a kept text says; null where there is none, or one that is not understood any more. */
export const parseKept = <T>(schema: z.ZodType<T>, text: string | null): T | null => {
  try {
    return schema.safeParse(JSON.parse(text ?? 'null')).data ?? null;
  } catch {
    return null;
  }
};
