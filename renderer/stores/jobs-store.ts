import { createStore } from 'zustand/vanilla';
import type { ProduceLine } from '../../main/contract/jobs.ts';
import type { CommandKind } from '../../main/contract/values.ts';
import { type Outcome, perform } from './perform.ts';
import type { StoreDeps } from './store-deps.ts';

/** The commands about a job that is there; `produce` makes one. */
export type JobCommand = Exclude<CommandKind, 'produce'>;

export interface ProduceRequest {
  readonly connection: string;
  readonly lines: readonly ProduceLine[];
  /** What an order already has is billed once more; only a person may say so. */
  readonly again: boolean;
}

export interface ProducedOrder {
  readonly orderId: number;
  readonly externalId: string;
}

export interface JobsState {
  /** Asks the platform for a job as soon as its pace allows. */
  readonly check: (job: number) => Promise<Outcome<unknown>>;
  readonly command: (job: number, command: JobCommand) => Promise<Outcome<unknown>>;
  readonly produce: (request: ProduceRequest) => Promise<Outcome<{ readonly orders: readonly ProducedOrder[] }>>;
}

/** What can be asked of jobs. What is known of them stands in the order that they belong to. */
export const createJobsStore = ({ link }: StoreDeps) =>
  createStore<JobsState>()(() => ({
    check: (job) => perform(link, (client) => client.jobs.check({ job })),
    command: (job, command) => perform(link, (client) => client.jobs.command({ job, command })),
    produce: ({ connection, lines, again }) =>
      perform(link, (client) => client.jobs.produce({ connection, lines: [...lines], again })),
  }));
