import type { InspectionReport, PageBoxes } from '../../contract/inspection.ts';

/** What a PDF itself says, before it is compared with anything. */
export interface PdfFacts extends Pick<InspectionReport, 'encrypted' | 'fontsNotEmbedded'> {
  readonly pages: number;
  /** In the order of the pages; every page is in one of them. */
  readonly boxes: readonly PageBoxes[];
  /** One line for a person; null when the file is whole. */
  readonly damage: string | null;
}

/** How reading a PDF ended. */
export type PdfReading =
  | { readonly kind: 'readable'; readonly facts: PdfFacts }
  /** One line for a person. */
  | { readonly kind: 'unreadable'; readonly problem: string; readonly encrypted: boolean };
