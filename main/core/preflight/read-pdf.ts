import { ParseSpeeds, type PDFDocument, PDFInvalidObject } from '@cantoo/pdf-lib';
import type { FilePieces } from '../downloads/file-pieces.ts';
import { hasTreeOfPages, loadPdf } from '../downloads/load-pdf.ts';
import { pdfEndsComplaint } from '../downloads/pdf-structure.ts';
import { fontsNotEmbedded } from './fonts-not-embedded.ts';
import { readPageBoxes } from './page-boxes.ts';
import type { PdfReading } from './pdf-facts.ts';

const load = (bytes: Uint8Array, more: { readonly ignoreEncryption?: true; readonly password?: '' }) =>
  loadPdf(bytes, { parseSpeed: ParseSpeeds.Fastest, ...more }).catch(() => null);

interface Opened {
  readonly document: PDFDocument;
  readonly encrypted: boolean;
}

/** Opens a PDF, an encrypted one without a password, as everybody can who may only not change it. */
const open = async (bytes: Buffer): Promise<Opened | null> => {
  const asItIs = await load(bytes, { ignoreEncryption: true });
  if (asItIs !== null && !asItIs.isEncrypted) return { document: asItIs, encrypted: false };
  if (asItIs === null && !bytes.includes('/Encrypt')) return null;
  const document = (await load(bytes, { password: '' })) ?? asItIs;
  return document === null ? null : { document, encrypted: true };
};

/** What is wrong with the inside of a document that can be read all the same. */
const damageInside = ({ document, encrypted }: Opened): string | null => {
  const found = document.getPageCount();
  const counted = document.catalog.Pages().Count().asNumber();
  if (found < counted) return `only ${found} of its ${counted} pages can be read`;
  // Of an encrypted one not every object is open to us.
  if (encrypted) return null;
  const broken = document.context.enumerateIndirectObjects().filter(([, value]) => value instanceof PDFInvalidObject);
  return broken.length === 0 ? null : `${broken.length} of its objects cannot be read`;
};

/** Reads what a PDF says of itself. A damaged one is an answer, too; only a file that cannot be read at all rejects. */
export const readPdf = async (file: FilePieces): Promise<PdfReading> => {
  const bytes = await file.at(0, file.bytes);
  const endsComplaint = await pdfEndsComplaint(file);
  const opened = await open(bytes);
  const encrypted = opened?.encrypted === true || bytes.includes('/Encrypt');
  const unreadable = (problem: string): PdfReading => ({
    kind: 'unreadable',
    problem: endsComplaint ?? problem,
    encrypted,
  });
  if (opened === null) return unreadable('its pages cannot be read');
  try {
    if (!hasTreeOfPages(opened.document)) return unreadable('its pages cannot be read');
    const pages = opened.document.getPages();
    if (pages.length === 0) return unreadable('it has no pages');
    const boxes = readPageBoxes(pages);
    if (boxes === null) return unreadable('a page has no size');
    return {
      kind: 'readable',
      facts: {
        pages: pages.length,
        boxes,
        encrypted: opened.encrypted,
        fontsNotEmbedded: fontsNotEmbedded(pages),
        damage: damageInside(opened) ?? endsComplaint,
      },
    };
  } catch {
    // The library trusts what it reads: what is damaged in some new way ends as an error of its own.
    return unreadable('its pages cannot be read');
  }
};
