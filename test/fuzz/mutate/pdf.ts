import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { makePdf } from '../../../main/training/pdf/make-pdf.ts';
import { mutatedBytes } from './bytes.ts';

/** A PDF of these objects, the first of them the catalog, with a table that is right. */
const pdfOf = (objects: readonly (string | Buffer)[]): Buffer => {
  const pieces: Buffer[] = [Buffer.from('%PDF-1.7\n')];
  const offsets: number[] = [];
  let at = pieces[0]?.length ?? 0;
  for (const [index, object] of objects.entries()) {
    offsets.push(at);
    const piece = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), Buffer.from(object), Buffer.from('\nendobj\n')]);
    pieces.push(piece);
    at += piece.length;
  }
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  pieces.push(
    Buffer.from(
      `xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<</Size ${size}/Root 1 0 R>>\nstartxref\n${at}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(pieces);
};

/** Few nodes of a page tree, each the only child of the next twice: a page for each of 2^`levels` ways through. */
export const pdfOfSharedNodes = (levels: number): Buffer =>
  pdfOf([
    '<</Type/Catalog/Pages 2 0 R>>',
    ...Array.from({ length: levels }, (_, level) => `<</Type/Pages/Count 2/Kids[${level + 3} 0 R ${level + 3} 0 R]>>`),
    `<</Type/Page/Parent ${levels + 1} 0 R/MediaBox[0 0 100 100]>>`,
  ]);

/** A whole PDF with an object stream that is packed into little and unpacked to so many bytes of nothing. */
export const pdfOfPackedNothing = (bytes: number): Buffer => {
  const packed = deflateSync(Buffer.from('9 0       null'.padEnd(bytes)), { level: 1 });
  const head = `<</Type/ObjStm/N 1/First 10/Filter/FlateDecode/Length ${packed.length}>>\nstream\n`;
  return pdfOf([
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Count 1/Kids[3 0 R]>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>',
    Buffer.concat([Buffer.from(head), packed, Buffer.from('\nendstream')]),
  ]);
};

/** Real ones, and those that were made to keep a reader busy. */
export const samplePdfs = async (): Promise<readonly Buffer[]> => [
  Buffer.from(
    await makePdf({
      seed: 1,
      pageCount: 3,
      trimWidthMm: 105,
      trimHeightMm: 148,
      title: 'Field notes',
      lines: ['1041'],
    }),
  ),
  pdfOfSharedNodes(3),
  pdfOfSharedNodes(40),
];

const pieces: readonly string[] = [
  '1 0 R',
  '2 0 R',
  '3 0 R',
  '999999 0 R',
  '[',
  '<<',
  '>>',
  '['.repeat(20_000),
  '<</A'.repeat(5_000),
  '('.repeat(5_000),
  '/Kids[2 0 R]',
  '/Parent 3 0 R',
  '/MediaBox[0 0 1e99 -1]',
  '/Count 99999999999',
  '/Encrypt<</Filter/Standard/V 4/R 4/O()/U()/P -1>>',
  'stream\n',
  '\nendstream',
  'endobj\n',
  '%%EOF',
  'startxref\n0\n%%EOF',
  '2 0 obj\n<</Type/ObjStm/N 99999999/First 0/Length 5>>\nstream\n1 2 3\nendstream\nendobj\n',
];

const number = fc.constantFrom('0', '1', '2', '3', '5', '7', '-1', '99999999999', '1e9', '0.00001');
const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

/** Other numbers in places of some: references that lead elsewhere, and in circles; lengths and counts that are wrong. */
const withOtherNumbers = (bytes: Buffer, changes: readonly (readonly [number, string])[]): Buffer => {
  let text = bytes.toString('latin1');
  for (const [where, by] of changes) {
    const numbers = [...text.matchAll(/(?<![\d.])\d{1,3}(?= 0 R|[\s/\]>])/gu)];
    const chosen = numbers[Math.floor(where * numbers.length)];
    if (chosen !== undefined)
      text = `${text.slice(0, chosen.index)}${by}${text.slice(chosen.index + chosen[0].length)}`;
  }
  return Buffer.from(text, 'latin1');
};

export const mutatedPdf = (samples: readonly Buffer[]): fc.Arbitrary<Buffer> =>
  fc.oneof(
    mutatedBytes(samples, pieces),
    fc
      .tuple(fc.constantFrom(...samples), fc.array(fc.tuple(share, number), { minLength: 1, maxLength: 6 }))
      .map(([bytes, changes]) => withOtherNumbers(bytes, changes)),
  );
