import { degrees, type PDFPage, rgb } from '@cantoo/pdf-lib';
import { fitted, type PageFonts, winAnsi } from './page-text.ts';

const tiltDegrees = 30;

/** A word across the page from the lower left, dark with a light shadow, so that it is read on every ground. */
export const drawStamp = (page: PDFPage, text: string, fonts: PageFonts): void => {
  const { width, height } = page.getSize();
  const word = winAnsi(text);
  const tilt = (tiltDegrees * Math.PI) / 180;
  const size = fitted(
    fonts.bold,
    word,
    Math.min((width * 0.8) / Math.cos(tilt), (height * 0.8) / Math.sin(tilt)),
    height,
  );
  const length = fonts.bold.widthOfTextAtSize(word, size);
  const x = (width - length * Math.cos(tilt)) / 2;
  const y = (height - length * Math.sin(tilt)) / 2;
  const shadow = size / 30;
  const style = { size, font: fonts.bold, rotate: degrees(tiltDegrees), opacity: 0.6 };
  page.drawText(word, { ...style, x: x + shadow, y: y - shadow, color: rgb(1, 1, 1) });
  page.drawText(word, { ...style, x, y, color: rgb(0.1, 0.1, 0.1) });
};
