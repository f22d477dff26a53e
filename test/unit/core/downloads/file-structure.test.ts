import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument, PDFName } from '@cantoo/pdf-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FileStructures } from '../../../../main/core/downloads/file-structure.ts';
import { makePdf } from '../../../../main/training/pdf/make-pdf.ts';
import { makeJpeg, makePng } from '../../../sandbox/files/make-image.ts';
import { makeZip } from '../../../sandbox/files/make-zip.ts';
import { sampleBytes } from './support/file-host.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'platen-structure-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const idle = new AbortController().signal;
const whole = { kind: 'whole' };
const broken = (problem: string) => ({ kind: 'broken', problem });
const check = async (bytes: Uint8Array, format: string, structures = new FileStructures()) => {
  const path = join(folder, 'file.part');
  await writeFile(path, bytes);
  return structures.check(path, format, idle);
};
/** Checks it as one that is too large to be taken into memory. */
const checkLarge = (bytes: Uint8Array) => check(bytes, 'pdf', new FileStructures(0));

const image = { seed: 7, blocksWide: 12, blocksHigh: 9 };
const png = Buffer.from(makePng(image));
const jpeg = Buffer.from(makeJpeg(image));
const zip = Buffer.from(makeZip([{ name: 'a.txt', bytes: sampleBytes(2_000) }]));
const html = Buffer.from('<!doctype html>\n<html><body>Sign in</body></html>');

const pdfWithPages = async (pageCount: number, useObjectStreams: boolean): Promise<Buffer> => {
  const document = await PDFDocument.create();
  for (let page = 0; page < pageCount; page += 1) document.addPage([200, 200]).drawText(`Page ${page + 1}`);
  return Buffer.from(await document.save({ useObjectStreams, addDefaultPage: false }));
};
const bigPdf = async (): Promise<Buffer> =>
  Buffer.from(await makePdf({ seed: 1, pageCount: 3, trimWidthMm: 210, trimHeightMm: 297, title: 'Field notes' }));

describe('a PDF', () => {
  it.each([
    ['with a cross-reference table', false],
    ['with a cross-reference stream', true],
  ])('%s is whole', async (_what, useObjectStreams) => {
    const pdf = await pdfWithPages(2, useObjectStreams);
    expect(await check(pdf, 'pdf')).toEqual(whole);
    expect(await checkLarge(pdf)).toEqual(whole);
  });

  it('is whole with something before its header, and some padding behind its end', async () => {
    const pdf = await pdfWithPages(1, false);
    for (const junk of [Buffer.from('@PJL ENTER LANGUAGE = PDF\r\n'), Buffer.alloc(1000, ' ')]) {
      expect(await check(Buffer.concat([junk, pdf, Buffer.alloc(500)]), 'pdf')).toEqual(whole);
    }
    expect(await check(Buffer.concat([pdf, Buffer.alloc(1_100)]), 'pdf')).toMatchObject({ kind: 'broken' });
    expect(await check(Buffer.concat([Buffer.alloc(1_100, ' '), pdf]), 'pdf')).toMatchObject({ kind: 'broken' });
  });

  it.each([
    ['with a cross-reference table', false],
    ['with a cross-reference stream', true],
  ])('%s is whole although it is encrypted', async (_what, useObjectStreams) => {
    const document = await PDFDocument.create();
    document.addPage().drawText('for nobody');
    document.encrypt({ userPassword: 'open', ownerPassword: 'own' });
    const pdf = Buffer.from(await document.save({ useObjectStreams }));
    expect(pdf.includes('/Encrypt')).toBe(true);
    expect(await check(pdf, 'pdf')).toEqual(whole);
    expect(await check(pdf.subarray(0, -200), 'pdf')).toMatchObject({ kind: 'broken' });
  });

  it('that is cut off anywhere is broken', async () => {
    const pdf = await bigPdf();
    for (const share of [0.2, 0.5, 0.9, 0.99]) {
      const cut = pdf.subarray(0, Math.floor(pdf.length * share));
      expect(await check(cut, 'pdf')).toEqual(broken('the PDF is cut off: its end is missing'));
      expect(await checkLarge(cut)).toEqual(broken('the PDF is cut off: its end is missing'));
    }
    expect(await check(pdf.subarray(0, -8), 'pdf')).toMatchObject({ kind: 'broken' });
  });

  it('whose second half is empty is broken', async () => {
    const pdf = await bigPdf();
    const hollow = Buffer.concat([pdf.subarray(0, pdf.length / 2), Buffer.alloc(pdf.length / 2)]);
    expect(await check(hollow, 'pdf')).toMatchObject({ kind: 'broken' });
  });

  it('whose middle is missing is broken: nothing is where its trailer says', async () => {
    const pdf = await bigPdf();
    const damaged = Buffer.concat([pdf.subarray(0, 2_000), pdf.subarray(3_000)]);
    const problem = 'the PDF is damaged: its cross-reference is not where it should be';
    expect(await check(damaged, 'pdf')).toEqual(broken(problem));
    expect(await checkLarge(damaged)).toEqual(broken(problem));
  });

  it('whose page tree is gone is broken', async () => {
    const text = (await pdfWithPages(1, false)).toString('latin1');
    const damaged = Buffer.from(text.replace('/Catalog', '/Cabinet').replace('/Pages', '/Pegas'), 'latin1');
    expect(await check(damaged, 'pdf')).toEqual(broken('the PDF is damaged: its pages cannot be read'));
    // Too large to look into, its ends are as they should be: no more is claimed of it.
    expect(await checkLarge(damaged)).toEqual(whole);
  });

  it('of which a page is lost is broken', async () => {
    const text = (await pdfWithPages(3, false)).toString('latin1');
    const lost = /\d+ 0 obj\n<<\n\/Type \/Page\n/.exec(text)?.[0] ?? 'no page';
    const damaged = Buffer.from(text.replace(lost, 'x'.repeat(lost.length)), 'latin1');
    expect(await check(damaged, 'pdf')).toEqual(broken('the PDF is damaged: only 2 of its 3 pages can be read'));
  });

  it('without a page is broken', async () => {
    expect(await check(await pdfWithPages(0, false), 'pdf')).toEqual(broken('the PDF has no pages'));
  });

  it('whose page tree leads round in a circle is broken', async () => {
    const document = await PDFDocument.create();
    document.addPage();
    const pages = document.catalog.get(PDFName.of('Pages'));
    document.catalog.Pages().set(PDFName.of('Kids'), document.context.obj([pages ?? null]));
    const circle = Buffer.from(await document.save({ useObjectStreams: false, addDefaultPage: false }));
    expect(await check(circle, 'pdf')).toMatchObject({ kind: 'broken' });
  });

  it('is looked into one at a time, and not for a station that stops', async () => {
    const path = join(folder, 'shared.part');
    await writeFile(path, await pdfWithPages(1, false));
    const structures = new FileStructures();
    const stop = new AbortController();
    const first = structures.check(path, 'pdf', idle);
    const second = structures.check(path, 'pdf', stop.signal);
    stop.abort(new Error('stopped'));
    await expect(second).rejects.toThrow('stopped');
    expect(await first).toEqual(whole);
    expect(await structures.check(path, 'pdf', idle)).toEqual(whole);
  });
});

describe('a picture', () => {
  it.each([
    ['png', png, 'the PNG is cut off: its end is missing'],
    ['jpg', jpeg, 'the JPEG is cut off: its end is missing'],
    ['image/jpeg', jpeg, 'the JPEG is cut off: its end is missing'],
  ])('%s is whole with its end, and broken without', async (format, bytes, problem) => {
    expect(await check(bytes, format)).toEqual(whole);
    expect(await check(Buffer.concat([bytes, Buffer.alloc(100)]), format)).toEqual(whole);
    expect(await check(bytes.subarray(0, -1), format)).toEqual(broken(problem));
    expect(await check(bytes.subarray(0, Math.floor(bytes.length / 2)), format)).toMatchObject({ kind: 'broken' });
  });

  it('is not whole by the end of the preview in its header', async () => {
    const preview = Buffer.concat([Buffer.from([0xff, 0xe1, (2 + jpeg.length) >> 8, (2 + jpeg.length) & 0xff]), jpeg]);
    const withPreview = Buffer.concat([jpeg.subarray(0, 2), preview, jpeg.subarray(2)]);
    expect(await check(withPreview, 'jpg')).toEqual(whole);
    const cut = withPreview.subarray(0, -2);
    expect(cut.includes(Buffer.from([0xff, 0xd9]))).toBe(true);
    expect(await check(cut, 'jpg')).toEqual(broken('the JPEG is cut off: its end is missing'));
    expect(await check(withPreview.subarray(0, 2 + preview.length), 'jpg')).toEqual(
      broken('the JPEG is damaged: no picture is found in it'),
    );
  });

  it('that begins like one and goes on as something else is broken', async () => {
    expect(await check(Buffer.concat([png.subarray(0, 8), sampleBytes(100)]), 'png')).toMatchObject({ kind: 'broken' });
    expect(await check(Buffer.concat([jpeg.subarray(0, 3), sampleBytes(100)]), 'jpg')).toMatchObject({
      kind: 'broken',
    });
    expect(await check(Buffer.from([0xff, 0xd8, 0xff, 0xd9]), 'jpg')).toMatchObject({ kind: 'broken' });
  });
});

describe('a ZIP archive', () => {
  it('is whole when its directory is there, with a comment behind it too', async () => {
    expect(await check(zip, 'zip')).toEqual(whole);
    const commented = Buffer.concat([zip, Buffer.from('done by hand')]);
    commented.writeUInt16LE(12, zip.length - 2);
    expect(await check(commented, 'application/zip')).toEqual(whole);
  });

  it('is broken when it is cut off, or its directory lies elsewhere', async () => {
    const cutOff = broken('the ZIP archive is cut off: its directory is missing');
    expect(await check(zip.subarray(0, -1), 'zip')).toEqual(cutOff);
    expect(await check(zip.subarray(0, zip.length / 2), 'zip')).toEqual(cutOff);
    const moved = Buffer.from(zip);
    moved.writeUInt32LE(moved.readUInt32LE(zip.length - 10) + 1, zip.length - 10);
    expect(await check(moved, 'zip')).toEqual(
      broken('the ZIP archive is damaged: its directory is not where it should be'),
    );
  });

  it('is broken when there is nothing in it', async () => {
    expect(await check(Buffer.from(makeZip([])), 'zip')).toEqual(broken('the ZIP archive is empty'));
  });

  it('is whole in the form for large ones', async () => {
    expect(await check(asZip64(zip), 'zip')).toEqual(whole);
    const damaged = asZip64(zip);
    damaged[zip.length - 22] = 0;
    expect(await check(damaged, 'zip')).toMatchObject({ kind: 'broken' });
  });
});

/** The same archive with its end written as an archive of more than 4 GB has it (APPNOTE 4.3.14 to 4.3.16). */
const asZip64 = (small: Buffer): Buffer => {
  const endAt = small.length - 22;
  const record = Buffer.alloc(56);
  record.write('PK\x06\x06', 'latin1');
  record.writeBigUInt64LE(44n, 4);
  record.writeBigUInt64LE(1n, 24);
  record.writeBigUInt64LE(1n, 32);
  record.writeBigUInt64LE(BigInt(small.readUInt32LE(endAt + 12)), 40);
  record.writeBigUInt64LE(BigInt(small.readUInt32LE(endAt + 16)), 48);
  const locator = Buffer.alloc(20);
  locator.write('PK\x06\x07', 'latin1');
  locator.writeBigUInt64LE(BigInt(endAt), 8);
  locator.writeUInt32LE(1, 16);
  const end = Buffer.from(small.subarray(endAt));
  end.fill(0xff, 8, 20);
  return Buffer.concat([small.subarray(0, endAt), record, locator, end]);
};

describe('a file that is not what was announced', () => {
  it.each<readonly [string, Buffer, string]>([
    ['pdf', html, 'announced as pdf, but it is an HTML page'],
    ['application/pdf', Buffer.from('\uFEFF \n<HTML>'), 'announced as pdf, but it is an HTML page'],
    ['pdf', Buffer.from('<?xml version="1.0"?>\n<!-- x -->\n<html/>'), 'announced as pdf, but it is an HTML page'],
    ['pdf', Buffer.from('{"error":"no such file"}'), 'announced as pdf, but it is not a PDF'],
    ['pdf', png, 'announced as pdf, but it is a PNG image'],
    ['png', jpeg, 'announced as png, but it is a JPEG image'],
    ['jpeg', png, 'announced as jpeg, but it is a PNG image'],
    ['zip', Buffer.from('%PDF-1.7\n'), 'announced as zip, but it is a PDF'],
    ['pdf', zip, 'announced as pdf, but it is a ZIP archive'],
    ['pdf', Buffer.alloc(0), 'the file is empty'],
    ['tiff', Buffer.alloc(0), 'the file is empty'],
    ['tiff', html, 'it is an HTML page, and no file to print'],
    ['', html, 'it is an HTML page, and no file to print'],
  ])('is broken: %s', async (format, bytes, problem) => {
    expect(await check(bytes, format)).toEqual(broken(problem));
  });
});

describe('a file of a kind that nobody announced', () => {
  it('is judged by what it is', async () => {
    expect(await check(png, '')).toEqual(whole);
    expect(await check(zip, 'idml')).toEqual(whole);
    expect(await check(zip.subarray(0, -1), 'idml')).toMatchObject({ kind: 'broken' });
    expect(await check((await bigPdf()).subarray(0, -200), 'ai')).toMatchObject({ kind: 'broken' });
  });

  it('is taken as it is where its kind is unknown, and nothing is claimed of it', async () => {
    expect(await check(sampleBytes(1_000), 'tiff')).toEqual({ kind: 'unknown' });
    expect(await check(html, 'html')).toEqual({ kind: 'unknown' });
  });
});
