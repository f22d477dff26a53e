import { stationLine } from '../../../contract/station-lines/station-lines.ts';
import { type JobSighting, matchKeyOf } from '../../domain/job-sighting.ts';
import { failure } from '../../work/failure.ts';
import type { OutgoingMessage, SendOutcome } from '../platform.ts';
import { isSuccess, type PrintessWay, post } from './api.ts';
import { beliefs } from './order-sighting.ts';
import { produceBody, templateIn } from './produce-body.ts';
import { wireMade } from './schema.ts';

/** The job as it is when its command was accepted. */
const madeSighting = (jobId: string, orderId: string, matchKey: string | null): JobSighting => ({
  externalId: jobId,
  // Without an order id it cannot be rendered again until the list has told it.
  handle: orderId || jobId,
  state: 'waiting',
  statusText: 'enqueued',
  beliefs: beliefs([['status', 'enqueued']]),
  problem: null,
  warnings: [],
  createdAtMs: null,
  matchKey,
  work: null,
  files: null,
  shipped: null,
});

/**
 * Sends what makes a job. It is billed and cannot be sent twice without making two, so everything that does not surely
 * say no is a `maybe`: no answer after a connection stood, a success that names no job, and a server's own failure.
 */
const makeJob = async (
  way: PrintessWay,
  path: string,
  body: Readonly<Record<string, unknown>>,
  matchKey: string | null,
): Promise<SendOutcome> => {
  const result = await post(way, path, body, wireMade);
  switch (result.kind) {
    case 'noAnswer':
      return { kind: result.mayHaveArrived ? 'maybe' : 'failed', failure: result.failure };
    case 'otherwise': {
      const isUnclear = isSuccess(result.status) || result.status >= 500;
      return { kind: isUnclear ? 'maybe' : 'failed', failure: result.failure };
    }
    case 'read': {
      const { jobId, orderId } = result.value;
      const { status: httpStatus, excerpt } = result.answer;
      if (jobId !== '') {
        return { kind: 'accepted', httpStatus, excerpt, sighting: madeSighting(jobId, orderId, matchKey) };
      }
      const silent = failure('serverError', stationLine('answeredNoJob', { status: httpStatus }), {
        httpStatus,
        excerpt,
      });
      return { kind: 'maybe', failure: silent };
    }
  }
};

export const produce = async (way: PrintessWay, message: OutgoingMessage): Promise<SendOutcome> => {
  const body = produceBody(message, way.settings);
  if (body.kind === 'incomplete') return { kind: 'failed', failure: failure('rejected', body.message) };
  const matchKey = matchKeyOf(message.orderExternalId, templateIn(message.payload));
  return makeJob(way, '/production/produce', body.body, matchKey);
};

/** Makes a new job from what Printess kept of an old order. */
export const renderAgain = async (way: PrintessWay, { job }: OutgoingMessage): Promise<SendOutcome> => {
  if (job === null || job.handle === job.externalId) {
    const unknown = stationLine('orderUnknownForRender');
    return { kind: 'failed', failure: failure('rejected', unknown) };
  }
  return makeJob(way, '/order/retry', { orderId: job.handle }, null);
};
