import { z } from 'zod';
import type { JobView } from '../contract/job-view.ts';
import { jobStates } from '../contract/values.ts';
import { allPages } from './all-pages.ts';
import type { View } from './answer.ts';
import { filledText, flag, oneOf } from './input-schemas.ts';
import { stationCommand } from './station-command.ts';
import { table } from './table.ts';
import { counted, distanceWord, jobStatusWord, spaced } from './words.ts';

export const jobsCommand = stationCommand({
  group: 'Looking:',
  usage: 'jobs',
  summary: 'List the jobs at the platforms, problems and open ones first',
  options: [
    ['--state <state>', `only jobs in this state: ${jobStates.join(', ')}`],
    ['--connection <id>', 'only jobs of this connection'],
    ['--open', 'only jobs of which more is to come'],
  ],
  input: z.object({ state: oneOf(jobStates).optional(), connection: filledText.optional(), open: flag }),
  run: async ({ client }, { state, connection, open }) => {
    const filter = {
      ...(state === undefined ? {} : { states: [state] }),
      ...(connection === undefined ? {} : { connection }),
      openOnly: open,
    };
    const jobs = await allPages(async (page) => {
      const answer = await client.jobs.list({ ...filter, ...page });
      return { total: answer.total, rows: answer.jobs };
    });
    return { json: jobs.map(jobJson), lines: (view) => jobsLines(jobs, view) };
  },
});

/** A job as `--json` prints it: `status` is the state's word, `order` the order's id at the platform or shop. */
export const jobJson = (job: JobView): JobView & { readonly status: string; readonly order: string | null } => ({
  ...job,
  status: job.state,
  order: job.orderExternalId,
});

const jobsLines = (jobs: readonly JobView[], { width, nowMs }: View): readonly string[] => {
  if (jobs.length === 0) return ['There are no such jobs.'];
  const rows = table(
    [
      { title: 'ID', of: ({ id }) => String(id), align: 'right' },
      {
        title: 'ORDER',
        of: ({ connection, orderExternalId }) => `${connection}:${orderExternalId ?? ''}`,
        flexible: true,
      },
      { title: 'STATUS', of: jobStatusWord, flexible: true },
      { title: 'NEXT CHECK', of: ({ nextCheckAt }) => distanceWord(nextCheckAt, nowMs) },
      { title: 'PROBLEM, OR REMARKS', of: remarks, flexible: true },
    ],
    jobs,
    width,
  );
  return [...rows, counted(jobs.length, 'job')];
};

const remarks = ({ problem, warnings, replacedBy }: JobView): string =>
  [
    ...(problem === null ? [] : [problem]),
    ...warnings.map(spaced),
    ...(replacedBy === null ? [] : [`replaced by ${replacedBy}`]),
  ].join(', ');
