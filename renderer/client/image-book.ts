import type { PageSource } from './page-source.ts';
import type { PdfBook } from './pdf-book.ts';

/** As with pages: a picture is never drawn larger than this, whatever the screen. */
const mostPixels = 16_000_000;
/** As with a PDF that is inspected: a larger file is not taken into memory. */
const largestBytes = 256 * 1024 * 1024;
/** A sheet of 2 m by 1.4 m at 150 dpi; a larger picture would take a gigabyte to decode. */
const mostDecodedPixels = 100_000_000;
/** A file that takes longer is not shown. */
const longestMs = 30_000;

const typeOf = (format: string): string => (/png$/i.test(format) ? 'image/png' : 'image/jpeg');

/** Rejects when the file is no picture that the browser can show. */
const loaded = async (url: string): Promise<HTMLImageElement> => {
  const image = new Image();
  const shown = Promise.withResolvers<void>();
  image.onload = () => shown.resolve();
  image.onerror = () => shown.reject(new Error('the picture cannot be read'));
  image.src = url;
  await shown.promise;
  return image;
};

/** Opens a PNG or a JPEG, which is one page. Rejects when it cannot be had or read. */
export const openImageBook = async ({ url, bytes, format }: PageSource, signal: AbortSignal): Promise<PdfBook> => {
  if (bytes > largestBytes) throw new Error('the picture is too large to show');
  const called = AbortSignal.any([signal, AbortSignal.timeout(longestMs)]);
  const answer = await fetch(url, { cache: 'no-store', signal: called });
  if (!answer.ok) throw new Error(`the station answered ${answer.status}`);
  const content = URL.createObjectURL(new Blob([await answer.arrayBuffer()], { type: typeOf(format) }));
  const close = (): void => URL.revokeObjectURL(content);
  const image = await loaded(content).catch((error: unknown) => {
    close();
    throw error;
  });
  const { naturalWidth, naturalHeight } = image;
  if (signal.aborted || naturalWidth * naturalHeight > mostDecodedPixels) {
    close();
    throw new Error('the picture is not shown');
  }
  return {
    pages: 1,
    close,
    draw: async (_page, canvas, { widthPx, heightPx }, calledOff) => {
      calledOff.throwIfAborted();
      const fitting = Math.min(widthPx / naturalWidth, heightPx / naturalHeight);
      const scale = Math.min(fitting, Math.sqrt(mostPixels / (naturalWidth * naturalHeight)));
      canvas.width = Math.max(1, Math.round(naturalWidth * scale));
      canvas.height = Math.max(1, Math.round(naturalHeight * scale));
      const context = canvas.getContext('2d');
      if (context === null) throw new Error('nothing can be drawn here');
      context.fillStyle = '#ffffff';
      context.fillRect(0, 0, canvas.width, canvas.height);
      context.imageSmoothingQuality = 'high';
      context.drawImage(image, 0, 0, canvas.width, canvas.height);
    },
  };
};
