import { PDFDataRangeTransport } from 'pdfjs-dist';

/** Where the bytes of a ready file are, and how many. */
export interface PdfSource {
  readonly url: string;
  readonly bytes: number;
}

/** Reads a file as the PDF library asks for it, piece by piece, so that page one of a large file needs only its part. */
export class PdfContent extends PDFDataRangeTransport {
  readonly #url: string;
  readonly #abort = new AbortController();
  readonly #failure = Promise.withResolvers<never>();

  constructor({ url, bytes }: PdfSource) {
    super(bytes, null);
    this.#url = url;
    // Whoever waits for the file hears of it; nobody has to.
    this.#failure.promise.catch(() => undefined);
  }

  /** Rejects when a piece cannot be had: the library itself would wait for ever. */
  get failed(): Promise<never> {
    return this.#failure.promise;
  }

  override requestDataRange(begin: number, end: number): void {
    this.#read(begin, end).then(
      (piece) => this.onDataRange(begin, piece),
      (error: unknown) => this.#failure.reject(error),
    );
  }

  override abort(): void {
    this.#abort.abort();
  }

  async #read(begin: number, end: number): Promise<Uint8Array> {
    const headers = { Range: `bytes=${begin}-${end - 1}` };
    const answer = await fetch(this.#url, { headers, cache: 'no-store', signal: this.#abort.signal });
    if (answer.status !== 206) throw new Error(`the station answered ${answer.status}`);
    return new Uint8Array(await answer.arrayBuffer());
  }
}
