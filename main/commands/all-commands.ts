import { checkCommand } from './check.ts';
import {
  connectionsCommand,
  pauseConnectionCommand,
  reconcileCommand,
  resumeConnectionCommand,
  testCommand,
} from './connections.ts';
import { filesCommand } from './files.ts';
import { handoversCommand, hotFoldersCommand, releaseCommand, settleCommand, undoCommand } from './hot-folders.ts';
import { importCommand } from './import-order.ts';
import { holdCommand, resumeCommand, shipCommand, signalCommand } from './item-signals.ts';
import { jobCommand } from './job-command.ts';
import { jobsCommand } from './jobs.ts';
import { orderCommand, ordersCommand } from './orders.ts';
import { dismissCommand, lookUpCommand, outboxCommand, undoSignalCommand } from './outbox.ts';
import { peopleCommand } from './people.ts';
import { produceCommand } from './produce.ts';
import { restoreCommand } from './restore.ts';
import { retryCommand } from './retry.ts';
import { backupCommand, supportBundleCommand } from './safe-copies.ts';
import type { FolderCommand, StationCommand } from './station-command.ts';
import { statusCommand } from './status.ts';
import { todayCommand } from './today.ts';

/** Every command that asks a running station and then ends, in the order of the help. */
export const stationCommands: readonly StationCommand[] = [
  statusCommand,
  todayCommand,
  connectionsCommand,
  ordersCommand,
  orderCommand,
  filesCommand,
  jobsCommand,
  outboxCommand,
  hotFoldersCommand,
  handoversCommand,
  importCommand,
  produceCommand,
  jobCommand,
  signalCommand,
  shipCommand,
  holdCommand,
  resumeCommand,
  releaseCommand,
  undoCommand,
  settleCommand,
  retryCommand,
  lookUpCommand,
  dismissCommand,
  undoSignalCommand,
  testCommand,
  pauseConnectionCommand,
  resumeConnectionCommand,
  reconcileCommand,
  backupCommand,
  supportBundleCommand,
  peopleCommand,
];

/** Every command that works on the data folder itself, in the order of the help. */
export const folderCommands: readonly FolderCommand[] = [restoreCommand, checkCommand];
