import { openImageBook } from './image-book.ts';
import { isPicture, type PageSource } from './page-source.ts';
import type { PdfBook, PixelBox } from './pdf-book.ts';

/** Opens a PDF or a picture. The library for PDFs is a good part of the app, so it comes with the first that is shown. */
export const openBook = async (source: PageSource, signal: AbortSignal): Promise<PdfBook> => {
  if (isPicture(source.format)) return openImageBook(source, signal);
  const { openPdfBook } = await import('./pdf-book.ts');
  return openPdfBook(source, signal);
};

/** Draws page one, and keeps it as a picture of the page's own. Rejects when it cannot be drawn. */
export const takePicture = async (
  book: PdfBook,
  box: PixelBox,
  signal: AbortSignal,
): Promise<{ readonly url: string; readonly widthPx: number; readonly heightPx: number }> => {
  const canvas = document.createElement('canvas');
  await book.draw(1, canvas, box, signal);
  const { width: widthPx, height: heightPx } = canvas;
  const picture = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (picture === null) throw new Error('the page could not be kept');
  return { url: URL.createObjectURL(picture), widthPx, heightPx };
};

export const dropPicture = (url: string): void => URL.revokeObjectURL(url);
