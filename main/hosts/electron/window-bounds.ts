import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';

/** A rectangle in device-independent pixels. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const windowPlace = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  maximized: z.boolean(),
});
export type WindowPlace = z.infer<typeof windowPlace>;

export const smallestWindow = { width: 960, height: 640 } as const;
const usualWindow = { width: 1440, height: 900 } as const;
/** How much of a window's top edge must be on a screen for a person to take hold of it. */
const graspWidth = 160;
const graspHeight = 40;

const overlap = (start: number, length: number, otherStart: number, otherLength: number): number =>
  Math.min(start + length, otherStart + otherLength) - Math.max(start, otherStart);

const canBeGrasped = (bounds: Rectangle, area: Rectangle): boolean =>
  overlap(bounds.x, bounds.width, area.x, area.width) >= graspWidth &&
  bounds.y >= area.y &&
  bounds.y + graspHeight <= area.y + area.height;

const centred = (area: Rectangle, size: { readonly width: number; readonly height: number }): Rectangle => {
  const width = Math.min(size.width, area.width);
  const height = Math.min(size.height, area.height);
  return {
    x: Math.round(area.x + (area.width - width) / 2),
    y: Math.round(area.y + (area.height - height) / 2),
    width,
    height,
  };
};

/** Where the window opens: where it was, if that is still on a screen; else in the middle of the main screen. */
export const boundsOnScreen = (
  wanted: Rectangle | null,
  mainArea: Rectangle,
  areas: readonly Rectangle[],
): Rectangle => {
  const area = wanted === null ? undefined : areas.find((each) => canBeGrasped(wanted, each));
  if (wanted === null || area === undefined) return centred(mainArea, wanted ?? usualWindow);
  return {
    ...wanted,
    width: Math.min(wanted.width, area.width),
    height: Math.min(wanted.height, area.height),
  };
};

/** The window's place when it was last closed; null when it is not known. */
export const readWindowPlace = async (file: string): Promise<WindowPlace | null> => {
  try {
    const parsed = windowPlace.safeParse(JSON.parse(await readFile(file, 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
};

export const writeWindowPlace = (file: string, place: WindowPlace): Promise<void> =>
  writeFile(file, JSON.stringify(place));
