import { z } from 'zod';
import type { WireLine } from './schema.ts';

const cursorSchema = z.object({ untilMs: z.number(), told: z.array(z.tuple([z.string(), z.string()])) });

/** Up to when the sweeps so far have asked, and what they have told: the last status of each order. */
export interface SweepCursor {
  readonly untilMs: number;
  readonly told: ReadonlyMap<string, string>;
}

/** Null for none, and for one that cannot be read: then everything of the look-back is told again. */
export const readCursor = (text: string | null): SweepCursor | null => {
  if (text === null) return null;
  try {
    const { untilMs, told } = cursorSchema.parse(JSON.parse(text));
    return { untilMs, told: new Map(told) };
  } catch {
    return null;
  }
};

export const writeCursor = ({ untilMs, told }: SweepCursor): string => JSON.stringify({ untilMs, told: [...told] });

/** The lines whose order was last told with another status, or not at all; they count as told from now on. */
export const takeUntold = <Line extends Pick<WireLine, 'id' | 'status'>>(
  told: Map<string, string>,
  lines: readonly Line[],
): readonly Line[] =>
  lines.filter(({ id, status }) => {
    const isUntold = told.get(id) !== status;
    told.set(id, status);
    return isUntold;
  });
