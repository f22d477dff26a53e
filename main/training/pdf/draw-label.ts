import { type PDFPage, rgb } from '@cantoo/pdf-lib';
import { seededRandom } from '../random/seeded-random.ts';
import type { PdfSpec } from './make-pdf.ts';
import { fitted, type PageFonts, winAnsi } from './page-text.ts';

const BLACK = rgb(0, 0, 0);

/** A shipping label: the sender at the top, lines below, a field of bars that look like a code but mean nothing. */
export function drawLabel(page: PDFPage, spec: PdfSpec, fonts: PageFonts): void {
  const { width, height } = page.getSize();
  const margin = width * 0.07;
  const title = winAnsi(spec.title);
  const titleSize = fitted(fonts.bold, title, width - 2 * margin, height * 0.06);
  let y = height - margin - titleSize;
  page.drawText(title, { x: margin, y, size: titleSize, font: fonts.bold, color: BLACK });
  y -= titleSize;
  page.drawLine({ start: { x: margin, y }, end: { x: width - margin, y }, thickness: 1, color: BLACK });
  for (const line of (spec.lines ?? []).map(winAnsi)) {
    const size = fitted(fonts.plain, line, width - 2 * margin, height * 0.04);
    y -= size * 1.6;
    page.drawText(line, { x: margin, y, size, font: fonts.plain, color: BLACK });
  }
  const random = seededRandom(`${spec.seed}/bars`);
  for (let x = margin; x < width - margin * 1.2; ) {
    const barWidth = 1 + random.below(3);
    page.drawRectangle({ x, y: height * 0.12, width: barWidth, height: height * 0.25, color: BLACK });
    x += barWidth + 1 + random.below(4);
  }
}
