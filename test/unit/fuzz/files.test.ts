import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { FilePieces } from '../../../main/core/downloads/file-pieces.ts';
import { FileStructures } from '../../../main/core/downloads/file-structure.ts';
import { readPdf } from '../../../main/core/preflight/read-pdf.ts';
import type { FuzzTarget } from '../../fuzz/fuzz-target.ts';
import { pdfOfPackedNothing, pdfOfSharedNodes } from '../../fuzz/mutate/pdf.ts';
import { otherFiles, pdfFiles } from '../../fuzz/targets/print-files.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

it.each<FuzzTarget>([pdfFiles, otherFiles])(
  '$name that are damaged in any way are called whole or broken, and nothing breaks',
  async (target) => {
    const opened = await target.open(await temporaryFolder());
    const outcome = await opened.fuzz({ seed: 1, runs: target.runsInTests, forMs: null, longestMs: null });
    await opened.close();
    expect(outcome.failure).toBeNull();
  },
);

const judged = async (bytes: Buffer) => {
  const path = join(await temporaryFolder(), 'file.pdf');
  await writeFile(path, bytes);
  const structure = await new FileStructures().check(path, 'pdf', new AbortController().signal);
  const reading = await FilePieces.with(path, readPdf);
  return [structure.kind, reading.kind === 'readable' ? reading.facts.damage : reading.kind];
};

it('a PDF whose few nodes make a billion pages is broken, and is not gone through', async () => {
  expect(await judged(pdfOfSharedNodes(1))).toEqual(['whole', null]);
  expect(await judged(pdfOfSharedNodes(40))).toEqual(['broken', 'unreadable']);
});

it('what a PDF unpacks to more than any document needs is left packed, and called damage', async () => {
  expect(await judged(pdfOfPackedNothing(10_000))).toEqual(['whole', null]);
  expect(await judged(pdfOfPackedNothing(70_000_000))).toEqual(['whole', '1 of its objects cannot be read']);
});
