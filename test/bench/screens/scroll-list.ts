import type { Page } from 'playwright-core';

const dragStepPx = 12_000;
const longestDragMs = 120_000;

export interface Dragged {
  readonly seconds: number;
  /** The last place that came into sight, from 1. */
  readonly lastPlace: number;
  /** How many there are, as the list says. */
  readonly places: number;
  /** From the end of the drag until every row in sight said what it is. */
  readonly filledAfterMs: number;
}

/** Drags the list to its bottom as a hand on the scroll bar does: every frame a step, until the last order is in sight. */
export const dragToBottom = (page: Page): Promise<Dragged> =>
  page.evaluate(
    ({ stepPx, limitMs }) =>
      new Promise<Dragged>((resolve) => {
        const list = document.querySelector('ol:has(> li[data-index])');
        const viewport = list?.parentElement;
        if (list == null || viewport == null) throw new Error('there is no list');
        const startedAt = performance.now();
        let bottomAt: number | null = null;
        const shown = () => [...list.querySelectorAll('li[data-index]')];
        const inSight = () => {
          const { top, bottom } = viewport.getBoundingClientRect();
          return shown().filter((row) => {
            const box = row.getBoundingClientRect();
            return box.bottom > top && box.top < bottom;
          });
        };
        const step = (): void => {
          const last = shown().at(-1);
          const lastPlace = Number(last?.getAttribute('aria-posinset') ?? 0);
          const places = Number(last?.getAttribute('aria-setsize') ?? 0);
          const now = performance.now();
          const over = now - startedAt > limitMs;
          if (lastPlace === places || over) {
            bottomAt ??= now;
            const rows = inSight();
            if ((rows.length > 0 && rows.every((row) => row.querySelector('[aria-busy]') === null)) || over) {
              resolve({ seconds: (bottomAt - startedAt) / 1000, lastPlace, places, filledAfterMs: now - bottomAt });
              return;
            }
          }
          viewport.scrollTop += stepPx;
          requestAnimationFrame(step);
        };
        requestAnimationFrame(step);
      }),
    { stepPx: dragStepPx, limitMs: longestDragMs },
  );

/** Turns the wheel over the list, as many notches as a finger does in these seconds. */
export const turnWheel = async (page: Page, seconds: number, notchPx = 400): Promise<void> => {
  await page.locator('ol > li[data-index]').first().hover({ force: true });
  const endsAt = Date.now() + seconds * 1000;
  while (Date.now() < endsAt) {
    await page.mouse.wheel(0, notchPx);
    await page.waitForTimeout(30);
  }
};

/** Presses a key on the list so many times, as fast as a held key repeats. */
export const pressOnList = async (page: Page, key: string, times: number): Promise<void> => {
  for (let press = 0; press < times; press += 1) {
    await page.keyboard.press(key);
    await page.waitForTimeout(30);
  }
};

/** Puts the keyboard's focus on a row in sight. */
export const focusRow = (page: Page): Promise<void> =>
  page.evaluate(() => document.querySelector<HTMLElement>('li[data-index] a')?.focus({ preventScroll: true }));

/** The orders that are wholly in sight, by their platform's ids, from top to bottom. */
export const ordersInSight = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const viewport = document.querySelector('ol:has(> li[data-index])')?.parentElement;
    if (viewport == null) return [];
    const { top, bottom } = viewport.getBoundingClientRect();
    return [...document.querySelectorAll('li[data-index]')].flatMap((row) => {
      const box = row.getBoundingClientRect();
      const name = row.querySelector('a')?.textContent ?? '';
      return box.top >= top && box.bottom <= bottom && name !== '' ? [name] : [];
    });
  });
