import type { PageBoxes } from '../../contract/inspection.ts';
import { type Finding, finding, isSameSize, sizeDetail, toleranceMm, turned } from './finding.ts';
import type { ProductTrim } from './product-trim.ts';

/** A page without a TrimBox may be so much larger than the trim, on both sides together: its bleed. */
const mostAroundMm = 20;
/** The widest spine that a cover is believed to have. */
const widestSpineMm = 100;

type Verdict =
  | { readonly kind: 'fits'; readonly by: 'trim' | 'page' }
  | { readonly kind: 'wrong'; readonly finding: Finding };

const isWithin = (value: number, least: number, most: number): boolean =>
  value >= least - toleranceMm && value <= most + toleranceMm;

/** Whether a page can be the trim with some bleed around it. */
const surrounds = (boxes: PageBoxes, trim: ProductTrim): boolean =>
  isWithin(boxes.widthMm - trim.widthMm, 0, mostAroundMm) && isWithin(boxes.heightMm - trim.heightMm, 0, mostAroundMm);

const judgePage = (boxes: PageBoxes, expected: ProductTrim): Verdict => {
  const upright = { ...expected, ...turned(expected) };
  const ways = expected.turned === 'unknown' ? [expected, upright] : [expected];
  const { trim } = boxes;
  if (trim !== null && ways.some((way) => isSameSize(trim, way))) return { kind: 'fits', by: 'trim' };
  // Careless programs write the whole page as its TrimBox: that says no more than the page does.
  const tells = trim !== null && !isSameSize(trim, boxes);
  if (!tells && ways.some((way) => surrounds(boxes, way))) return { kind: 'fits', by: 'page' };
  const found = tells ? trim : boxes;
  const isTurned = tells ? isSameSize(trim, upright) : surrounds(boxes, upright);
  const code = isTurned ? 'orientation' : tells ? 'trimSize' : 'pageSize';
  return { kind: 'wrong', finding: finding(code, 'mismatch', sizeDetail(found, expected, boxes.fromPage)) };
};

const judgeCover = (boxes: PageBoxes, expected: ProductTrim, cutWithBlock: boolean): Verdict => {
  const spread = { widthMm: 2 * expected.widthMm, heightMm: expected.heightMm, told: expected.told };
  const wrong = (code: string, found: { readonly widthMm: number; readonly heightMm: number }): Verdict => ({
    kind: 'wrong',
    finding: finding(code, 'mismatch', sizeDetail(found, spread, boxes.fromPage)),
  });
  const fitsAround = (most: number): boolean =>
    isWithin(boxes.widthMm - spread.widthMm, 0, most + widestSpineMm) &&
    isWithin(boxes.heightMm - spread.heightMm, 0, most);
  // A case is wrapped around its boards: larger than the block by what only its maker knows.
  if (!cutWithBlock) return fitsAround(4 * mostAroundMm) ? { kind: 'fits', by: 'page' } : wrong('coverSize', boxes);
  const { trim } = boxes;
  if (trim === null || isSameSize(trim, boxes)) {
    return fitsAround(mostAroundMm) ? { kind: 'fits', by: 'page' } : wrong('coverSize', boxes);
  }
  const fits =
    isWithin(trim.heightMm, spread.heightMm, spread.heightMm) &&
    isWithin(trim.widthMm, spread.widthMm, spread.widthMm + widestSpineMm);
  return fits ? { kind: 'fits', by: 'trim' } : wrong('coverTrim', trim);
};

/** Compares the size of every page with what was ordered; the first page that is wrong speaks for all. */
export const sizeFinding = (
  boxes: readonly PageBoxes[],
  expected: ProductTrim,
  part: 'pages' | 'cover' | 'coverCutWithBlock',
): Finding | null => {
  const verdicts = boxes.map((run) =>
    part === 'pages' ? judgePage(run, expected) : judgeCover(run, expected, part === 'coverCutWithBlock'),
  );
  const wrong = verdicts.find((verdict) => verdict.kind === 'wrong');
  if (wrong !== undefined) return wrong.finding;
  const [first] = boxes;
  if (first === undefined) return null;
  const byTrim = first.trim !== null && verdicts.every((verdict) => verdict.kind === 'fits' && verdict.by === 'trim');
  const found = byTrim && first.trim !== null ? first.trim : first;
  if (part === 'pages') return finding(byTrim ? 'trimSize' : 'pageSize', 'ok', sizeDetail(found, expected, 1));
  const spread = { widthMm: 2 * expected.widthMm, heightMm: expected.heightMm, told: expected.told };
  return finding(byTrim ? 'coverTrim' : 'coverSize', 'ok', sizeDetail(found, spread, 1));
};
