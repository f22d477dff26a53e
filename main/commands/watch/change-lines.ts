import type { TransferProgress } from '../../contract/files.ts';
import { printable } from '../table.ts';
import {
  handoverWord,
  jobStatusWord,
  outboxNoun,
  outboxStateWord,
  outboxWord,
  sizeWord,
  spaced,
  stageWord,
} from '../words.ts';
import type { WatchedEvent } from './watched-event.ts';

/** Turns events into lines, each only when what it says has changed since the last one of the same thing. */
export class ChangeLines {
  readonly #last = new Map<string, string>();
  readonly #fileNames = new Map<number, string>();

  /** The lines of an event; none when it says nothing new. */
  of(event: WatchedEvent): readonly string[] {
    return this.#said(event).flatMap(([thing, line]) => {
      if (this.#last.get(thing) === line) return [];
      this.#last.set(thing, line);
      return [printable(line)];
    });
  }

  /** What a running transfer is called: the file's name once it is known. */
  nameOf(fileId: number): string {
    return this.#fileNames.get(fileId) ?? `file ${fileId}`;
  }

  #said(event: WatchedEvent): readonly (readonly [thing: string, line: string])[] {
    switch (event.event) {
      case 'station.changed':
        return event.payload.station.notices.map(({ id, level, text }) => [`notice ${id}`, `${level}: ${text}`]);
      case 'connections.changed':
        return event.payload.connections.map(({ id, state, problem }) => [
          `connection ${id}`,
          `connection ${id}: ${state}${because(problem)}`,
        ]);
      case 'orders.changed':
        return event.payload.orders.map(({ id, connection, externalId, stage, problem, held }) => [
          `order ${id}`,
          `order ${connection}:${externalId}: ${stageWord(stage)}${held ? ', held' : ''}${because(problem)}`,
        ]);
      case 'files.changed':
        return event.payload.files.map(({ id, name, orderExternalId, role, state, problem }) => {
          this.#fileNames.set(id, name);
          return [`file ${id}`, `file ${id}, ${spaced(role)} of ${orderExternalId}: ${state}${because(problem)}`];
        });
      case 'files.progress':
        return event.payload.transfers.map((transfer) => [
          `transfer ${transfer.fileId}`,
          `file ${transfer.fileId}: ${inTenths(transfer)}`,
        ]);
      case 'outbox.changed':
        return event.payload.signals.map(({ id, kind, itemExternalId, state, lastError }) => [
          `signal ${id}`,
          `${outboxNoun(kind)} ${id}, ${outboxWord(kind)} for ${itemExternalId}: ${outboxStateWord(state)}${state === 'sent' ? '' : because(lastError)}`,
        ]);
      case 'actions.changed':
        return event.payload.actions.map(({ id, by, kind, orderExternalId }) => [
          `action ${id}`,
          `${by}: ${spaced(kind)} ${orderExternalId}`,
        ]);
      case 'jobs.changed':
        return event.payload.jobs.map((job) => [
          `job ${job.id}`,
          `job ${job.id}${job.orderExternalId === null ? '' : ` of ${job.orderExternalId}`}: ${jobStatusWord(job)}${because(job.problem)}`,
        ]);
      // Who works here is no news of the work, nor what is practised beside it.
      case 'people.changed':
      case 'training.changed':
        return [];
      case 'hotFolders.changed':
        return [
          ...event.payload.hotFolders.map(
            ({ id, state, problem }) => [`hot folder ${id}`, `hot folder ${id}: ${state}${because(problem)}`] as const,
          ),
          ...event.payload.handovers.map(
            ({ id, fileName, hotFolder, state, overdue, problem }) =>
              [
                `hand-over ${id}`,
                `hand-over ${id}, ${fileName} to ${hotFolder}: ${handoverWord(state)}${overdue ? ', overdue' : ''}${because(problem)}`,
              ] as const,
          ),
        ];
    }
  }
}

const because = (problem: string | null): string => (problem === null ? '' : ` (${problem})`);

/** Progress so coarse that a line appears at most ten times per file, and whenever the condition changes. */
const inTenths = ({ receivedBytes, expectedBytes, condition }: TransferProgress): string => {
  if (expectedBytes === null || expectedBytes === 0) return condition;
  return `${Math.floor((receivedBytes / expectedBytes) * 10) * 10} % of ${sizeWord(expectedBytes)}, ${condition}`;
};
