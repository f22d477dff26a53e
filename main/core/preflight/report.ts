import type { InspectionReport } from '../../contract/inspection.ts';
import type { InspectionTable } from '../store/tables/file-tables.ts';
import type { ExpectedFile } from './expected-file.ts';
import { findingsOf } from './findings.ts';
import type { InspectionOutcome } from './preflight-protocol.ts';

export interface Inspection {
  readonly state: InspectionTable['state'];
  readonly report: InspectionReport;
}

/** The platform's cause that an item with this finding would be cancelled with; null where none fits. */
export type CauseOf = (finding: string, role: string) => string | null;

/** Of a file whose boxes change all the time, the beginning is enough. */
const mostBoxes = 12;

const nothingRead = { pages: null, boxes: [], uniform: true, trim: null, bleedMm: null, fontsNotEmbedded: [] } as const;

const factsIn = (outcome: InspectionOutcome): Omit<InspectionReport, 'findings'> => {
  switch (outcome.kind) {
    case 'skipped':
      return { ...nothingRead, boxes: [], fontsNotEmbedded: [], encrypted: false, damaged: false };
    case 'unreadable':
      return {
        ...nothingRead,
        boxes: [],
        fontsNotEmbedded: [],
        encrypted: outcome.encrypted,
        damaged: !outcome.encrypted,
      };
    case 'readable': {
      const { pages, boxes, encrypted, fontsNotEmbedded, damage } = outcome.facts;
      const [first] = boxes;
      const bleeds = boxes.flatMap(({ bleedMm }) => bleedMm ?? []);
      return {
        pages,
        boxes: boxes.slice(0, mostBoxes),
        uniform: boxes.length === 1,
        trim: first?.trim == null ? null : { widthMm: first.trim.widthMm, heightMm: first.trim.heightMm },
        bleedMm: bleeds.length === 0 ? null : Math.min(...bleeds),
        encrypted,
        damaged: damage !== null,
        fontsNotEmbedded: [...fontsNotEmbedded],
      };
    }
  }
};

/** Puts together what is kept of an inspection. */
export const inspectionOf = (outcome: InspectionOutcome, expected: ExpectedFile, causeOf: CauseOf): Inspection => ({
  state: outcome.kind,
  report: {
    ...factsIn(outcome),
    findings: findingsOf(outcome, expected).map((found) => ({
      ...found,
      suggestedCause: found.level === 'ok' ? null : causeOf(found.code, expected.role),
    })),
  },
});
