import type { JobView } from '../contract/job-view.ts';
import type { View } from './answer.ts';
import { printable } from './table.ts';
import { distanceWord, jobStatusWord, spaced } from './words.ts';

/** The jobs of one order, each with what the platform believes of it; nothing when there are none. */
export const jobLines = (jobs: readonly JobView[], view: View): readonly string[] =>
  jobs.length === 0
    ? []
    : ['', 'Jobs, and what the platform believes of them', ...jobs.flatMap((job) => oneJobLines(job, view))];

const oneJobLines = (job: JobView, { nowMs }: View): readonly string[] =>
  [
    `  ${[
      `job ${job.id}`,
      job.externalId ?? 'without an id there',
      jobStatusWord(job),
      ...(job.lastSeenAt === null ? [] : [`last seen ${distanceWord(job.lastSeenAt, nowMs)}`]),
      ...(job.nextCheckAt === null ? [] : [`next check ${distanceWord(job.nextCheckAt, nowMs)}`]),
      ...(job.replacedBy === null ? [] : [`replaced by job ${job.replacedBy}`]),
    ].join(' · ')}`,
    ...(job.problem === null ? [] : [`    problem: ${job.problem}`]),
    ...job.warnings.map((warning) => `    warning: ${spaced(warning)}`),
    ...job.beliefs.map(({ name, value }) => `    ${spaced(name)}: ${value}`),
  ].map(printable);
