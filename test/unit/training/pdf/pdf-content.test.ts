import { PDFDocument } from '@cantoo/pdf-lib';
import { expect, test } from 'vitest';
import { md5Of } from '../../../../main/training/files/file-content.ts';
import type { PdfSpec } from '../../../../main/training/pdf/make-pdf.ts';
import { type PdfContentSpec, pdfContent } from '../../../../main/training/pdf/pdf-content.ts';

const spec: PdfSpec = {
  seed: 'a',
  pageCount: 3,
  trimWidthMm: 210,
  trimHeightMm: 297,
  bleedMm: 3,
  title: 'Bøger – “Field notes”',
  lines: ['Order 900000010000'],
};
const pointsOf = (mm: number) => (mm * 72) / 25.4;

async function load(pdf: PdfContentSpec): Promise<PDFDocument> {
  const content = await pdfContent(pdf);
  const bytes = Buffer.concat([...content.read(0, content.sizeBytes)]);
  expect(bytes.byteLength).toBe(content.sizeBytes);
  return PDFDocument.load(bytes, { updateMetadata: false, throwOnInvalidObject: true });
}

test('a PDF has the pages, the media, bleed and trim boxes that were asked for', async () => {
  const document = await load(spec);
  expect(document.getPageCount()).toBe(3);
  const page = document.getPage(1);
  expect(page.getTrimBox().width).toBeCloseTo(pointsOf(210));
  expect(page.getTrimBox().height).toBeCloseTo(pointsOf(297));
  expect(page.getTrimBox().x).toBeCloseTo(pointsOf(3));
  expect(page.getBleedBox().width).toBeCloseTo(pointsOf(216));
  expect(page.getMediaBox().height).toBeCloseTo(pointsOf(303));
});

test('boxes can be left out', async () => {
  const page = (await load({ ...spec, withoutBoxes: true })).getPage(0);
  expect(page.node.TrimBox()).toBeUndefined();
});

test('the same spec gives the same bytes, another seed gives others', async () => {
  const md5 = await md5Of(await pdfContent(spec));
  expect(await md5Of(await pdfContent(spec))).toBe(md5);
  expect(await md5Of(await pdfContent({ ...spec, seed: 'b' }))).not.toBe(md5);
});

test.each([12_345, 99_999, 100_000, 5_000_000])(
  'a PDF of exactly %i bytes is still a valid PDF',
  async (exactBytes) => {
    const content = await pdfContent({ ...spec, exactBytes });
    expect(content.sizeBytes).toBe(exactBytes);
    const bytes = Buffer.concat([...content.read(0, exactBytes)]);
    const text = bytes.toString('latin1');
    const xrefAt = Number(/startxref\s+(\d+)\s+%%EOF\n$/.exec(text)?.[1]);
    expect(text.slice(xrefAt, xrefAt + 5)).toBe('xref\n');
    const document = await PDFDocument.load(bytes, { updateMetadata: false, throwOnInvalidObject: true });
    expect(document.getPageCount()).toBe(3);
  },
);

test('every entry of a padded file’s cross-reference table points at its object', async () => {
  const content = await pdfContent({ ...spec, exactBytes: 50_000 });
  const text = Buffer.concat([...content.read(0, content.sizeBytes)]).toString('latin1');
  const table = /xref\n0 (\d+)\n((?:\d{10} \d{5} [nf] \n)+)trailer\n[\s\S]*\/Size (\d+)/.exec(text);
  const rows = table?.[2]?.trimEnd().split('\n') ?? [];
  expect(rows).toHaveLength(Number(table?.[1]));
  expect(rows).toHaveLength(Number(table?.[3]));
  const wrong = rows.filter(
    (row, number) => row.includes(' n') && !text.startsWith(`${number} 0 obj`, Number(row.slice(0, 10))),
  );
  expect(wrong).toEqual([]);
});

test('a size that is too small is refused', async () => {
  await expect(pdfContent({ ...spec, exactBytes: 100 })).rejects.toThrow(RangeError);
});

test('a gigabyte is made without holding it in memory', async () => {
  const content = await pdfContent({ ...spec, pageCount: 1, exactBytes: 1_000_000_000 });
  expect(content.sizeBytes).toBe(1_000_000_000);
  expect(Buffer.concat([...content.read(999_999_994, 1_000_000_000)]).toString()).toBe('%%EOF\n'.slice(-6));
});
