import {
  decodePDFRawStream,
  type LoadOptions,
  PDFContext,
  PDFDocument,
  PDFPageTree,
  PDFRawStream,
} from '@cantoo/pdf-lib';

/** An object stream or cross-reference stream is unpacked to some megabytes; what goes on for longer is made to fill the memory. */
const largestUnpackedBytes = 64 * 1024 * 1024;

/**
 * The library unpacks into memory that doubles without end, and offers no limit. All its decoders share one way to get
 * more of it, which hangs on a prototype that only an instance leads to.
 */
const limitUnpacking = (): void => {
  const nothing = PDFRawStream.of(PDFContext.create().obj({ Filter: 'FlateDecode' }), new Uint8Array([0x78, 0x9c]));
  const decoder: unknown = Object.getPrototypeOf(Object.getPrototypeOf(decodePDFRawStream(nothing)));
  const grow: unknown = typeof decoder === 'object' && decoder !== null ? Reflect.get(decoder, 'ensureBuffer') : null;
  if (typeof grow !== 'function' || typeof decoder !== 'object' || decoder === null) {
    throw new Error('the PDF library has another way to unpack');
  }
  Reflect.set(decoder, 'ensureBuffer', function limited(this: unknown, requestedBytes: number): unknown {
    if (requestedBytes > largestUnpackedBytes) throw new Error('a stream is unpacked to more than any document needs');
    return Reflect.apply(grow, this, [requestedBytes]);
  });
};

limitUnpacking();

/** Reads a PDF in memory. Rejects when it is damaged beyond reading, or made to fill the memory. */
export const loadPdf = (bytes: Uint8Array, options: LoadOptions): Promise<PDFDocument> =>
  PDFDocument.load(bytes, { ...options, updateMetadata: false });

/**
 * Whether each node of the page tree hangs in one place. Where nodes are shared, thirty of them make a billion pages,
 * which the library would go through one by one. Throws where the tree cannot be read.
 */
export const hasTreeOfPages = (document: PDFDocument): boolean => {
  const seen = new Set<PDFPageTree>();
  const waiting = [document.catalog.Pages()];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (seen.has(node)) return false;
    seen.add(node);
    const kids = node.Kids();
    for (let index = 0; index < kids.size(); index += 1) {
      const kid = document.context.lookup(kids.get(index));
      if (kid instanceof PDFPageTree) waiting.push(kid);
    }
  }
  return true;
};
