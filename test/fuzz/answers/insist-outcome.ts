import { jobStates } from '../../../main/contract/values.ts';
import type { JobFile, JobSighting } from '../../../main/core/domain/job-sighting.ts';
import { failureClasses, type WorkFailure } from '../../../main/core/work/failure.ts';
import { insist } from '../fuzz-target.ts';
import type { ActOutcome } from './acts.ts';

const longestLine = 2_000;
const dayMs = 86_400_000;

const insistLine = (line: string): void => {
  insist(/^[^\p{Cc}]+$/u.test(line), `no clear line: ${line.slice(0, 300)}`);
  insist(line.length <= longestLine, `a line without end: ${line.slice(0, 300)}`);
};

const isCount = (value: number | null): boolean => value === null || (Number.isSafeInteger(value) && value >= 0);

const insistFailure = (failure: WorkFailure): void => {
  insistLine(failure.message);
  insist(failureClasses.includes(failure.class), `no class of failure: ${failure.class}`);
  insist(failure.class !== 'timeout' || failure.httpStatus !== null, `waits for what has ended: ${failure.message}`);
  insist(isCount(failure.httpStatus), `no status: ${failure.httpStatus}`);
  const { retryAfterMs: waitMs } = failure;
  insist(waitMs === null || (waitMs >= 0 && waitMs <= dayMs), `a wait that is none: ${waitMs}`);
};

const insistFile = ({ key, url, expectedBytes }: JobFile): void => {
  insist(key !== '' && url !== '', 'a file that cannot be named or fetched');
  insist(isCount(expectedBytes), `a size that is none: ${expectedBytes}`);
};

const insistUnique = (names: readonly string[], what: string): void =>
  insist(new Set(names).size === names.length, `${what} of one name`);

const insistSighting = ({ externalId, handle, state, createdAtMs, problem, work, files }: JobSighting): void => {
  insist(externalId !== '' && handle !== '', 'a job that cannot be named');
  insist(jobStates.includes(state), `no state: ${state}`);
  insist(createdAtMs === null || Number.isSafeInteger(createdAtMs), `a date that is none: ${createdAtMs}`);
  if (problem !== null) insistLine(problem.text);
  for (const { copies, pages } of work?.items ?? []) {
    insist(isCount(copies) && isCount(pages), `no number of copies or pages: ${copies}, ${pages}`);
  }
  insist(work?.orderExternalId !== '', 'an order that cannot be named');
  insistUnique(work?.items.map((item) => item.externalId) ?? [], 'two items');
  insistUnique(files?.map(({ key }) => key) ?? [], 'two files');
  files?.forEach(insistFile);
};

/** What an act answers holds together, and shows no secret. */
export const insistOutcome = (outcome: ActOutcome, secrets: readonly string[]): void => {
  outcome.failures.forEach(insistFailure);
  outcome.lines.forEach(insistLine);
  outcome.sightings.forEach(insistSighting);
  const shown = JSON.stringify([outcome.failures, outcome.lines, outcome.excerpts]);
  for (const secret of secrets) insist(!shown.includes(secret), `a secret is shown: ${shown.slice(0, 500)}`);
};
