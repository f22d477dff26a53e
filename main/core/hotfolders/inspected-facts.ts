import { inspectionReport } from '../../contract/inspection.ts';
import type { InspectionTable } from '../store/tables/file-tables.ts';
import type { FileFacts } from './misfit.ts';

/** Of the report only what the rules of a hot folder ask for: another part of another form does no harm here. */
const report = inspectionReport.pick({ pages: true, trim: true }).partial();

type Inspection = Pick<InspectionTable, 'sha256' | 'state' | 'reportJson'>;

/** What is known of a file's inside; `done` is false while it still may become known. */
export interface InspectedFacts extends Pick<FileFacts, 'pages' | 'trim'> {
  readonly done: boolean;
}

/** What an inspection found, if it was of this very content. */
export const inspectedFacts = (
  inspection: { readonly [Key in keyof Inspection]: Inspection[Key] | null },
  sha256: string | null,
): InspectedFacts => {
  if (inspection.state === null || inspection.reportJson === null || inspection.sha256 !== sha256) {
    return { pages: null, trim: null, done: false };
  }
  const read = report.safeParse(JSON.parse(inspection.reportJson));
  if (inspection.state !== 'readable' || !read.success) return { pages: null, trim: null, done: true };
  return { pages: read.data.pages ?? null, trim: read.data.trim ?? null, done: true };
};
