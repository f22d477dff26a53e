import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { FilePieces } from '../../../main/core/downloads/file-pieces.ts';
import { FileStructures } from '../../../main/core/downloads/file-structure.ts';
import { readPdf } from '../../../main/core/preflight/read-pdf.ts';
import { makeJpeg, makePng } from '../../sandbox/files/make-image.ts';
import { makeZip } from '../../sandbox/files/make-zip.ts';
import { type FuzzTarget, insist, openFuzz } from '../fuzz-target.ts';
import { anyBytes, mutatedBytes } from '../mutate/bytes.ts';
import { mutatedPdf, samplePdfs } from '../mutate/pdf.ts';

const never = new AbortController().signal;

const isSoundBox = ({ widthMm, heightMm }: { readonly widthMm: number; readonly heightMm: number }): boolean =>
  widthMm >= 0 && heightMm >= 0;

/** PDFs as the verification and the preflight read them: whole, or broken in one line. */
export const pdfFiles: FuzzTarget = {
  name: 'PDFs',
  runsInTests: 150,
  open: async (folder) => {
    const path = join(folder, 'file.pdf');
    const structures = new FileStructures();
    // The library tells the console of each thing that it finds.
    const { log, warn, error } = console;
    Object.assign(console, { log: () => undefined, warn: () => undefined, error: () => undefined });
    const close = async (): Promise<void> => void Object.assign(console, { log, warn, error });
    const feed = async (bytes: Buffer): Promise<void> => {
      await writeFile(path, bytes);
      const structure = await structures.check(path, 'pdf', never);
      insist(structure.kind !== 'broken' || structure.problem !== '', 'no word of what is broken');
      const reading = await FilePieces.with(path, readPdf);
      if (reading.kind === 'unreadable') return insist(reading.problem !== '', 'no word of what is broken');
      insist(reading.facts.pages > 0 && reading.facts.boxes.every(isSoundBox), 'pages of no size');
    };
    return openFuzz(mutatedPdf(await samplePdfs()), feed, close);
  },
};

const samples = (): readonly (readonly [string, Buffer])[] => [
  ['png', Buffer.from(makePng({ blocksWide: 3, blocksHigh: 2, seed: 1 }))],
  ['jpg', Buffer.from(makeJpeg({ blocksWide: 3, blocksHigh: 2, seed: 1 }))],
  ['zip', Buffer.from(makeZip([{ name: 'a.txt', bytes: Buffer.from('hello') }]))],
];

const pieces: readonly string[] = [
  'PK\x05\x06',
  'PK\x06\x06',
  'PK\x06\x07',
  '\xff'.repeat(40_000),
  '\xff\xe1\x00\x00'.repeat(30_000),
  '\xff\xd0'.repeat(30_000),
  '\xff\xff\xff\xff\xff\xff\xff\xff',
  'IHDR',
  'IEND\xae\x42\x60\x82',
];

/** Pictures and archives as the verification reads them. */
export const otherFiles: FuzzTarget = {
  name: 'pictures and archives',
  runsInTests: 200,
  open: async (folder) => {
    const path = join(folder, 'file');
    const structures = new FileStructures();
    const files = fc.oneof(
      ...samples().map(([format, bytes]) => fc.tuple(fc.constant(format), mutatedBytes([bytes], pieces))),
      fc.tuple(fc.constantFrom('png', 'jpg', 'zip', 'pdf', 'html', '../x', ''), anyBytes),
    );
    return openFuzz(files, async ([format, bytes]) => {
      await writeFile(path, bytes);
      const structure = await structures.check(path, format, never);
      insist(structure.kind !== 'broken' || structure.problem !== '', 'no word of what is broken');
    });
  },
};
