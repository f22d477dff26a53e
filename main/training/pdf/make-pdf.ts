import { PDFDocument, StandardFonts } from '@cantoo/pdf-lib';
import { drawArtwork, drawCropHints } from './draw-artwork.ts';
import { drawLabel } from './draw-label.ts';
import { drawStamp } from './draw-stamp.ts';
import { winAnsi } from './page-text.ts';
import { pointsPerMm } from './points.ts';

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
  /** Stands large across each page, so that nobody takes it for a job. */
  readonly stamp?: string;
  /** `label` is a white shipping label with bars. Default `artwork`. */
  readonly look?: 'artwork' | 'label';
  /** Pages without a TrimBox and BleedBox, as careless tools write them. */
  readonly withoutBoxes?: boolean;
}

const MADE_AT = new Date('2026-01-01T00:00:00Z');

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
    width: (spec.trimWidthMm + 2 * bleedMm) * pointsPerMm,
    height: (spec.trimHeightMm + 2 * bleedMm) * pointsPerMm,
  };
  const bleed = bleedMm * pointsPerMm;
  for (let pageNumber = 1; pageNumber <= spec.pageCount; pageNumber += 1) {
    const page = document.addPage([media.width, media.height]);
    if (spec.withoutBoxes !== true) {
      page.setBleedBox(0, 0, media.width, media.height);
      page.setTrimBox(bleed, bleed, media.width - 2 * bleed, media.height - 2 * bleed);
    }
    if (spec.look === 'label') drawLabel(page, spec, fonts);
    else drawArtwork(page, spec, { fonts, bleed, pageNumber });
    drawCropHints(page, bleed);
    if (spec.stamp !== undefined) drawStamp(page, spec.stamp, fonts);
  }
  return await document.save({ useObjectStreams: false, addDefaultPage: false });
}
