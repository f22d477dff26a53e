import { saying, stationLine } from '../../../contract/station-lines/station-lines.ts';
import type { JobFile, JobProblem } from '../../domain/job-sighting.ts';
import { oneLine } from '../one-line.ts';
import { toResultFiles } from './result-files.ts';
import type { ProcessingStatus, WireFile, WireProject, WireResults } from './schema.ts';
import type { CustomersCanvasSettings } from './settings.ts';

/** What the processing results of a project told. */
export interface Outcome {
  /** As the results have it; null leaves it to the project. */
  readonly status: ProcessingStatus | null;
  /** Instead of the status, where there is more to say. */
  readonly statusText: string | null;
  readonly problem: JobProblem | null;
  readonly warnings: readonly string[];
  /** Null: not told yet. */
  readonly files: readonly JobFile[] | null;
  readonly previewsLeftOut: number;
}

/** The results of one item of a project whose pipelines did not all end well. */
export interface ItemResults {
  readonly itemName: string;
  readonly results: WireResults;
}

const base: Outcome = {
  status: null,
  statusText: null,
  problem: null,
  warnings: [],
  files: null,
  previewsLeftOut: 0,
};

export const notReadyYet: Outcome = { ...base, statusText: 'the results are not ready yet' };

/** Whether nothing more is to be learnt until the project changes. */
export const isSettled = ({ files }: Outcome): boolean => files !== null;

/** 404 for the results of a project that is not fresh any more. */
export const noResults = (status: ProcessingStatus | null): Outcome => {
  if (status !== 'Completed') return base;
  const text = stationLine('resultsMissing');
  return { ...base, problem: { code: 'resultsMissing', text }, files: [] };
};

/** 409 for the results of a project that is not fresh any more: they are asked for again. */
export const resultsInConflict = (said: string): Outcome => ({
  ...base,
  problem: {
    code: 'resultsConflict',
    text: saying('resultsWithheld', {}, said),
  },
});

const filesProblem = (
  files: readonly JobFile[],
  unreachable: readonly string[],
  previews: number,
): JobProblem | null => {
  if (unreachable.length > 0) {
    const text = stationLine('resultsUnreachable', { files: oneLine(unreachable.join(', ')) });
    return { code: 'fileWithoutAddress', text };
  }
  if (files.length > 0) return null;
  const text = stationLine(previews === 0 ? 'resultsNoFile' : 'resultsOnlyPreviews');
  return { code: 'noFiles', text };
};

/** A pipeline that ended well. */
export const completedOutcome = (
  project: WireProject,
  wireFiles: readonly WireFile[],
  sizes: ReadonlyMap<string, number>,
  settings: CustomersCanvasSettings,
): Outcome => {
  const { files, unreachable, previewsLeftOut } = toResultFiles(project, wireFiles, sizes, settings);
  return {
    ...base,
    status: 'Completed',
    problem: filesProblem(files, unreachable, previewsLeftOut),
    warnings: files.some(({ expectedBytes }) => expectedBytes === null) ? ['sizeUnknown'] : [],
    files,
    previewsLeftOut,
  };
};

const advice = 'Resume goes on from the failed task; restart runs every task again, also paid ones.';

const sentenceOf = (description: string): string =>
  oneLine(description).replace(/[\s.]+$/u, '') || 'the pipeline failed';

/**
 * A pipeline that failed. Of a project with several items, those that ended well have their files: `items` is empty where
 * there is one item only.
 */
export const failedOutcome = (
  project: WireProject,
  results: WireResults,
  items: readonly ItemResults[],
  sizes: ReadonlyMap<string, number>,
  settings: CustomersCanvasSettings,
): Outcome => {
  const finished = items.filter((item) => item.results.status === 'Completed');
  const failed = items.filter((item) => item.results.status === 'Failed');
  const described = failed.map(
    ({ itemName, results: { statusDescription } }) => `${itemName}: ${sentenceOf(statusDescription)}`,
  );
  const said = oneLine(described.length > 0 ? described.join('; ') : sentenceOf(results.statusDescription));
  const of = items.length > 0 ? ` ${finished.length} of ${items.length} items are finished.` : '';
  const wireFiles = finished.flatMap((item) => item.results.outputFileDetails);
  const { files, previewsLeftOut } = toResultFiles(project, wireFiles, sizes, settings);
  return {
    ...base,
    status: 'Failed',
    problem: { code: 'pipelineFailed', text: `${said}.${of} ${advice}` },
    files,
    previewsLeftOut,
  };
};

/** The results say that it is still open. */
export const openOutcome = (status: ProcessingStatus | null): Outcome => ({ ...base, status });
