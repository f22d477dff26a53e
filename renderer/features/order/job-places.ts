import type { JobView } from '../../../main/contract/job-view.ts';
import type { ItemView, OrderView } from '../../../main/contract/orders.ts';
import type { OutboxView } from '../../../main/contract/outbox.ts';

type OrderJobs = Pick<OrderView, 'jobs' | 'items'>;

/** Where the jobs of an order are shown: each at the first item that it makes, the others by themselves. */
export interface JobPlaces {
  /** By the id of the item. */
  readonly atItem: ReadonlyMap<number, JobView>;
  /** Replaced ones, and those that make no item that is known yet. */
  readonly others: readonly JobView[];
}

export const placesOfJobs = ({ jobs, items }: OrderJobs): JobPlaces => {
  const jobById = new Map(jobs.map((job) => [job.id, job]));
  const atItem = new Map<number, JobView>();
  for (const item of items) {
    const job = item.jobId === null ? undefined : jobById.get(item.jobId);
    if (job === undefined) continue;
    atItem.set(item.id, job);
    jobById.delete(job.id);
  }
  return { atItem, others: [...jobById.values()] };
};

/** The items that a job makes. */
export const itemsOfJob = (job: JobView, items: readonly ItemView[]): readonly ItemView[] =>
  items.filter((item) => item.jobId === job.id);

/** The commands about a job that are not done with: queued, on their way, or waiting for a person. */
export const openCommandsOf = (job: JobView, items: readonly ItemView[]): readonly OutboxView[] =>
  items
    .flatMap((item) => item.signals)
    .filter(
      (signal) =>
        signal.job === job.id && signal.state !== 'sent' && signal.state !== 'cancelled' && signal.retriedAs === null,
    );

/** An item that the platform makes itself can only be closed here, once its job has ended or is in trouble. */
export const canBeClosed = (item: ItemView, jobs: readonly JobView[]): boolean => {
  const job = jobs.find((known) => known.id === item.jobId);
  return job === undefined || job.final || job.problem !== null;
};
