import { bleedFinding } from './bleed-finding.ts';
import type { ExpectedFile } from './expected-file.ts';
import { type Finding, finding, isSameSize } from './finding.ts';
import type { PdfFacts } from './pdf-facts.ts';
import type { InspectionOutcome } from './preflight-protocol.ts';
import { sizeFinding } from './size-findings.ts';

/** Every RIP brings these 14 along (PDF 1.7, 9.6.2.2), so that their lack alone stops no job. */
const standardFonts: ReadonlySet<string> = new Set([
  'Courier',
  'Courier-Bold',
  'Courier-BoldOblique',
  'Courier-Oblique',
  'Helvetica',
  'Helvetica-Bold',
  'Helvetica-BoldOblique',
  'Helvetica-Oblique',
  'Symbol',
  'Times-Bold',
  'Times-BoldItalic',
  'Times-Italic',
  'Times-Roman',
  'ZapfDingbats',
]);

const pageCountFinding = (found: number, expected: number | null): readonly Finding[] =>
  expected === null ? [] : [finding('pageCount', found === expected ? 'ok' : 'mismatch', { found, expected })];

const fontFinding = (missing: readonly string[]): Finding => {
  if (missing.length === 0) return finding('fonts', 'ok');
  const unknown = missing.filter((name) => !standardFonts.has(name));
  return unknown.length === 0
    ? finding('standardFonts', 'attention', { names: missing.join(', ') })
    : finding('fonts', 'attention', { names: unknown.join(', ') });
};

/** Where no size was ordered, pages of several sizes are worth a look: one of them may have slipped in. */
const pageSizesFinding = ({ boxes }: PdfFacts): readonly Finding[] => {
  const [first] = boxes;
  const other = first === undefined ? undefined : boxes.find((run) => !isSameSize(run, first));
  if (first === undefined || other === undefined) return [];
  return [
    finding('pageSizes', 'attention', {
      width: first.widthMm,
      height: first.heightMm,
      otherWidth: other.widthMm,
      otherHeight: other.heightMm,
      page: other.fromPage,
    }),
  ];
};

const sizeFindings = (facts: PdfFacts, expected: ExpectedFile): readonly Finding[] => {
  const bleed = bleedFinding(facts.boxes, expected);
  if (expected.trim === null) return [...pageSizesFinding(facts), ...(bleed === null ? [] : [bleed])];
  const cover = expected.cutWithBlock ? 'coverCutWithBlock' : 'cover';
  const size = sizeFinding(facts.boxes, expected.trim, expected.role === 'cover' ? cover : 'pages');
  if (size === null) return [];
  // Around a wrong size there is no right bleed.
  return size.level === 'mismatch' || bleed === null ? [size] : [size, bleed];
};

/** What there is to say of a file, what is wrong first. A label is only looked at for damage: it is no product. */
export const findingsOf = (outcome: InspectionOutcome, expected: ExpectedFile): readonly Finding[] => {
  if (outcome.kind === 'skipped') return [finding(outcome.reason, 'attention')];
  if (outcome.kind === 'unreadable') {
    return outcome.encrypted
      ? [finding('encrypted', 'mismatch')]
      : [finding('damaged', 'mismatch', { problem: outcome.problem })];
  }
  const { facts } = outcome;
  const found = [
    ...(facts.damage === null ? [] : [finding('damaged', 'attention', { problem: facts.damage })]),
    ...(facts.encrypted ? [finding('encrypted', 'attention')] : []),
    ...(expected.role === 'shippingLabel'
      ? []
      : [
          ...pageCountFinding(facts.pages, expected.pages),
          ...sizeFindings(facts, expected),
          fontFinding(facts.fontsNotEmbedded),
        ]),
  ];
  const weight = { mismatch: 0, attention: 1, ok: 2 } as const;
  return found.toSorted((one, other) => weight[one.level] - weight[other.level]);
};
