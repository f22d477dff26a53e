import type { ConnectionView } from '../../main/contract/connections.ts';
import type { FileView, TransferProgress } from '../../main/contract/files.ts';
import type { JobView } from '../../main/contract/job-view.ts';
import type {
  ChannelState,
  FileState,
  HandoverState,
  JobState,
  OutboxState,
  Stage,
} from '../../main/contract/values.ts';

/** The shapes of a status. Each state shows its shape beside its word; colour only repeats what they say. */
export type Mark =
  | 'done'
  | 'plain'
  | 'moving'
  | 'onward'
  | 'waiting'
  | 'held'
  | 'attention'
  | 'stopped'
  | 'ended'
  | 'down';

const stageMarks: Readonly<Record<Stage, Mark>> = {
  received: 'plain',
  registered: 'plain',
  fetching: 'moving',
  printReady: 'done',
  handedOver: 'onward',
  pickedUp: 'onward',
  produced: 'done',
  packed: 'done',
  shipped: 'done',
  cancelled: 'ended',
};
export const stageMark = (stage: Stage): Mark => stageMarks[stage];

const fileMarks: Readonly<Record<FileState, Mark>> = {
  queued: 'plain',
  fetching: 'moving',
  verifying: 'moving',
  ready: 'done',
  waiting: 'waiting',
  problem: 'attention',
};
export const fileMark = (state: FileState): Mark => fileMarks[state];

const outboxMarks: Readonly<Record<OutboxState, Mark>> = {
  queued: 'plain',
  sending: 'moving',
  sent: 'done',
  waiting: 'waiting',
  problem: 'attention',
  maybe: 'attention',
  cancelled: 'ended',
};
export const outboxMark = (state: OutboxState): Mark => outboxMarks[state];

const jobMarks: Readonly<Record<JobState, Mark>> = {
  requested: 'plain',
  waiting: 'waiting',
  working: 'moving',
  done: 'done',
  failed: 'attention',
  cancelled: 'ended',
  gone: 'attention',
};

/** A job that another one took the place of troubles nobody any more; a problem counts more than the state. */
export const jobMark = (job: Pick<JobView, 'state' | 'problem' | 'replacedBy'>): Mark => {
  if (job.replacedBy !== null) return 'ended';
  return job.problem === null ? jobMarks[job.state] : 'attention';
};

const handoverMarks: Readonly<Record<HandoverState, Mark>> = {
  intended: 'plain',
  copying: 'moving',
  sent: 'onward',
  pickedUp: 'done',
  maybeSent: 'attention',
  waiting: 'waiting',
  problem: 'attention',
  undone: 'ended',
};
export const handoverMark = (state: HandoverState): Mark => handoverMarks[state];

const channelMarks: Readonly<Record<ChannelState, Mark>> = {
  open: 'done',
  waiting: 'waiting',
  alarm: 'down',
  paused: 'held',
};
export const channelMark = (state: ChannelState): Mark => channelMarks[state];

/** An open way that was never used proves nothing: it gets no tick. */
export const isUntried = (connection: Pick<ConnectionView, 'state' | 'lastReachedAt'>): boolean =>
  connection.state === 'open' && connection.lastReachedAt === null;

export const connectionMark = (connection: Pick<ConnectionView, 'state' | 'lastReachedAt'>): Mark =>
  isUntried(connection) ? 'plain' : channelMark(connection.state);

/** What a file's row says about its running transfer: its condition counts more than its state. */
export const transferMark = (file: FileView, transfer: TransferProgress | undefined): Mark => {
  if (file.state !== 'fetching' || transfer === undefined) return fileMark(file.state);
  return transfer.condition === 'stalled' ? 'waiting' : 'moving';
};
