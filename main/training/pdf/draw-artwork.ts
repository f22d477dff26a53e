import { type PDFPage, rgb } from '@cantoo/pdf-lib';
import { seededRandom } from '../random/seeded-random.ts';
import type { PdfSpec } from './make-pdf.ts';
import { fitted, type PageFonts, winAnsi } from './page-text.ts';
import { pointsPerMm } from './points.ts';

const CROP_TICK_MM = 2;

export interface Drawing {
  readonly fonts: PageFonts;
  readonly bleed: number;
  readonly pageNumber: number;
}

/** A coloured first page or cover, then pages of grey text under a coloured head. */
export function drawArtwork(page: PDFPage, spec: PdfSpec, drawing: Drawing): void {
  const { bleed, fonts, pageNumber } = drawing;
  const { width, height } = page.getSize();
  const trim = { width: width - 2 * bleed, height: height - 2 * bleed };
  const random = seededRandom(`${spec.seed}/${pageNumber === 1 ? 'first' : pageNumber % 2}`);
  const ink = () => rgb(0.15 + random.next() * 0.7, 0.15 + random.next() * 0.7, 0.15 + random.next() * 0.7);
  // Dark enough for white letters on it.
  const ground = () => rgb(0.08 + random.next() * 0.4, 0.08 + random.next() * 0.4, 0.08 + random.next() * 0.4);

  if (pageNumber === 1) {
    // The first page is full to the bleed, so that a thumbnail shows a cover and not a white sheet.
    page.drawRectangle({ x: 0, y: 0, width, height, color: ground() });
    page.drawCircle({
      x: bleed + trim.width * (0.3 + random.next() * 0.4),
      y: bleed + trim.height * 0.35,
      size: Math.min(trim.width, trim.height) * (0.15 + random.next() * 0.12),
      color: ink(),
    });
  }
  if (pageNumber > 1) {
    page.drawRectangle({ x: 0, y: height - bleed - trim.height * 0.12, width, height, color: ground() });
    drawTextLines(page, spec.seed, drawing, trim);
  }
  if (spec.spineMm !== undefined) {
    const spine = spec.spineMm * pointsPerMm;
    page.drawRectangle({ x: (width - spine) / 2, y: 0, width: spine, height, color: ink() });
  }

  const light = rgb(1, 1, 1);
  const dark = rgb(0.1, 0.1, 0.1);
  const lines = [...(spec.lines ?? []), `page ${pageNumber} of ${spec.pageCount}`].map(winAnsi);
  const title = winAnsi(spec.title);
  // On a cover the front is right of the spine.
  const left = spec.spineMm === undefined ? bleed : (width + spec.spineMm * pointsPerMm) / 2;
  const available = width - bleed - left;
  const titleSize = fitted(fonts.bold, title, available * 0.86, trim.height * (pageNumber === 1 ? 0.08 : 0.05));
  const lineSize = Math.min(...lines.map((line) => fitted(fonts.plain, line, available * 0.86, trim.height * 0.035)));
  let y = height - bleed - (pageNumber === 1 ? trim.height * 0.18 : trim.height * 0.09);
  page.drawText(title, { x: left + available * 0.07, y, size: titleSize, font: fonts.bold, color: light });
  if (pageNumber > 1) y = bleed + trim.height * 0.03 + lineSize * 1.5 * lines.length;
  for (const line of lines) {
    y -= lineSize * 1.5;
    const color = pageNumber === 1 ? light : dark;
    page.drawText(line, { x: left + available * 0.07, y, size: lineSize, font: fonts.plain, color });
  }
}

/** Grey bars where running text would be. */
function drawTextLines(
  page: PDFPage,
  seed: string | number,
  { bleed, pageNumber }: Drawing,
  trim: { readonly width: number; readonly height: number },
): void {
  const random = seededRandom(`${seed}/text/${pageNumber}`);
  for (let row = 0; row < 18; row += 1) {
    const full = row % 6 === 5 ? 0.2 + random.next() * 0.5 : 1;
    page.drawRectangle({
      x: bleed + trim.width * 0.12,
      y: bleed + trim.height * (0.78 - row * 0.03),
      width: trim.width * 0.76 * full,
      height: trim.height * 0.01,
      color: rgb(0.75, 0.75, 0.75),
    });
  }
}

/** Short ticks in the bleed, in line with the edges of the trim. */
export function drawCropHints(page: PDFPage, bleed: number): void {
  const { width, height } = page.getSize();
  const tick = Math.min(bleed * 0.7, CROP_TICK_MM * pointsPerMm);
  if (tick <= 0) return;
  const style = { thickness: 0.25, color: rgb(0, 0, 0) };
  for (const x of [bleed, width - bleed]) {
    page.drawLine({ start: { x, y: 0 }, end: { x, y: tick }, ...style });
    page.drawLine({ start: { x, y: height - tick }, end: { x, y: height }, ...style });
  }
  for (const y of [bleed, height - bleed]) {
    page.drawLine({ start: { x: 0, y }, end: { x: tick, y }, ...style });
    page.drawLine({ start: { x: width - tick, y }, end: { x: width, y }, ...style });
  }
}
