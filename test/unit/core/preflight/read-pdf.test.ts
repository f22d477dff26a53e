import { PDFDocument, PDFName, StandardFonts } from '@cantoo/pdf-lib';
import { describe, expect, test } from 'vitest';
import { addFont, addPage, factsOf, makeFile, points, readBytes, trimmed, writeText } from './make-file.ts';

describe('the boxes of a page', () => {
  test('are told in millimetres, and equal pages together', async () => {
    const facts = await factsOf(await makeFile([trimmed(210, 297), trimmed(210, 297), trimmed(148, 210)]));
    expect(facts.pages).toBe(3);
    expect(facts.boxes).toEqual([
      {
        fromPage: 1,
        toPage: 2,
        widthMm: 216,
        heightMm: 303,
        trim: { leftMm: 3, topMm: 3, widthMm: 210, heightMm: 297 },
        bleed: { leftMm: 0, topMm: 0, widthMm: 216, heightMm: 303 },
        bleedMm: 3,
      },
      expect.objectContaining({ fromPage: 3, toPage: 3, widthMm: 154, heightMm: 216 }),
    ]);
  });

  test('are told as the page is seen when it is turned', async () => {
    const corner = { left: 10, bottom: 40 };
    const placed = async (turn: number) => {
      const bytes = await makeFile([{ widthMm: 300, heightMm: 200, turn }], (document) =>
        document.getPage(0).setTrimBox(points(corner.left), points(corner.bottom), points(100), points(50)),
      );
      const [boxes] = (await factsOf(bytes)).boxes;
      return [boxes?.widthMm, boxes?.heightMm, boxes?.trim];
    };
    // 10 mm from the left and 40 from the bottom of a page of 300 × 200: 190 from the right, 110 from the top.
    expect(await placed(0)).toEqual([300, 200, { leftMm: 10, topMm: 110, widthMm: 100, heightMm: 50 }]);
    expect(await placed(90)).toEqual([200, 300, { leftMm: 40, topMm: 10, widthMm: 50, heightMm: 100 }]);
    expect(await placed(180)).toEqual([300, 200, { leftMm: 190, topMm: 40, widthMm: 100, heightMm: 50 }]);
    expect(await placed(-90)).toEqual([200, 300, { leftMm: 110, topMm: 190, widthMm: 50, heightMm: 100 }]);
  });

  test('are measured from what is seen of the page, and never beyond the medium', async () => {
    const bytes = await makeFile([{ widthMm: 300, heightMm: 300 }], (document) => {
      const page = document.getPage(0);
      page.setCropBox(points(20), points(20), points(260), points(260));
      page.setTrimBox(points(50), points(50), points(200), points(200));
      page.setBleedBox(points(-40), points(-40), points(500), points(500));
    });
    expect((await factsOf(bytes)).boxes).toEqual([
      expect.objectContaining({
        widthMm: 260,
        trim: { leftMm: 30, topMm: 30, widthMm: 200, heightMm: 200 },
        bleed: { leftMm: -20, topMm: -20, widthMm: 300, heightMm: 300 },
        bleedMm: 50,
      }),
    ]);
  });

  test('may be inherited, stand in odd order, or be none at all', async () => {
    const bytes = await makeFile([{ widthMm: 1, heightMm: 1 }], (document) => {
      const { node } = document.getPage(0);
      node.delete(PDFName.of('MediaBox'));
      node.set(PDFName.of('TrimBox'), document.context.obj(['not', 'a', 'box', 4]));
      node.set(PDFName.of('UserUnit'), document.context.obj(2));
      node.Parent()?.set(PDFName.of('MediaBox'), document.context.obj([points(105), points(148), 0, 0]));
    });
    expect((await factsOf(bytes)).boxes).toEqual([
      { fromPage: 1, toPage: 1, widthMm: 210, heightMm: 296, trim: null, bleed: null, bleedMm: null },
    ]);
  });
});

describe('fonts that are not in the file', () => {
  test('are named, the standard ones too', async () => {
    const bytes = await makeFile([{ widthMm: 210, heightMm: 297 }], async (document) => {
      await writeText(document, StandardFonts.Helvetica);
      addFont(document.getPage(0), { Type: 'Font', Subtype: 'TrueType', BaseFont: 'ABCDEF+Verdana' });
      addFont(document.getPage(0), {
        Type: 'Font',
        Subtype: 'Type0',
        BaseFont: 'KozMinPro',
        DescendantFonts: [{ Type: 'Font', Subtype: 'CIDFontType0', FontDescriptor: { Type: 'FontDescriptor' } }],
      });
    });
    expect((await factsOf(bytes)).fontsNotEmbedded).toEqual(['Helvetica', 'KozMinPro', 'Verdana']);
  });

  test('are none of those with a program in the file, nor those that are drawings', async () => {
    const bytes = await makeFile([{ widthMm: 210, heightMm: 297 }], (document) => {
      const { context } = document;
      const program = context.register(context.stream('a font program'));
      const page = document.getPage(0);
      for (const key of ['FontFile', 'FontFile2', 'FontFile3']) {
        const descriptor = { Type: 'FontDescriptor', [key]: program };
        addFont(page, { Type: 'Font', Subtype: 'Type1', BaseFont: `In${key}`, FontDescriptor: descriptor });
      }
      const descendant = { Type: 'Font', Subtype: 'CIDFontType2', FontDescriptor: { FontFile2: program } };
      addFont(page, { Type: 'Font', Subtype: 'Type0', BaseFont: 'Composite', DescendantFonts: [descendant] });
      addFont(page, { Type: 'Font', Subtype: 'Type3' });
    });
    expect((await factsOf(bytes)).fontsNotEmbedded).toEqual([]);
  });

  test('are found in inherited resources and in the forms that a page places, also in those that contain themselves', async () => {
    const bytes = await makeFile([{ widthMm: 210, heightMm: 297 }], (document) => {
      const { context } = document;
      const { node } = document.getPage(0);
      const font = (name: string) => ({ Font: { F1: { Type: 'Font', Subtype: 'Type1', BaseFont: name } } });
      const form = context.stream('', { Subtype: 'Form', Resources: font('InTheForm') });
      const formRef = context.register(form);
      form.dict.lookup(PDFName.of('Resources'));
      node.delete(PDFName.of('Resources'));
      node.Parent()?.set(PDFName.of('Resources'), context.obj({ ...font('Inherited'), XObject: { X1: formRef } }));
      const nested = context.obj({ ...font('InTheForm'), XObject: { X1: formRef } });
      form.dict.set(PDFName.of('Resources'), nested);
    });
    expect((await factsOf(bytes)).fontsNotEmbedded).toEqual(['InTheForm', 'Inherited']);
  });
});

describe('an encrypted file', () => {
  const encrypted = async (userPassword: string): Promise<Buffer> => {
    const document = await PDFDocument.create({ updateMetadata: false });
    addPage(document, trimmed(210, 297));
    document.encrypt({ userPassword, ownerPassword: 'owner', permissions: {} });
    return Buffer.from(await document.save());
  };

  test('is read where anybody may look at it, and as far as it lies open where not', async () => {
    for (const password of ['', 'secret']) {
      const facts = await factsOf(await encrypted(password));
      expect([facts.encrypted, facts.pages, facts.boxes[0]?.trim?.widthMm, facts.damage]).toEqual([true, 1, 210, null]);
    }
  });

  test('says that it is encrypted where nothing of it lies open', async () => {
    const closed = Buffer.from('%PDF-1.7\n1 0 obj\n<</Type/ObjStm>>\nendobj\ntrailer\n<</Encrypt 9 0 R>>\n%%EOF');
    expect(await readBytes(closed)).toMatchObject({ kind: 'unreadable', encrypted: true });
  });
});

describe('a damaged file', () => {
  const whole = () => makeFile([trimmed(210, 297), trimmed(210, 297), trimmed(210, 297)]);

  test('is an answer, however it is damaged', async () => {
    const bytes = await whole();
    const broken: readonly (readonly [what: string, bytes: Buffer])[] = [
      ['empty', Buffer.alloc(0)],
      ['no PDF', Buffer.from('<html>Sign in first</html>')],
      ['cut off early', bytes.subarray(0, 200)],
      ['only a header', Buffer.from('%PDF-1.7\n')],
      ['noise', Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(5_000, 0xa5)])],
      ['zeros within', Buffer.concat([bytes.subarray(0, 60), Buffer.alloc(bytes.length - 120), bytes.subarray(-60)])],
    ];
    for (const [what, content] of broken) {
      const reading = await readBytes(content);
      expect([what, reading.kind]).toEqual([what, 'unreadable']);
    }
    expect(await readBytes(bytes.subarray(0, 200))).toMatchObject({
      problem: 'the PDF is cut off: its end is missing',
    });
  });

  test('has no pages, or one without a size', async () => {
    const none = await makeFile([]);
    expect(await readBytes(none)).toEqual({ kind: 'unreadable', problem: 'it has no pages', encrypted: false });
    const sizeless = await makeFile([trimmed(210, 297)], (document) => {
      document.getPage(0).node.delete(PDFName.of('MediaBox'));
    });
    expect(await readBytes(sizeless)).toMatchObject({ kind: 'unreadable', problem: 'a page has no size' });
  });

  test('that can be read all the same says what is wrong', async () => {
    const bytes = (await makeFile([trimmed(210, 297), trimmed(210, 297)])).toString('latin1');
    const lessPages = Buffer.from(bytes.replace('/Count 2', '/Count 9'), 'latin1');
    expect((await factsOf(lessPages)).damage).toBe('only 2 of its 9 pages can be read');
    const noEnd = Buffer.from(bytes.replace(/startxref[\s\S]*$/u, ''), 'latin1');
    expect((await factsOf(noEnd)).damage).toBe('the PDF is cut off: its end is missing');
    expect((await factsOf(Buffer.from(bytes, 'latin1'))).damage).toBeNull();
  });

  test('whose page tree leads back into itself does not keep anybody busy', async () => {
    const bytes = await makeFile([trimmed(210, 297)], (document) => {
      const tree = document.catalog.Pages();
      tree.Kids().push(document.catalog.get(PDFName.of('Pages')) ?? document.context.obj(null));
    });
    expect((await readBytes(bytes)).kind).toBe('unreadable');
  });
});
