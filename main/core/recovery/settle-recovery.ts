import { join } from 'node:path';
import type { Logger } from '../ports/logger.ts';
import type { Store } from '../store/store.ts';
import { databaseName, placesIn } from './data-places.ts';
import { doubtAfterRecovery } from './doubt-after-recovery.ts';
import { keepDocuments, salvageLostOrders, unknownFolders } from './lost-orders.ts';
import { openFiles } from './open-files.ts';
import { knownUntilText, type RecoveryNote, type RecoveryReport, readRecoveryNote } from './recovery-note.ts';

export interface SettleRecoveryDeps {
  readonly store: Store;
  readonly logger: Logger;
  readonly dataFolder: string;
  /** Absolute. */
  readonly filesFolder: string;
  readonly nowMs: number;
  readonly shortestKeepDays: number;
  /** Takes an order document as if it had been posted; false when its platform sends none, or it cannot be read. */
  readonly importOrder: (connectionId: string, document: string) => Promise<boolean>;
}

const nameOf = (order: { readonly connectionId: string; readonly externalId: string }): string =>
  `${order.connectionId}:${order.externalId}`;

/**
 * Makes the best of a database that came back from an earlier moment: takes in the orders that can be read from the one
 * that was set aside, names those that cannot, and puts in doubt what may have happened since. Answers the
 * note on it, null when there never was a recovery. Killed in the middle, the next start does it again.
 */
export const settleRecovery = async (deps: SettleRecoveryDeps): Promise<RecoveryNote | null> => {
  const { store, logger, nowMs, filesFolder } = deps;
  const note = await readRecoveryNote(store.read);
  if (note === null || note.handled) return note;
  const folder = join(placesIn(deps.dataFolder).setAside, note.setAside);
  const lost = note.kind === 'backup' ? await salvageLostOrders(store.read, join(folder, databaseName)) : [];
  await keepDocuments(join(folder, 'orders'), lost);
  const takenInAgain: string[] = [];
  const missing: string[] = [];
  for (const order of lost) {
    const taken = order.document !== '' && (await deps.importOrder(order.connectionId, order.document));
    (taken ? takenInAgain : missing).push(nameOf(order));
  }
  const folders = await unknownFolders(store.read, filesFolder, note.knownUntilMs);
  const named = new Set(missing.map((name) => name.replace(':', '/')));
  missing.push(...folders.filter((name) => !named.has(name)).map((name) => name.replace('/', ':')));
  const files = await openFiles(store.read, filesFolder);
  const report = await store.write((transaction) =>
    doubtAfterRecovery(transaction, {
      note,
      files,
      unknownFolders: folders,
      takenInAgain,
      missing,
      nowMs,
      shortestKeepDays: deps.shortestKeepDays,
    }),
  );
  logger.warn(recoveryText(note, report));
  for (const name of missing) logger.warn(`not in the restored database: ${name}`);
  return readRecoveryNote(store.read);
};

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** The report in one line. */
export const recoveryText = (note: RecoveryNote, report: RecoveryReport): string => {
  const { takenInAgain, missing, heldItems, maybeHandovers, maybeCommands } = report;
  const what =
    note.kind === 'backup'
      ? `the database was restored from ${note.from} (${note.cause})`
      : `the database lost its last changes (${note.cause})`;
  const parts = [
    `${counted(takenInAgain.length, 'later order')} taken in again`,
    ...(missing.length === 0 ? [] : [`${counted(missing.length, 'order')} known by name only`]),
    `${counted(heldItems, 'item')} held`,
    `${maybeHandovers + maybeCommands} hand-overs and commands in doubt`,
  ];
  return `${what}: it knows what was until ${knownUntilText(note)}; ${parts.join(', ')}; what came later and is not here, a platform must send again`;
};
