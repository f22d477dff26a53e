import { z } from 'zod';
import { call, event } from './define.ts';
import { snapshotMark } from './values.ts';

/** What goes on at the real station while somebody practises. */
export const realStation = z.object({
  name: z.string(),
  /** Orders with a problem, and notices that want a person. */
  problems: z.number().int().nonnegative(),
});
export type RealStation = z.infer<typeof realStation>;

/**
 * Training: a throw-away station beside the real one. The host answers these calls the same way before both, and lets a
 * screen choose with its wire which of the two it works with.
 */
export const trainingGroup = {
  /** Starts the practice station unless it runs. It is ready when this is answered, and ends when nobody comes to it. */
  enter: call(z.object({}), z.object({}), { for: 'everyone' }),
  /** This screen goes back. The last one to go ends the practice station, and all that was done there is gone. */
  leave: call(z.object({}), z.object({}), { for: 'everyone' }),
  /** How the real station does, whichever of the two is asked. */
  real: call(z.object({}), z.object({ ...snapshotMark, real: realStation }), { for: 'everyone' }),
  changed: event(z.object({ ...snapshotMark, real: realStation })),
};
