import { stationLine } from '../../contract/station-lines/station-lines.ts';
import { kindBytes } from './file-kind.ts';
import type { FilePieces } from './file-pieces.ts';

/** The end mark lies in the last so many bytes (PDF 1.7, implementation notes). */
const endMarkBytes = 1024;
/** A trailer is found in this piece before the end mark. */
const trailerBytes = 64 * 1024;
/** Of a cross-reference stream, so much is read: its dictionary. */
const crossReferenceBytes = 16 * 1024;

const noEnd = stationLine('pdfCutOff');

/** What is wrong with both ends of a PDF; null when header, trailer and cross-reference are there. Reads those alone. */
export const pdfEndsComplaint = async (file: FilePieces): Promise<string | null> => {
  const headerAt = (await file.at(0, kindBytes)).indexOf('%PDF-');
  if (headerAt === -1) return stationLine('pdfNoHeader');
  const { piece } = await file.tail(trailerBytes);
  const tail = piece.toString('latin1');
  const startAt = tail.lastIndexOf('startxref');
  const end = startAt === -1 ? null : /^startxref\s+(\d{1,15})\s+%%EOF/u.exec(tail.slice(startAt));
  if (end === null || startAt + end[0].length < tail.length - endMarkBytes) return noEnd;
  const offset = Number(end[1]);
  // Offsets count from the header, but not every program knows that.
  for (const at of new Set([offset + headerAt, offset])) {
    const found = crossReferenceIn((await file.at(at, crossReferenceBytes)).toString('latin1'));
    if (found === 'stream') return null;
    if (found === 'table') return tail.slice(0, startAt).includes('trailer') ? null : stationLine('pdfNoTrailer');
  }
  return stationLine('pdfNoCrossReference');
};

const crossReferenceIn = (text: string): 'table' | 'stream' | null => {
  if (/^\s*xref\s/u.test(text)) return 'table';
  return /^\s*\d+\s+\d+\s+obj\b/u.test(text) && /\/Type\s*\/XRef\b/u.test(text) ? 'stream' : null;
};

/** What is wrong with the pages of a PDF in memory; null when its page tree has at least one, and all that it counts. */
export const pdfPagesComplaint = async (bytes: Buffer): Promise<string | null> => {
  const complaint = await pageTreeComplaint(bytes);
  // The objects of an encrypted one may be closed to us; what lies open of it has been looked at.
  return complaint !== null && bytes.includes('/Encrypt') ? null : complaint;
};

const pageTreeComplaint = async (bytes: Buffer): Promise<string | null> => {
  // Loaded by the first PDF that needs it: a station whose files all have an MD5 does without.
  const { ParseSpeeds } = await import('@cantoo/pdf-lib');
  const { hasTreeOfPages, loadPdf } = await import('./load-pdf.ts');
  try {
    // With pauses in between, in which the other transfers of the thread go on.
    const document = await loadPdf(bytes, { ignoreEncryption: true, parseSpeed: ParseSpeeds.Fast });
    if (!hasTreeOfPages(document)) return stationLine('pdfPagesUnreadable');
    const found = document.getPageCount();
    if (found === 0) return stationLine('pdfNoPages');
    const counted = document.catalog.Pages().Count().asNumber();
    return found >= counted ? null : stationLine('pdfFewerPages', { found, counted });
  } catch {
    return stationLine('pdfPagesUnreadable');
  }
};
