import { PDFArray, PDFName, PDFNumber, type PDFPage } from '@cantoo/pdf-lib';
import type { BoxMm, PageBoxes } from '../../contract/inspection.ts';

type Boxes = Omit<PageBoxes, 'fromPage' | 'toPage'>;

/** In points, from the lower left of the user space. */
interface Rectangle {
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
  readonly top: number;
}

const mmPerPoint = 25.4 / 72;
const toMm = (points: number): number => Math.round(points * mmPerPoint * 100) / 100;

/** The four numbers of a box, in whichever order its corners stand; null for what is no box. */
const rectangleOf = (box: PDFArray | undefined): Rectangle | null => {
  if (box === undefined || box.size() !== 4) return null;
  const numbers = Array.from({ length: 4 }, (_, index) => box.lookup(index));
  const [x1, y1, x2, y2] = numbers.flatMap((value) => (value instanceof PDFNumber ? [value.asNumber()] : []));
  if (x1 === undefined || y1 === undefined || x2 === undefined || y2 === undefined) return null;
  const rectangle = {
    left: Math.min(x1, x2),
    bottom: Math.min(y1, y2),
    right: Math.max(x1, x2),
    top: Math.max(y1, y2),
  };
  return isEmpty(rectangle) ? null : rectangle;
};

const isEmpty = ({ left, bottom, right, top }: Rectangle): boolean => !(right > left && top > bottom);

const meet = (one: Rectangle, other: Rectangle): Rectangle => ({
  left: Math.max(one.left, other.left),
  bottom: Math.max(one.bottom, other.bottom),
  right: Math.min(one.right, other.right),
  top: Math.min(one.top, other.top),
});

/** A box is cut to the medium (PDF 1.7, 14.11.2); one that lies beside it says nothing. */
const withinMedium = (box: Rectangle | null, medium: Rectangle): Rectangle | null => {
  if (box === null) return null;
  const inside = meet(box, medium);
  return isEmpty(inside) ? null : inside;
};

const directBox = (page: PDFPage, name: string): Rectangle | null => {
  const value = page.node.lookup(PDFName.of(name));
  return rectangleOf(value instanceof PDFArray ? value : undefined);
};

const inheritedBox = (page: PDFPage, name: string): Rectangle | null => {
  const value = page.node.getInheritableAttribute(PDFName.of(name));
  const resolved = value === undefined ? undefined : page.doc.context.lookup(value);
  return rectangleOf(resolved instanceof PDFArray ? resolved : undefined);
};

/** 0, 90, 180 or 270, clockwise. */
const quarterTurn = (page: PDFPage): number => {
  const { angle } = page.getRotation();
  return (((Math.round(angle / 90) * 90) % 360) + 360) % 360;
};

/** A box as it lies on the page that is seen. */
const placed = (box: Rectangle, seen: Rectangle, turn: number, unit: number): BoxMm => {
  const left = box.left - seen.left;
  const right = seen.right - box.right;
  const top = seen.top - box.top;
  const bottom = box.bottom - seen.bottom;
  const [leftNow, topNow] =
    turn === 90 ? [bottom, left] : turn === 180 ? [right, bottom] : turn === 270 ? [top, right] : [left, top];
  const sideways = turn === 90 || turn === 270;
  const width = box.right - box.left;
  const height = box.top - box.bottom;
  return {
    leftMm: toMm(leftNow * unit),
    topMm: toMm(topNow * unit),
    widthMm: toMm((sideways ? height : width) * unit),
    heightMm: toMm((sideways ? width : height) * unit),
  };
};

const leastMargin = (outer: Rectangle, inner: Rectangle): number =>
  Math.max(
    0,
    Math.min(inner.left - outer.left, inner.bottom - outer.bottom, outer.right - inner.right, outer.top - inner.top),
  );

/** The boxes of one page; null when it has no medium. */
const boxesOf = (page: PDFPage): Boxes | null => {
  const medium = inheritedBox(page, 'MediaBox');
  if (medium === null) return null;
  const seen = withinMedium(inheritedBox(page, 'CropBox'), medium) ?? medium;
  const trim = withinMedium(directBox(page, 'TrimBox'), medium);
  const bleed = withinMedium(directBox(page, 'BleedBox'), medium);
  const userUnit = page.node.lookup(PDFName.of('UserUnit'));
  const unit = userUnit instanceof PDFNumber && userUnit.asNumber() > 0 ? userUnit.asNumber() : 1;
  const turn = quarterTurn(page);
  const { widthMm, heightMm } = placed(seen, seen, turn, unit);
  return {
    widthMm,
    heightMm,
    trim: trim === null ? null : placed(trim, seen, turn, unit),
    bleed: bleed === null ? null : placed(bleed, seen, turn, unit),
    // Without a BleedBox the bleed reaches to what is seen (PDF 1.7, 14.11.2).
    bleedMm: trim === null ? null : toMm(leastMargin(bleed ?? seen, trim) * unit),
  };
};

/** The boxes of all pages, pages with the same ones together; null when a page has no size, so that it cannot be printed. */
export const readPageBoxes = (pages: readonly PDFPage[]): PageBoxes[] | null => {
  const runs: PageBoxes[] = [];
  let lastKey = '';
  for (const [index, page] of pages.entries()) {
    const boxes = boxesOf(page);
    if (boxes === null) return null;
    const key = JSON.stringify(boxes);
    const toPage = index + 1;
    const last = runs.at(-1);
    if (last !== undefined && key === lastKey) runs.splice(-1, 1, { ...last, toPage });
    else runs.push({ fromPage: toPage, toPage, ...boxes });
    lastKey = key;
  }
  return runs;
};
