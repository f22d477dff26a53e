import type { BoxMm, PageBoxes } from '../../contract/inspection.ts';
import type { ExpectedFile } from './expected-file.ts';
import { type Finding, finding, isSameSize, leastBleedMm } from './finding.ts';

/** Programs round here, too, but less is seen: a hair of white at the edge. */
const bleedToleranceMm = 0.2;

interface Bleed {
  readonly mm: number;
  readonly page: number;
}

/** What lies around a trim, on the side where there is least. Pages of a book need none where they are bound. */
const around = (trim: BoxMm, outer: BoxMm, isBound: boolean): number => {
  const left = trim.leftMm - outer.leftMm;
  const right = outer.leftMm + outer.widthMm - trim.leftMm - trim.widthMm;
  const top = trim.topMm - outer.topMm;
  const bottom = outer.topMm + outer.heightMm - trim.topMm - trim.heightMm;
  return Math.max(0, Math.min(top, bottom, isBound ? Math.max(left, right) : Math.min(left, right)));
};

const bleedOf = (boxes: PageBoxes, { role, trim: ordered }: ExpectedFile): Bleed | null => {
  const isBound = role === 'bookBlock';
  const { trim, bleed, widthMm, heightMm, fromPage: page } = boxes;
  const whole = { leftMm: 0, topMm: 0, widthMm, heightMm };
  if (trim !== null && (ordered === null || !isSameSize(trim, whole) || isSameSize(trim, ordered))) {
    return { mm: around(trim, bleed ?? whole, isBound), page };
  }
  // Where only the page is known, what it has beyond the ordered size is its bleed. A cover's spine is not known.
  if (ordered === null || role === 'cover') return null;
  const extra = (found: number, size: number): number => Math.max(0, (found - size) / 2);
  const upright = Math.min(extra(widthMm, ordered.widthMm), extra(heightMm, ordered.heightMm));
  const sideways = Math.min(extra(widthMm, ordered.heightMm), extra(heightMm, ordered.widthMm));
  return { mm: ordered.turned === 'unknown' ? Math.max(upright, sideways) : upright, page };
};

/** Says whether there is bleed enough, on the page with the least; null where the trim is not known. */
export const bleedFinding = (boxes: readonly PageBoxes[], expected: ExpectedFile): Finding | null => {
  const least = boxes
    .flatMap((run) => bleedOf(run, expected) ?? [])
    .reduce<Bleed | null>((found, bleed) => (found === null || bleed.mm < found.mm ? bleed : found), null);
  if (least === null) return null;
  const enough = least.mm >= leastBleedMm - bleedToleranceMm;
  return finding('bleed', enough ? 'ok' : 'attention', {
    bleed: Math.round(least.mm * 10) / 10,
    least: leastBleedMm,
    page: least.page,
  });
};
