import { type JobSighting, matchKeyOf } from '../../domain/job-sighting.ts';
import { parseJson } from '../parse-json.ts';
import type { KnownJob } from '../platform.ts';
import { type Ending, endingOf, noFilesProblem, renderProblem } from './ending.ts';
import { beliefs, momentMs, momentText } from './order-sighting.ts';
import { resultFiles, resultWarnings } from './result-files.ts';
import { type WireCallback, type WireResult, type WireStatus, wireCallback } from './schema.ts';

type Outcome = Pick<JobSighting, 'state' | 'statusText' | 'problem' | 'warnings' | 'files'>;

const open = (state: 'waiting' | 'working', statusText: string): Outcome => ({
  state,
  statusText,
  problem: null,
  warnings: [],
  files: null,
});

/** What an end means. Of a success that names no file it stays unknown what was made. */
const endedOutcome = (ending: Exclude<Ending, { kind: 'open' | 'unclear' }>, result: WireResult | null): Outcome => {
  if (ending.kind === 'failed') {
    const problem = renderProblem(ending.details);
    return { state: 'failed', statusText: 'failed', problem, warnings: [], files: null };
  }
  const files = result === null ? [] : resultFiles(result);
  return {
    state: 'done',
    statusText: 'finished',
    problem: null,
    warnings: result === null ? [] : resultWarnings(result),
    files: files.length === 0 ? null : files,
  };
};

/** Not final and never enqueued: Printess does not know the job (so says its WooCommerce plugin), and never will. */
export const isUnknownJob = (wire: WireStatus): boolean => !wire.isFinalStatus && wire.enqueuedOn === '';

const statusOutcome = (wire: WireStatus): Outcome => {
  const ending = endingOf(wire, wire.isFinalStatus);
  switch (ending.kind) {
    case 'open':
      return wire.processingOn === '' ? open('waiting', 'queued') : open('working', 'rendering');
    case 'unclear':
      return open('working', 'final, but Printess does not say how');
    case 'done': {
      // Nothing more will come of it, and there is nobody else to ask.
      const outcome = endedOutcome(ending, wire.result);
      return outcome.files === null ? { ...outcome, files: [], problem: noFilesProblem } : outcome;
    }
    case 'failed':
      return endedOutcome(ending, wire.result);
  }
};

/** What /production/status/get says of the job that was asked for. */
export const statusSighting = (wire: WireStatus, job: KnownJob): JobSighting => {
  const outcome = statusOutcome(wire);
  return {
    externalId: job.externalId,
    handle: job.handle,
    ...outcome,
    beliefs: beliefs([
      ['status', outcome.statusText],
      ['template', wire.templateName],
      ['createdOn', momentText(wire.enqueuedOn)],
      ['processingOn', momentText(wire.processingOn)],
      ['finishedOn', momentText(wire.finishedOn)],
      ['failedOn', momentText(wire.failedOn)],
    ]),
    createdAtMs: momentMs(wire.enqueuedOn),
    // Its command is known: the job was asked for by its id.
    matchKey: null,
    work: null,
    shipped: null,
  };
};

/** A callback comes when a job is final, unless it says that it is not; one that says neither makes the station ask. */
const callbackOutcome = (wire: WireCallback): Outcome => {
  const ending = endingOf(wire, wire.isFinalStatus !== false);
  return ending.kind === 'open' || ending.kind === 'unclear'
    ? open('working', 'in progress')
    : endedOutcome(ending, wire.result);
};

/** Reads the body of a callback; null when it names no job. `meta` stands at the top or inside the result. */
export const readCallback = (body: Buffer): JobSighting | null => {
  const read = wireCallback.safeParse(parseJson(body.toString('utf8')));
  if (!read.success) return null;
  const wire = read.data;
  const outcome = callbackOutcome(wire);
  const order = wire.externalOrderId || wire.orderId;
  return {
    externalId: wire.jobId,
    handle: wire.orderId || wire.jobId,
    ...outcome,
    beliefs: beliefs([
      ['status', outcome.statusText],
      ['template', wire.templateName],
      ['meta', wire.meta || wire.result?.meta || ''],
    ]),
    createdAtMs: null,
    matchKey: order === '' || wire.templateName === '' ? null : matchKeyOf(order, wire.templateName),
    work: null,
    shipped: null,
  };
};
