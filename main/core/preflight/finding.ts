import type { InspectionFinding } from '../../contract/inspection.ts';

/** What was found, before the platform's cause for it is known. */
export type Finding = Omit<InspectionFinding, 'suggestedCause'>;

export const finding = (code: string, level: Finding['level'], detail: Finding['detail'] = {}): Finding => ({
  code,
  level,
  detail,
});

/** Programs round: what differs by less is the same size. */
export const toleranceMm = 1;

/** Print needs so much around the trim (the usual 3 mm; Cloudprinter's templates have it, too). */
export const leastBleedMm = 3;

interface Size {
  readonly widthMm: number;
  readonly heightMm: number;
}

export const isSameSize = (one: Size, other: Size): boolean =>
  Math.abs(one.widthMm - other.widthMm) <= toleranceMm && Math.abs(one.heightMm - other.heightMm) <= toleranceMm;

export const turned = ({ widthMm, heightMm }: Size): Size => ({ widthMm: heightMm, heightMm: widthMm });

/** The detail of a comparison of sizes. */
export const sizeDetail = (
  found: Size,
  expected: Size & { readonly told: string },
  page: number,
): Finding['detail'] => ({
  width: found.widthMm,
  height: found.heightMm,
  expectedWidth: expected.widthMm,
  expectedHeight: expected.heightMm,
  told: expected.told,
  page,
});
