import { PDFDocument, type PDFFont, type PDFPage, rgb, StandardFonts } from '@cantoo/pdf-lib';
import { seededRandom } from '../random/seeded-random.ts';

/** What a PDF shows and measures. The same spec gives the same bytes. */
export interface PdfSpec {
  /** Decides the colours and shapes. */
  readonly seed: string | number;
  readonly pageCount: number;
  readonly trimWidthMm: number;
  readonly trimHeightMm: number;
  /** Added on all four sides; MediaBox and BleedBox include it, TrimBox does not. Default 3. */
  readonly bleedMm?: number;
  readonly title: string;
  /** Printed on each page under the title, such as the order, item and part. */
  readonly lines?: readonly string[];
  /** Shows a spine this wide in the middle, as on a book's cover. */
  readonly spineMm?: number;
  /** Pages without a TrimBox and BleedBox, as careless tools write them. */
  readonly withoutBoxes?: boolean;
}

const POINTS_PER_MM = 72 / 25.4;
const MADE_AT = new Date('2026-01-01T00:00:00Z');
const CROP_TICK_MM = 2;

/** A complete PDF with a classic cross-reference table. */
export async function makePdf(spec: PdfSpec): Promise<Uint8Array> {
  const document = await PDFDocument.create({ updateMetadata: false });
  document.setTitle(winAnsi(spec.title));
  document.setProducer('Platen sandbox');
  document.setCreationDate(MADE_AT);
  document.setModificationDate(MADE_AT);
  const fonts = {
    bold: await document.embedFont(StandardFonts.HelveticaBold),
    plain: await document.embedFont(StandardFonts.Helvetica),
  };
  const bleedMm = spec.bleedMm ?? 3;
  const media = {
    width: (spec.trimWidthMm + 2 * bleedMm) * POINTS_PER_MM,
    height: (spec.trimHeightMm + 2 * bleedMm) * POINTS_PER_MM,
  };
  const bleed = bleedMm * POINTS_PER_MM;
  for (let pageNumber = 1; pageNumber <= spec.pageCount; pageNumber += 1) {
    const page = document.addPage([media.width, media.height]);
    if (spec.withoutBoxes !== true) {
      page.setBleedBox(0, 0, media.width, media.height);
      page.setTrimBox(bleed, bleed, media.width - 2 * bleed, media.height - 2 * bleed);
    }
    drawPage(page, spec, { fonts, bleed, pageNumber });
  }
  return await document.save({ useObjectStreams: false, addDefaultPage: false });
}

interface Drawing {
  readonly fonts: { readonly bold: PDFFont; readonly plain: PDFFont };
  readonly bleed: number;
  readonly pageNumber: number;
}

function drawPage(page: PDFPage, spec: PdfSpec, drawing: Drawing): void {
  const { bleed, fonts, pageNumber } = drawing;
  const { width, height } = page.getSize();
  const trim = { width: width - 2 * bleed, height: height - 2 * bleed };
  const random = seededRandom(`${spec.seed}/${pageNumber === 1 ? 'first' : pageNumber % 2}`);
  const ink = () => rgb(0.15 + random.next() * 0.7, 0.15 + random.next() * 0.7, 0.15 + random.next() * 0.7);

  if (pageNumber === 1) {
    // The first page is full to the bleed, so that a thumbnail shows a cover and not a white sheet.
    page.drawRectangle({ x: 0, y: 0, width, height, color: ink() });
    page.drawCircle({
      x: bleed + trim.width * (0.3 + random.next() * 0.4),
      y: bleed + trim.height * 0.35,
      size: Math.min(trim.width, trim.height) * (0.15 + random.next() * 0.12),
      color: ink(),
    });
  }
  if (pageNumber > 1) {
    page.drawRectangle({ x: 0, y: height - bleed - trim.height * 0.12, width, height, color: ink() });
    drawTextLines(page, spec.seed, drawing, trim);
  }
  if (spec.spineMm !== undefined) {
    const spine = spec.spineMm * POINTS_PER_MM;
    page.drawRectangle({ x: (width - spine) / 2, y: 0, width: spine, height, color: ink() });
  }

  const light = rgb(1, 1, 1);
  const dark = rgb(0.1, 0.1, 0.1);
  const lines = [...(spec.lines ?? []), `page ${pageNumber} of ${spec.pageCount}`].map(winAnsi);
  const title = winAnsi(spec.title);
  // On a cover the front is right of the spine.
  const left = spec.spineMm === undefined ? bleed : (width + spec.spineMm * POINTS_PER_MM) / 2;
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
  drawCropHints(page, bleed);
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
function drawCropHints(page: PDFPage, bleed: number): void {
  const { width, height } = page.getSize();
  const tick = Math.min(bleed * 0.7, CROP_TICK_MM * POINTS_PER_MM);
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

function fitted(font: PDFFont, text: string, maximumWidth: number, maximumSize: number): number {
  return Math.min(maximumSize, maximumWidth / Math.max(font.widthOfTextAtSize(text, 1), 0.1));
}

/** The standard fonts know only Latin letters; others become a question mark. */
function winAnsi(text: string): string {
  return text.replaceAll(/[^\x20-\x7e\xa0-\xff]/g, '?');
}
