import type { Page } from 'playwright-core';

interface WedgeOptions {
  /** Milliseconds between two keys. */
  readonly gapMs?: number;
  readonly end?: 'Enter' | 'Tab' | 'none';
}

/** A bar code scanner that types like a keyboard. */
export interface WedgeScanner {
  readonly scan: (text: string, options?: WedgeOptions) => Promise<void>;
}

/**
 * Plugs a scanner into a page. Its keys are sent in one go and carry their own times, so that they are as fast as a
 * scanner's however busy the machine is.
 */
export const plugInScanner = async (page: Page): Promise<WedgeScanner> => {
  const session = await page.context().newCDPSession(page);
  return {
    scan: async (text, { gapMs = 5, end = 'Enter' } = {}) => {
      const keys = [...Array.from(text), ...(end === 'none' ? [] : [end])];
      const startsAtMs = Date.now();
      await Promise.all(
        keys.flatMap((key, index) => {
          const timestamp = (startsAtMs + index * gapMs) / 1000;
          const written = key === 'Enter' ? '\r' : key;
          const press = key === 'Tab' ? { type: 'rawKeyDown' as const } : { type: 'keyDown' as const, text: written };
          return [
            session.send('Input.dispatchKeyEvent', { ...press, key, timestamp, ...codes[key] }),
            session.send('Input.dispatchKeyEvent', { type: 'keyUp', key, timestamp, ...codes[key] }),
          ];
        }),
      );
    },
  };
};

/** Without them the browser moves no focus and sends no form. */
const codes: Readonly<Record<string, { readonly code: string; readonly windowsVirtualKeyCode: number }>> = {
  Enter: { code: 'Enter', windowsVirtualKeyCode: 13 },
  Tab: { code: 'Tab', windowsVirtualKeyCode: 9 },
};
