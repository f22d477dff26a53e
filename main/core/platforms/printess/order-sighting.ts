import { type Belief, type JobItem, type JobSighting, type JobWork, matchKeyOf } from '../../domain/job-sighting.ts';
import { wallTimeMs } from '../wall-time.ts';
import { renderProblem } from './ending.ts';
import { customerIn, deliveryIn, type OrderMetaData, readMetaData } from './order-meta-data.ts';
import { resultFiles, resultWarnings } from './result-files.ts';
import { type WireOrder, wireOrder } from './schema.ts';

/** An order of the list, with what was read of it. */
export interface ListedOrder {
  readonly wire: WireOrder;
  readonly meta: OrderMetaData;
  readonly createdAtMs: number | null;
  /** As a produce command names it: a template, or a save token with its `st:`. */
  readonly template: string;
  readonly sighting: JobSighting;
}

/** The moment in milliseconds; Printess writes UTC, with or without saying so. */
export const momentMs = (text: string): number | null => wallTimeMs(text, 'UTC');

/** The moment in ISO 8601 without the digits that nobody needs; as it came where it is none. */
export const momentText = (text: string): string => {
  const atMs = momentMs(text);
  return atMs === null ? text : new Date(atMs).toISOString();
};

/** What is known of a job, without what is empty. */
export const beliefs = (entries: readonly (readonly [name: string, value: string | number | null])[]): Belief[] =>
  entries.flatMap(([name, value]) => (value === null || value === '' ? [] : [{ name, value: String(value) }]));

/** The station's word and Printess' own. A failure counts before `isFinished`: how the two go together is not published. */
const stateOf = ({ isFinished, isFailure }: WireOrder): Pick<JobSighting, 'state' | 'statusText'> => {
  if (isFailure === true) return { state: 'failed', statusText: 'failed' };
  return isFinished === true
    ? { state: 'done', statusText: 'finished' }
    : { state: 'working', statusText: 'in progress' };
};

const templateOf = ({ shopSaveId, templateName }: WireOrder): string => {
  if (shopSaveId === '') return templateName;
  return shopSaveId.startsWith('st:') ? shopSaveId : `st:${shopSaveId}`;
};

/**
 * The line that the job makes. The published plugins name it in different words; a job that names none is known by the
 * Printess order, which a repeated rendering may keep.
 */
const itemOf = (wire: WireOrder, meta: OrderMetaData): JobItem => ({
  externalId:
    (meta.own?.line ?? meta.text('lineItemId', 'orderLineItemId', 'line', 'lineId', 'itemId')) || wire.id || wire.jobId,
  title: meta.text('title', 'productName') || wire.templateName,
  product: meta.text('itemSku', 'sku') || wire.productType,
  description: '',
  copies: wire.copies !== null && wire.copies >= 1 ? Math.floor(wire.copies) : 1,
  pages: wire.pages !== null && wire.pages > 0 ? Math.floor(wire.pages) : null,
  options: [],
});

const workOf = (wire: WireOrder, meta: OrderMetaData, raw: unknown): JobWork => ({
  orderExternalId: wire.externalOrderId || wire.id || wire.jobId,
  customer: customerIn(meta),
  reference: meta.text('orderNumber', 'reference'),
  shippingMethod: meta.text('shippingMethod'),
  delivery: deliveryIn(meta),
  items: [itemOf(wire, meta)],
  document: JSON.stringify(raw),
});

/** Reads one entry of /orders/list; null for what names no job. */
export const readOrder = (raw: unknown): ListedOrder | null => {
  const read = wireOrder.safeParse(raw);
  if (!read.success) return null;
  const wire = read.data;
  const meta = readMetaData(wire.metaData);
  const { state, statusText } = stateOf(wire);
  const result = state === 'done' ? wire.result : null;
  const files = result === null ? [] : resultFiles(result);
  const work = workOf(wire, meta, raw);
  const template = templateOf(wire);
  const createdAtMs = momentMs(wire.createdOn);
  const sighting: JobSighting = {
    externalId: wire.jobId,
    handle: wire.id || wire.jobId,
    state,
    statusText,
    beliefs: beliefs([
      ['status', statusText],
      ['origin', wire.origin],
      ['template', wire.templateName],
      ['createdOn', momentText(wire.createdOn)],
      ['finishedOn', momentText(wire.finishedOn)],
      ['documents', wire.documents],
      ['pages', wire.pages],
      ['copies', wire.copies],
      ['usedCredits', wire.usedCredits],
    ]),
    problem: state === 'failed' ? renderProblem(wire.failureDetails) : null,
    warnings: result === null ? [] : resultWarnings(result),
    createdAtMs,
    matchKey: matchKeyOf(work.orderExternalId, template),
    work,
    // A result without files settles nothing: the job's own status does.
    files: state === 'done' && files.length === 0 ? null : files,
    shipped: null,
  };
  return { wire, meta, createdAtMs, template, sighting };
};
