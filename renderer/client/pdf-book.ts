import { getDocument, PDFWorker, version } from 'pdfjs-dist';
import PdfThread from 'pdfjs-dist/build/pdf.worker.min.mjs?worker';
import dingbatsUrl from 'pdfjs-dist/standard_fonts/FoxitDingbats.pfb?url';
import symbolUrl from 'pdfjs-dist/standard_fonts/FoxitSymbol.pfb?url';
import { PdfContent, type PdfSource } from './pdf-content.ts';

// This file and the library come with the first page that is shown, not with the app.

/** An open PDF. */
export interface PdfBook {
  readonly pages: number;
  /** Draws a page as large as it fits into the box; rejects when it is called off or cannot be drawn. */
  draw(page: number, canvas: HTMLCanvasElement, box: PixelBox, signal: AbortSignal): Promise<void>;
  close(): void;
}

export interface PixelBox {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** What a file is read in: large enough that a small one comes at once. */
const pieceBytes = 256 * 1024;
/** A page that takes longer is not shown. */
const longestMs = 30_000;
/** A page is never drawn larger than this, whatever the screen. */
const mostPixels = 16_000_000;

/** The fonts that no system brings along; for all others there is one that is like them. */
const fontUrls: Readonly<Record<string, string>> = {
  'FoxitDingbats.pfb': dingbatsUrl,
  'FoxitSymbol.pfb': symbolUrl,
};

/** What the library wants beside a file. */
class LibraryData {
  async fetch({ filename }: { readonly filename: string }): Promise<Uint8Array> {
    const url = fontUrls[filename];
    if (url === undefined) throw new Error(`no ${filename}`);
    return new Uint8Array(await (await fetch(url)).arrayBuffer());
  }
}

interface Thread {
  readonly port: Worker;
  readonly worker: PDFWorker;
}

let thread: Thread | null = null;

/** One thread for all files: it is started with the first. */
const openThread = (): Thread => {
  if (thread === null) {
    const port = new PdfThread();
    thread = { port, worker: PDFWorker.create({ port }) };
  }
  return thread;
};

/** Ends a thread that is lost in a file; what else it was doing fails, too, and the next file gets a new one. */
const dropThread = (lost: Thread): void => {
  if (thread === lost) thread = null;
  lost.worker.destroy();
  lost.port.terminate();
};

/** Rejects when a thread gives no answer for so long. */
const inTime = async <Result>(used: Thread, work: Promise<Result>, failed: Promise<never>): Promise<Result> => {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    dropThread(used);
    late.reject(new Error('it takes too long to show'));
  }, longestMs);
  try {
    return await Promise.race([work, failed, late.promise]);
  } finally {
    clearTimeout(timer);
  }
};

const isCalledOff = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('called off')), { once: true });
  });

/** Opens a PDF. Rejects when it cannot be had or read. */
export const openPdfBook = async (source: PdfSource, signal: AbortSignal): Promise<PdfBook> => {
  signal.throwIfAborted();
  const used = openThread();
  const content = new PdfContent(source);
  const task = getDocument({
    range: content,
    worker: used.worker,
    rangeChunkSize: pieceBytes,
    disableAutoFetch: true,
    disableStream: true,
    // The content policy lets no WebAssembly in; there are decoders that need none.
    useWasm: false,
    wasmUrl: `./pdf-${version}/`,
    useWorkerFetch: false,
    BinaryDataFactory: LibraryData,
    disableWorkerRendering: true,
    enableXfa: false,
    stopAtErrors: false,
    verbosity: 0,
  });
  const close = (): void => {
    content.abort();
    void task.destroy().catch(() => undefined);
  };
  const failed = Promise.race([content.failed, isCalledOff(signal)]);
  const document = await inTime(used, task.promise, failed).catch((error: unknown) => {
    // Ended in the middle of opening, the thread throws where nobody can catch it; so it opens first.
    if (signal.aborted) void task.promise.then(close, close);
    else close();
    throw error;
  });
  return {
    pages: document.numPages,
    close,
    draw: async (number, canvas, { widthPx, heightPx }, calledOff) => {
      calledOff.throwIfAborted();
      const ended = Promise.race([content.failed, isCalledOff(calledOff)]);
      const page = await inTime(used, document.getPage(number), ended);
      const whole = page.getViewport({ scale: 1 });
      const fitting = Math.min(widthPx / whole.width, heightPx / whole.height);
      const scale = Math.min(fitting, Math.sqrt(mostPixels / (whole.width * whole.height)));
      const viewport = page.getViewport({ scale });
      canvas.width = Math.max(1, Math.round(viewport.width));
      canvas.height = Math.max(1, Math.round(viewport.height));
      const drawing = page.render({ canvas, viewport, background: '#ffffff' });
      try {
        await inTime(used, drawing.promise, ended);
      } finally {
        drawing.cancel();
        page.cleanup();
      }
    },
  };
};
