import { z } from 'zod';
import { moment } from './values.ts';

const mm = z.number();
const page = z.number().int().positive();

/** A box on a page, in millimetres from the left and the top of what is seen of the page, turned as it is seen. */
const boxMm = z.object({ leftMm: mm, topMm: mm, widthMm: mm, heightMm: mm });
export type BoxMm = z.infer<typeof boxMm>;

/** Pages that follow each other and have the same boxes. */
const pageBoxes = z.object({
  fromPage: page,
  toPage: page,
  /** What is seen of the page: its crop box, turned as the page says. */
  widthMm: mm,
  heightMm: mm,
  /** The TrimBox; null when the page names none. */
  trim: boxMm.nullable(),
  /** The BleedBox; null when the page names none. */
  bleed: boxMm.nullable(),
  /** The least that there is around the trim, on any of its sides; null without a TrimBox. */
  bleedMm: mm.nullable(),
});
export type PageBoxes = z.infer<typeof pageBoxes>;

/** `ok`: as it should be. `attention`: a person should look. `mismatch`: not what was ordered, or not usable. */
export const findingLevels = ['ok', 'attention', 'mismatch'] as const;

export const inspectionFinding = z.object({
  /** What was looked at: a key of the catalogue together with the level. */
  code: z.string(),
  level: z.enum(findingLevels),
  /** The values for the catalogue's words. */
  detail: z.record(z.string(), z.union([z.string(), z.number()])),
  /** The platform's cause that an item with this finding would be cancelled with; null where none fits. */
  suggestedCause: z.string().nullable(),
});
export type InspectionFinding = z.infer<typeof inspectionFinding>;

/** What was read from a PDF itself, and how it compares with what was ordered. */
export const inspectionReport = z.object({
  /** Null when they cannot be read. */
  pages: z.number().int().nonnegative().nullable(),
  /** The boxes of the first pages, at most a few changes of them. */
  boxes: z.array(pageBoxes),
  /** True when all pages have the same boxes. */
  uniform: z.boolean(),
  /** The trimmed size of the first page; null when the file does not tell it. */
  trim: z.object({ widthMm: mm, heightMm: mm }).nullable(),
  bleedMm: mm.nullable(),
  encrypted: z.boolean(),
  damaged: z.boolean(),
  fontsNotEmbedded: z.array(z.string()),
  findings: z.array(inspectionFinding),
});
export type InspectionReport = z.infer<typeof inspectionReport>;

const inspectionStates = ['readable', 'unreadable', 'skipped'] as const;

/** The inspection of a ready PDF. What it finds never holds a file back by itself: a person judges. */
export const inspectionView = inspectionReport.extend({
  /** `unreadable`: no program can read its pages. `skipped`: it was not read; a finding says why. */
  state: z.enum(inspectionStates),
  at: moment,
});
export type InspectionView = z.infer<typeof inspectionView>;
