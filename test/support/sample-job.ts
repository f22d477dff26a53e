import type { JobItem, JobSighting, JobWork } from '../../main/core/domain/job-sighting.ts';

export const sampleJobItem = (externalId: string, changes: Partial<JobItem> = {}): JobItem => ({
  externalId,
  title: `Title of ${externalId}`,
  product: 'business card',
  description: '',
  copies: 100,
  pages: null,
  options: [],
  ...changes,
});

/** The order of a job, with one item. */
export const sampleWork = (orderExternalId: string, changes: Partial<JobWork> = {}): JobWork => ({
  orderExternalId,
  customer: 'Fjord Books',
  reference: `ref-${orderExternalId}`,
  shippingMethod: '',
  delivery: null,
  items: [sampleJobItem(`${orderExternalId}-1`)],
  document: `{"id":"${orderExternalId}"}`,
  ...changes,
});

/** What a platform says of a job that it has begun. */
export const sampleSighting = (externalId: string, changes: Partial<JobSighting> = {}): JobSighting => ({
  externalId,
  handle: externalId,
  state: 'working',
  statusText: 'rendering',
  beliefs: [],
  problem: null,
  warnings: [],
  createdAtMs: null,
  matchKey: null,
  work: sampleWork(`order of ${externalId}`),
  files: [],
  shipped: null,
  ...changes,
});
