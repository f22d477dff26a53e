import { describe, expect, test } from 'vitest';
import { cancelCauses } from '../../../../main/core/platforms/cloudprinter/cancel-causes.ts';
import { causeOfFinding } from '../../../../main/core/platforms/cloudprinter/finding-causes.ts';
import { type ExpectedFile, expectedFile } from '../../../../main/core/preflight/expected-file.ts';
import { findingsOf } from '../../../../main/core/preflight/findings.ts';
import type { InspectionOutcome } from '../../../../main/core/preflight/preflight-protocol.ts';
import { inspectionOf } from '../../../../main/core/preflight/report.ts';
import { factsOf, makeFile, type PageSpec, trimmed } from './make-file.ts';

const ordered = (role: string, product: string, pages: number | null = null): ExpectedFile =>
  expectedFile({ role, item: { product, pages, options: [], filesOfRole: 1 } });
const block = ordered('bookBlock', 'textbook_pb_a4_p_bw');

const read = async (pages: readonly PageSpec[]): Promise<InspectionOutcome> => ({
  kind: 'readable',
  facts: await factsOf(await makeFile(pages)),
});

/** Everything that is found but the fonts, as `level code`. */
const found = async (pages: readonly PageSpec[], expected: ExpectedFile): Promise<string[]> =>
  findingsOf(await read(pages), expected)
    .filter(({ code }) => code !== 'fonts')
    .map(({ level, code }) => `${level} ${code}`);

describe('the page count', () => {
  test('is held against the order', async () => {
    const pages = [trimmed(210, 297), trimmed(210, 297)];
    expect(await found(pages, { ...block, pages: 2 })).toContain('ok pageCount');
    const [wrong] = findingsOf(await read(pages), { ...block, pages: 48 });
    expect(wrong).toEqual({ code: 'pageCount', level: 'mismatch', detail: { found: 2, expected: 48 } });
  });

  test('is not expected of a cover, of one of several files, or where the order does not tell it', () => {
    expect(ordered('bookBlock', 'textbook_pb_a4_p_bw', 48).pages).toBe(48);
    expect(ordered('product', 'poster_a3_p_fc', 1).pages).toBe(1);
    expect(ordered('cover', 'textbook_pb_a4_p_bw', 48).pages).toBeNull();
    expect(ordered('bookBlock', 'textbook_pb_a4_p_bw', 0).pages).toBeNull();
    const several = { product: 'flyer_ds_a4_fc', pages: 2, options: [], filesOfRole: 2 };
    expect(expectedFile({ role: 'product', item: several }).pages).toBeNull();
    expect(expectedFile({ role: 'product', item: null }).pages).toBeNull();
  });
});

describe('the trimmed size', () => {
  test.each<[what: string, page: PageSpec, findings: string[]]>([
    ['as ordered, with bleed', trimmed(210, 297), ['ok trimSize', 'ok bleed']],
    ['as ordered, rounded', trimmed(209.6, 297.4), ['ok trimSize', 'ok bleed']],
    ['another one', trimmed(148, 210), ['mismatch trimSize']],
    ['lying instead of upright', trimmed(297, 210), ['mismatch orientation']],
    ['as ordered, on a page with marks', { widthMm: 240, heightMm: 327, bleedMm: 15 }, ['ok trimSize', 'ok bleed']],
    ['with less bleed than needed', trimmed(210, 297, 2), ['attention bleed', 'ok trimSize']],
    ['without bleed', { widthMm: 210, heightMm: 297 }, ['attention bleed', 'ok pageSize']],
    ['not told, and the page fits with bleed', { widthMm: 216, heightMm: 303 }, ['ok pageSize', 'ok bleed']],
    ['the whole page with its bleed', { widthMm: 216, heightMm: 303, bleedMm: 0 }, ['ok pageSize', 'ok bleed']],
    ['not told, and the page is another one', { widthMm: 215.9, heightMm: 279.4 }, ['mismatch pageSize']],
    ['not told, and the page lies', { widthMm: 303, heightMm: 216 }, ['mismatch orientation']],
  ])('%s', async (_what, page, findings) => {
    expect(await found([page], block)).toEqual(findings);
  });

  test('may lie or stand where the order does not say which', async () => {
    const card = ordered('product', 'businesscard_ss_int_bc_fc');
    expect(await found([trimmed(85, 55)], card)).toEqual(['ok trimSize', 'ok bleed']);
    expect(await found([trimmed(55, 85)], card)).toEqual(['ok trimSize', 'ok bleed']);
    expect(await found([{ widthMm: 61, heightMm: 91 }], card)).toEqual(['ok pageSize', 'ok bleed']);
    expect(await found([trimmed(90, 60)], card)).toEqual(['mismatch trimSize']);
  });

  test('names the first page that is wrong', async () => {
    const pages = [trimmed(210, 297), trimmed(210, 297), trimmed(148, 210), trimmed(210, 297)];
    const [wrong] = findingsOf(await read(pages), block);
    expect(wrong?.detail).toEqual({
      width: 148,
      height: 210,
      expectedWidth: 210,
      expectedHeight: 297,
      told: 'a4 p',
      page: 3,
    });
  });

  test('of nothing that the order tells is only looked at for pages that differ', async () => {
    const unknown = ordered('product', 'mug');
    expect(await found([trimmed(210, 297), trimmed(210, 297)], unknown)).toEqual(['ok bleed']);
    expect(await found([{ widthMm: 210, heightMm: 297 }], unknown)).toEqual([]);
    const mixed = [
      { widthMm: 210, heightMm: 297 },
      { widthMm: 297, heightMm: 210 },
    ];
    expect(await found(mixed, unknown)).toEqual(['attention pageSizes']);
  });

  test('of a book needs no bleed where it is bound', async () => {
    const bound = await factsOf(
      await makeFile([{ widthMm: 213, heightMm: 303 }], (document) => {
        const page = document.getPage(0);
        const mm = 72 / 25.4;
        page.setTrimBox(0, 3 * mm, 210 * mm, 297 * mm);
        page.setBleedBox(0, 0, 213 * mm, 303 * mm);
      }),
    );
    const codes = (expected: ExpectedFile) =>
      findingsOf({ kind: 'readable', facts: bound }, expected).map(({ level, code }) => `${level} ${code}`);
    expect(codes(block)).toContain('ok bleed');
    expect(codes(ordered('product', 'poster_a4_p_fc'))).toContain('attention bleed');
  });
});

describe('the cover', () => {
  const paperback = ordered('cover', 'textbook_pb_a4_p_bw');
  const hardcover = ordered('cover', 'textbook_cw_a4_p_bw');

  test.each<[what: string, page: PageSpec, expected: ExpectedFile, findings: string[]]>([
    ['of a paperback with its spine', trimmed(432, 297), paperback, ['ok coverTrim', 'ok bleed']],
    ['of a paperback that is too low', trimmed(432, 210), paperback, ['mismatch coverTrim']],
    ['of a paperback that is too narrow', trimmed(400, 297), paperback, ['mismatch coverTrim']],
    ['of a paperback without boxes', { widthMm: 438, heightMm: 303 }, paperback, ['ok coverSize']],
    ['of a paperback without boxes, too low', { widthMm: 438, heightMm: 216 }, paperback, ['mismatch coverSize']],
    ['of a hardcover, around its boards', { widthMm: 492, heightMm: 345 }, hardcover, ['ok coverSize']],
    ['of a hardcover that covers only one side', { widthMm: 216, heightMm: 303 }, hardcover, ['mismatch coverSize']],
  ])('%s', async (_what, page, expected, findings) => {
    expect(await found([page], expected)).toEqual(findings);
  });
});

describe('fonts', () => {
  const withFonts = async (names: readonly string[]): Promise<InspectionOutcome> => ({
    kind: 'readable',
    facts: { ...(await factsOf(await makeFile([trimmed(210, 297)]))), fontsNotEmbedded: [...names] },
  });

  test('that are missing are named; the standard ones are no ground to cancel', async () => {
    const one = findingsOf(await withFonts(['Helvetica', 'Verdana']), block);
    expect(one).toContainEqual({ code: 'fonts', level: 'attention', detail: { names: 'Verdana' } });
    const standard = findingsOf(await withFonts(['Helvetica', 'Times-Roman']), block);
    expect(standard).toContainEqual({
      code: 'standardFonts',
      level: 'attention',
      detail: { names: 'Helvetica, Times-Roman' },
    });
    expect(causeOfFinding('standardFonts', 'bookBlock')).toBeNull();
    expect(findingsOf(await withFonts([]), block)).toContainEqual({ code: 'fonts', level: 'ok', detail: {} });
  });
});

describe('a shipping label', () => {
  test('is no product: only damage and encryption are looked for', async () => {
    const label = ordered('shippingLabel', 'textbook_pb_a4_p_bw', 48);
    expect(findingsOf(await read([{ widthMm: 100, heightMm: 150 }]), label)).toEqual([]);
    expect(findingsOf({ kind: 'unreadable', problem: 'it has no pages', encrypted: false }, label)).toHaveLength(1);
  });
});

describe('what is wrong', () => {
  test('comes first', async () => {
    const codes = findingsOf(await read([trimmed(210, 297, 1)]), { ...block, pages: 9 }).map(({ level }) => level);
    expect(codes).toEqual(['mismatch', 'attention', 'ok', 'ok']);
  });

  test('suggests the cause that the platform has for it, and what is right suggests none', async () => {
    const { report } = inspectionOf(await read([trimmed(148, 210)]), { ...block, pages: 9 }, causeOfFinding);
    expect(report.findings.map(({ code, suggestedCause }) => [code, suggestedCause])).toEqual([
      ['pageCount', 'CancelPageCount'],
      ['trimSize', 'CancelBookTrim'],
      ['fonts', null],
    ]);
  });

  test('is only ever given causes that the platform knows, each for its own part', () => {
    const known = new Set<string>(cancelCauses.map(({ code }) => code));
    const codes = ['damaged', 'encrypted', 'pageCount', 'trimSize', 'pageSize', 'orientation', 'bleed', 'fonts'];
    for (const code of codes) {
      for (const role of ['bookBlock', 'cover', 'product']) expect(known).toContain(causeOfFinding(code, role));
    }
    expect(causeOfFinding('damaged', 'bookBlock')).toBe('CancelBookCorrupt');
    expect(causeOfFinding('damaged', 'cover')).toBe('CancelCoverCorrupt');
    expect(causeOfFinding('damaged', 'product')).toBe('CancelFilesCorrupt');
    expect(causeOfFinding('coverSize', 'cover')).toBe('CancelCoverSize');
    expect(causeOfFinding('tooLarge', 'cover')).toBeNull();
  });
});

describe('the report', () => {
  test('tells the first trim, the least bleed, and whether all pages are alike', async () => {
    const { state, report } = inspectionOf(await read([trimmed(210, 297), trimmed(210, 297, 2)]), block, () => null);
    expect(state).toBe('readable');
    expect(report).toMatchObject({
      pages: 2,
      uniform: false,
      trim: { widthMm: 210, heightMm: 297 },
      bleedMm: 2,
      encrypted: false,
      damaged: false,
    });
  });

  test('of a file that cannot be read says so', () => {
    const damaged = inspectionOf(
      { kind: 'unreadable', problem: 'it has no pages', encrypted: false },
      block,
      () => null,
    );
    expect(damaged).toMatchObject({ state: 'unreadable', report: { pages: null, damaged: true, encrypted: false } });
    const closed = inspectionOf({ kind: 'unreadable', problem: '', encrypted: true }, block, () => null);
    expect(closed.report).toMatchObject({ damaged: false, encrypted: true, findings: [{ code: 'encrypted' }] });
    const large = inspectionOf({ kind: 'skipped', reason: 'tooLarge' }, block, () => null);
    expect(large).toMatchObject({ state: 'skipped', report: { findings: [{ code: 'tooLarge', level: 'attention' }] } });
  });

  test('keeps only the first of boxes that change all the time', async () => {
    const pages = Array.from({ length: 60 }, (_, index) => trimmed(210, 297, 3 + (index % 2)));
    const { report } = inspectionOf(await read(pages), block, () => null);
    expect(report.boxes).toHaveLength(12);
    expect(report.pages).toBe(60);
  });
});
