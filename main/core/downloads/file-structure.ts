import { stationLine } from '../../contract/station-lines/station-lines.ts';
import { announcedKind, type FoundKind, foundKind, kindBytes } from './file-kind.ts';
import { FilePieces } from './file-pieces.ts';
import { jpegComplaint, pngComplaint } from './image-structure.ts';
import { pdfEndsComplaint, pdfPagesComplaint } from './pdf-structure.ts';
import { zipComplaint } from './zip-structure.ts';

/** `unknown`: nothing speaks against the file, but its kind is none that could be checked. */
export type Structure =
  | { readonly kind: 'whole' | 'unknown' }
  /** One line for a person. */
  | { readonly kind: 'broken'; readonly problem: string };

/** A larger PDF is not taken into memory: its ends alone are looked at. */
const largestPdfInMemoryBytes = 256 * 1024 * 1024;

const names: Readonly<Record<Exclude<FoundKind, 'other' | 'empty'>, string>> = {
  pdf: stationLine('aPdf'),
  png: stationLine('aPng'),
  jpeg: stationLine('aJpeg'),
  zip: stationLine('aZip'),
  html: stationLine('aWebPage'),
};

/** What is wrong with what a file is, before its inside is looked at. */
const kindComplaint = (announced: ReturnType<typeof announcedKind>, found: FoundKind): string | null => {
  if (found === 'empty') return stationLine('fileEmpty');
  if (announced === null) return found === 'html' ? stationLine('fileIsWebPage') : null;
  if (announced === found || announced === 'html') return null;
  return found === 'other'
    ? stationLine('fileIsNot', { announced, expected: names[announced] })
    : stationLine('fileIsOther', { announced, found: names[found] });
};

const judged = (problem: string | null): Structure =>
  problem === null ? { kind: 'whole' } : { kind: 'broken', problem };

/** Tells of fetched files whether they are structurally whole. One for each transfer thread. */
export class FileStructures {
  readonly #largestPdfInMemoryBytes: number;
  #lastInMemory: Promise<unknown> = Promise.resolve();

  constructor(largestPdfBytes = largestPdfInMemoryBytes) {
    this.#largestPdfInMemoryBytes = largestPdfBytes;
  }

  /** Throws a LocalFileError when the file cannot be read, and the reason of `signal` when it is aborted. */
  async check(path: string, format: string, signal: AbortSignal): Promise<Structure> {
    return FilePieces.with(path, async (file) => {
      const found = foundKind(await file.at(0, kindBytes));
      const complaint = kindComplaint(announcedKind(format), found);
      return complaint === null ? this.#checkInside(found, file, signal) : { kind: 'broken', problem: complaint };
    });
  }

  async #checkInside(kind: FoundKind, file: FilePieces, signal: AbortSignal): Promise<Structure> {
    switch (kind) {
      case 'pdf':
        return judged(await this.#pdfComplaint(file, signal));
      case 'png':
        return judged(await pngComplaint(file));
      case 'jpeg':
        return judged(await jpegComplaint(file));
      case 'zip':
        return judged(await zipComplaint(file));
      case 'html':
      case 'empty':
      case 'other':
        return { kind: 'unknown' };
    }
  }

  async #pdfComplaint(file: FilePieces, signal: AbortSignal): Promise<string | null> {
    const complaint = await pdfEndsComplaint(file);
    if (complaint !== null || file.bytes > this.#largestPdfInMemoryBytes) return complaint;
    return this.#oneAtATime(async () => {
      signal.throwIfAborted();
      return pdfPagesComplaint(await file.at(0, file.bytes));
    });
  }

  /** Each holds a whole file in memory. */
  #oneAtATime<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.#lastInMemory.then(work);
    this.#lastInMemory = turn.catch(() => undefined);
    return turn;
  }
}
