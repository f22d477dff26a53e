import type { PDFFont } from '@cantoo/pdf-lib';

export interface PageFonts {
  readonly bold: PDFFont;
  readonly plain: PDFFont;
}

/** The largest size, in points, at which the text is no wider than the maximum. */
export function fitted(font: PDFFont, text: string, maximumWidth: number, maximumSize: number): number {
  return Math.min(maximumSize, maximumWidth / Math.max(font.widthOfTextAtSize(text, 1), 0.1));
}

/** The standard fonts know only Latin letters; others become a question mark. */
export function winAnsi(text: string): string {
  return text.replaceAll(/[^\x20-\x7e\xa0-\xff]/g, '?');
}
