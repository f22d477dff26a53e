import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PDFDict, PDFDocument, PDFName, type PDFPage, type StandardFonts } from '@cantoo/pdf-lib';
import { FilePieces } from '../../../../main/core/downloads/file-pieces.ts';
import type { PdfFacts, PdfReading } from '../../../../main/core/preflight/pdf-facts.ts';
import { readPdf } from '../../../../main/core/preflight/read-pdf.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

export const points = (mm: number): number => (mm * 72) / 25.4;

export interface PageSpec {
  readonly widthMm: number;
  readonly heightMm: number;
  /** Writes TrimBox and BleedBox so far inside of the page. */
  readonly bleedMm?: number;
  readonly turn?: number;
}

/** A page of a trimmed size, with bleed around it and boxes that say so. */
export const trimmed = (widthMm: number, heightMm: number, bleedMm = 3): PageSpec => ({
  widthMm: widthMm + 2 * bleedMm,
  heightMm: heightMm + 2 * bleedMm,
  bleedMm,
});

export const addPage = (document: PDFDocument, { widthMm, heightMm, bleedMm, turn }: PageSpec): PDFPage => {
  const page = document.addPage([points(widthMm), points(heightMm)]);
  if (bleedMm !== undefined) {
    const edge = points(bleedMm);
    page.setBleedBox(0, 0, points(widthMm), points(heightMm));
    page.setTrimBox(edge, edge, points(widthMm) - 2 * edge, points(heightMm) - 2 * edge);
  }
  if (turn !== undefined) page.node.set(PDFName.of('Rotate'), document.context.obj(turn));
  return page;
};

/** The bytes of a PDF with these pages; `draw` may add to it. */
export const makeFile = async (
  pages: readonly PageSpec[],
  draw: (document: PDFDocument) => void | Promise<void> = () => undefined,
): Promise<Buffer> => {
  const document = await PDFDocument.create({ updateMetadata: false });
  for (const page of pages) addPage(document, page);
  await draw(document);
  return Buffer.from(await document.save({ useObjectStreams: false, addDefaultPage: false }));
};

export const writeText = async (document: PDFDocument, font: StandardFonts): Promise<void> => {
  document.getPage(0).drawText('Field notes', { font: await document.embedFont(font), size: 12 });
};

/** Puts a font dictionary into the resources of a page's own. */
export const addFont = (page: PDFPage, font: Record<string, unknown>): void => {
  const { context } = page.doc;
  const resources = page.node.Resources() ?? context.obj({});
  const fonts = resources.lookupMaybe(PDFName.of('Font'), PDFDict) ?? context.obj({});
  fonts.set(PDFName.of(`F${fonts.keys().length + 1}`), context.register(context.obj(font as never)));
  resources.set(PDFName.of('Font'), fonts);
  page.node.set(PDFName.of('Resources'), resources);
};

export const readBytes = async (bytes: Uint8Array): Promise<PdfReading> => {
  const path = join(await temporaryFolder(), 'file.pdf');
  await writeFile(path, bytes);
  return FilePieces.with(path, (file) => readPdf(file));
};

export const factsOf = async (bytes: Uint8Array): Promise<PdfFacts> => {
  const reading = await readBytes(bytes);
  if (reading.kind !== 'readable') throw new Error(`not readable: ${reading.problem}`);
  return reading.facts;
};
