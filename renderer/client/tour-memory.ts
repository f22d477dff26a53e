import { z } from 'zod';
import { keptText, parseKept } from './kept-text.ts';

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

/** Where the browser keeps nothing, the tour begins anew when the page is loaded again. */
export const createTourMemory = (window: Window): TourMemory => {
  const kept = keptText(() => window.sessionStorage, 'platen.tour');
  return {
    read: () => parseKept(tourProgress, kept.read()),
    write: (progress) => kept.write(JSON.stringify(progress)),
  };
};
