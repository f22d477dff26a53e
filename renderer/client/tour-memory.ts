import { z } from 'zod';

const tourProgress = z.object({
  /** Which run of the practice station it belongs to. */
  epoch: z.string(),
  /** The step that is shown. */
  index: z.number().int().nonnegative(),
  open: z.boolean(),
  /** Steps that were seen done, and orders that were seen with a problem. */
  done: z.array(z.string()),
  troubled: z.array(z.number().int()),
});
export type TourProgress = z.infer<typeof tourProgress>;

/** How far the tour had come in this tab; it goes on there when the page is loaded again. */
export interface TourMemory {
  readonly read: () => TourProgress | null;
  readonly write: (progress: TourProgress) => void;
}

const key = 'platen.tour';

/** Where the browser keeps nothing, the tour begins anew when the page is loaded again. */
export const createTourMemory = (window: Window): TourMemory => ({
  read: () => {
    try {
      return tourProgress.safeParse(JSON.parse(window.sessionStorage.getItem(key) ?? 'null')).data ?? null;
    } catch {
      return null;
    }
  },
  write: (progress) => {
    try {
      window.sessionStorage.setItem(key, JSON.stringify(progress));
    } catch {
      // The browser forbids it: nothing depends on it.
    }
  },
});
