import { bytesContent, type FileContent, joinedContent, repeatedContent } from '../files/file-content.ts';
import { seededBytes } from '../random/seeded-random.ts';

const BLOCK_BYTES = 64 * 1024;
const NUMBER_WIDTH = 12;

/**
 * The same PDF with exactly `sizeBytes`: a stream object of noise is added before the cross-reference table and listed
 * in it. Only one block of it is in memory, so that a gigabyte costs nothing but the time to hash it.
 * Throws a RangeError when the PDF is larger already. Needs a PDF with a classic cross-reference table.
 */
export function padPdf(pdf: Uint8Array, sizeBytes: number, seed: string | number): FileContent {
  const text = Buffer.from(pdf).toString('latin1');
  const xrefAt = text.lastIndexOf('\nxref\n') + 1;
  const table = /^xref\n0 (\d+)\n([\s\S]*?)\n*trailer\n([\s\S]*?)startxref\n\d+\n%%EOF/.exec(text.slice(xrefAt));
  if (xrefAt === 0 || table === null) throw new Error('the PDF has no classic cross-reference table');
  const [, count = '0', rows = '', trailer = ''] = table;

  const number = Number(count);
  const newTrailer = trailer.replace(`/Size ${count}`, `/Size ${number + 1}`);
  const streamStart = (lengthBytes: number) =>
    `${number} 0 obj\n<< /Length ${String(lengthBytes).padStart(NUMBER_WIDTH)} >>\nstream\n`;
  const streamEnd = '\nendstream\nendobj\n\n';
  const tail = (tableAt: number) =>
    `xref\n0 ${number + 1}\n${rows}\n${String(xrefAt).padStart(10, '0')} 00000 n \ntrailer\n${newTrailer}` +
    `startxref\n${String(tableAt).padEnd(NUMBER_WIDTH, '\n')}\n%%EOF\n`;

  // Numbers have a fixed width, so that the size of everything but the noise is known beforehand.
  const aroundBytes = xrefAt + streamStart(0).length + streamEnd.length + tail(0).length;
  const noiseBytes = sizeBytes - aroundBytes;
  if (noiseBytes < 0) throw new RangeError(`the PDF needs ${aroundBytes} bytes at least, ${sizeBytes} were asked for`);
  const block = seededBytes(`noise/${seed}`, Math.min(BLOCK_BYTES, Math.max(1, noiseBytes)));
  return joinedContent([
    bytesContent(Buffer.concat([pdf.subarray(0, xrefAt), Buffer.from(streamStart(noiseBytes), 'latin1')])),
    repeatedContent(block, noiseBytes),
    bytesContent(
      Buffer.from(streamEnd + tail(xrefAt + streamStart(0).length + noiseBytes + streamEnd.length), 'latin1'),
    ),
  ]);
}
