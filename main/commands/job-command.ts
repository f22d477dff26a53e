import { z } from 'zod';
import type { JobView } from '../contract/job-view.ts';
import type { OutboxView } from '../contract/outbox.ts';
import type { CommandKind } from '../contract/values.ts';
import type { Answer } from './answer.ts';
import { flag, oneOf, rowIdText } from './input-schemas.ts';
import { jobJson } from './jobs.ts';
import { stationCommand } from './station-command.ts';
import { printable } from './table.ts';
import { distanceWord, jobStatusWord, outboxWord } from './words.ts';

const actions = ['check', 'render-again', 'resume', 'restart', 'tag-done'] as const;
type Action = (typeof actions)[number];

const commandOf: Readonly<Record<Exclude<Action, 'check'>, Exclude<CommandKind, 'produce'>>> = {
  'render-again': 'renderAgain',
  resume: 'resume',
  restart: 'restart',
  'tag-done': 'tagDone',
};

/** What a person must agree to with `--yes` before it is asked for. */
const warningOf: Readonly<Partial<Record<Action, string>>> = {
  'render-again': 'render-again is billed by the platform',
  restart: 'restart may run steps twice that have been paid for',
};

export const jobCommand = stationCommand({
  group: 'Working:',
  usage: 'job <job> <action>',
  summary: 'Ask the platform about a job, or to do something with it',
  details: [
    'The action is check (ask for its state now), render-again (make its files anew; billed),',
    'resume (go on after a failure), restart (begin anew; paid steps may run twice)',
    'or tag-done (set the chosen status).',
  ].join(' '),
  options: [['--yes', 'needed for render-again and restart, which can cost money']],
  input: z.object({ job: rowIdText, action: oneOf(actions), yes: flag }).transform(({ job, action, yes }, context) => {
    const warning = warningOf[action];
    if (warning === undefined || yes) return { job, action };
    context.addIssue({ code: 'custom', path: [], message: `${warning}: say --yes to do it` });
    return z.NEVER;
  }),
  run: async ({ client }, { job, action }) => {
    if (action === 'check') return checkedAnswer((await client.jobs.check({ job })).job);
    const { signal } = await client.jobs.command({ job, command: commandOf[action] });
    return queuedAnswer(job, signal, warningOf[action]);
  },
});

const checkedAnswer = (job: JobView): Answer => ({
  json: jobJson(job),
  lines: ({ nowMs }) => {
    const next = job.nextCheckAt === null ? '' : `, asked for ${distanceWord(job.nextCheckAt, nowMs)}`;
    return [printable(`Job ${job.id}: ${jobStatusWord(job)}${next}`)];
  },
});

const queuedAnswer = (job: number, signal: OutboxView, warning: string | undefined): Answer => ({
  json: signal,
  lines: () => [
    `Job ${job}: ${outboxWord(signal.kind)} is ${signal.state} as ${signal.id}${warning === undefined ? '' : ` (${warning})`}`,
  ],
});
